"""Keeping a claim on PostgreSQL: who may say it, the record and the state of the activity in one statement.

Plain SQL on purpose: a statement is what a lesson page sends most. One round trip takes the place of four, and the
database sees either all of it or nothing. SQLite writes the same rows through the ORM; the tests hold on both.

An ending that cannot be the last step of a course is kept by a function of the database: it locks the enrolment and
then counts anew, which a single statement cannot (it counts what it saw when it began). Whatever may be the last step
goes the longer way, in a transaction with the question to the outbox.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from ledger.api import RunOnConnection

_TARGET = """
WITH target AS (
  SELECT e.id, e.version_id, s.attempt IS NULL OR s.attempt <= %(attempt)s::integer AS is_open
    FROM lms_enrolment e
    LEFT JOIN lms_activitystate s ON s.enrolment_id = e.id AND s.activity_id = %(activity_id)s::text
   WHERE e.id = %(enrolment_id)s::bigint AND e.person_id = %(person_id)s::bigint AND e.withdrawn_at IS NULL
"""

_SAID = """
), said AS (
  INSERT INTO lms_learningrecord
         (id, person_id, enrolment_id, kind, attested_by, verb, object_id, registration, result, payload,
          content_hash, happened_at, stored_at)
  SELECT %(id)s::uuid, %(person_id)s::bigint, id, %(kind)s::text, %(attested_by)s::text, %(verb)s::text,
         %(object_id)s::text, %(registration)s::uuid, %(result)s::jsonb, %(payload)s::jsonb, %(content_hash)s::text,
         %(happened_at)s::timestamptz, %(now)s::timestamptz
    FROM target WHERE is_open
"""

_ENDED = """
), ended AS (
  INSERT INTO lms_activitystate
         (enrolment_id, lesson, activity_id, attempt, state, saved_at, ended_at, first_ended_at, scaled,
          package_version_id)
  SELECT id, %(lesson)s::text, %(activity_id)s::text, %(attempt)s::integer, '', %(now)s::timestamptz,
         %(now)s::timestamptz, %(now)s::timestamptz, %(scaled)s::double precision, %(package_version_id)s::bigint
    FROM target WHERE is_open
  ON CONFLICT (enrolment_id, activity_id) DO UPDATE
     SET attempt = excluded.attempt, saved_at = excluded.saved_at, ended_at = excluded.ended_at,
         first_ended_at = COALESCE(lms_activitystate.first_ended_at, excluded.first_ended_at),
         scaled = excluded.scaled, package_version_id = excluded.package_version_id
   WHERE lms_activitystate.attempt <= excluded.attempt
"""

_ANSWER = ") SELECT version_id, is_open FROM target"

#: A statement that ends nothing; the other one locks the enrolment, so that what follows from it is judged once.
SAY = f"{_TARGET}{_SAID}{_ANSWER}"
SAY_AND_END = f"{_TARGET} FOR UPDATE OF e{_SAID}{_ENDED}{_ANSWER}"


#: `kept` is false where nothing was written: a newer attempt was begun, or this may be the last step of the course.
_ENDING = """
CREATE FUNCTION nest_keep_ending(
  enrolment bigint, person bigint, activity text, this_attempt integer, needed integer, record_id uuid,
  record_kind text, attested text, said_verb text, said_object text, said_in uuid, said_result jsonb,
  said_payload jsonb, said_hash text, happened timestamptz, heard timestamptz, in_lesson text,
  score double precision, package bigint
) RETURNS TABLE (course_version bigint, attempt_is_open boolean, kept boolean) AS $$
DECLARE
  newest integer;
  others integer;
BEGIN
  SELECT e.version_id INTO course_version FROM lms_enrolment e
   WHERE e.id = enrolment AND e.person_id = person AND e.withdrawn_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT max(s.attempt) FILTER (WHERE s.activity_id = activity),
         count(*) FILTER (WHERE s.activity_id <> activity AND s.first_ended_at IS NOT NULL)
    INTO newest, others
    FROM lms_activitystate s WHERE s.enrolment_id = enrolment;
  attempt_is_open := newest IS NULL OR newest <= this_attempt;
  kept := attempt_is_open AND others + 1 < needed;
  IF kept THEN
    INSERT INTO lms_learningrecord
           (id, person_id, enrolment_id, kind, attested_by, verb, object_id, registration, result, payload,
            content_hash, happened_at, stored_at)
    VALUES (record_id, person, enrolment, record_kind, attested, said_verb, said_object, said_in, said_result,
            said_payload, said_hash, happened, heard);
    INSERT INTO lms_activitystate AS s
           (enrolment_id, lesson, activity_id, attempt, state, saved_at, ended_at, first_ended_at, scaled,
            package_version_id)
    VALUES (enrolment, in_lesson, activity, this_attempt, '', heard, heard, heard, score, package)
    ON CONFLICT (enrolment_id, activity_id) DO UPDATE
       SET attempt = excluded.attempt, saved_at = excluded.saved_at, ended_at = excluded.ended_at,
           first_ended_at = COALESCE(s.first_ended_at, excluded.first_ended_at),
           scaled = excluded.scaled, package_version_id = excluded.package_version_id;
  END IF;
  RETURN NEXT;
END $$ LANGUAGE plpgsql
"""

KEEP_ENDING = """
SELECT * FROM nest_keep_ending(
  %(enrolment_id)s::bigint, %(person_id)s::bigint, %(activity_id)s::text, %(attempt)s::integer, %(needed)s::integer,
  %(id)s::uuid, %(kind)s::text, %(attested_by)s::text, %(verb)s::text, %(object_id)s::text, %(registration)s::uuid,
  %(result)s::jsonb, %(payload)s::jsonb, %(content_hash)s::text, %(happened_at)s::timestamptz, %(now)s::timestamptz,
  %(lesson)s::text, %(scaled)s::double precision, %(package_version_id)s::bigint
)
"""


def keep_ending_operation() -> RunOnConnection:
    """The migration operation that brings the function; nothing on SQLite."""
    return RunOnConnection(
        lambda apps, editor: _define(editor.connection, _ENDING),
        lambda apps, editor: _define(editor.connection, "DROP FUNCTION IF EXISTS nest_keep_ending"),
    )


def _define(database: BaseDatabaseWrapper, statement: str) -> None:
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute(statement)


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """What the enrolment is like in which a claim was kept.

    `is_open` is False where a newer attempt was begun, `kept` where nothing was written.
    """

    version_id: int
    is_open: bool
    kept: bool = True


def write_claim(
    *,
    facts: Mapping[str, Any],
    content_hash: str,
    happened_at: datetime,
    now: datetime,
    ending: Mapping[str, Any],
) -> KeptClaim | None:
    """Keep one statement, and the ending of its activity where `ending` tells it. One query, PostgreSQL only.

    `facts` are the columns of the record with its `id`, and `activity_id` and `attempt` of the launch; `ending` is
    empty, or `lesson`, `scaled` and `package_version_id`, and `needed` where the number of activities that the course
    counts is known: then nothing is written when this may be the last of them. None when the enrolment is not open or
    not this person's. IntegrityError when the id is known.
    """
    values = {
        **facts,
        **ending,
        "result": json.dumps(facts["result"]),
        "payload": json.dumps(facts["payload"]),
        "content_hash": content_hash,
        "happened_at": happened_at,
        "now": now,
    }
    statement = KEEP_ENDING if "needed" in ending else SAY_AND_END if ending else SAY
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return KeptClaim(*row) if row else None
