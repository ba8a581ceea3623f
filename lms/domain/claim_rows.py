"""Keeping a claim on PostgreSQL: who may say it, the record and the state of the activity in one statement.

Plain SQL on purpose: a statement is what a lesson page sends most. One round trip takes the place of four, and the
database sees either all of it or nothing. SQLite writes the same rows through the ORM; the tests hold on both.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

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


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """What the enrolment is like in which a claim was kept; `is_open` is False where a newer attempt was begun."""

    version_id: int
    is_open: bool


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
    empty, or `lesson`, `scaled` and `package_version_id`. None when the enrolment is not open or not this person's.
    IntegrityError when the id is known.
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
    with connection.cursor() as cursor:
        cursor.execute(SAY_AND_END if ending else SAY, values)
        row = cursor.fetchone()
    return KeptClaim(*row) if row else None
