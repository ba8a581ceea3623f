"""Reading the attempts at one check with their enrolment, locked: what every answer that is kept begins with.

Plain SQL on PostgreSQL on purpose: writing the same question through the ORM takes longer than the database needs to
answer it. SQLite, which locks nothing, asks through the ORM; the tests hold on both.
"""

import json
from typing import Any

from django.db import connection
from django.db.models import JSONField

from lms.models import CheckAttempt, Enrolment

_ATTEMPT = CheckAttempt._meta.concrete_fields
_ENROLMENT = Enrolment._meta.concrete_fields
#: Places of the JSON columns in a row; PostgreSQL hands them over as text.
_JSON = tuple(place for place, field in enumerate(_ATTEMPT) if isinstance(field, JSONField))

LOCKED = f"""
SELECT {", ".join(f"a.{field.column}" for field in _ATTEMPT)}, {", ".join(f"e.{field.column}" for field in _ENROLMENT)}
  FROM lms_checkattempt a
  JOIN lms_enrolment e ON e.id = a.enrolment_id
  JOIN wagtailcore_page p ON p.id = e.course_id
 WHERE a.check_id = %(check)s AND e.person_id = %(person)s AND e.withdrawn_at IS NULL AND p.slug = %(course)s
 ORDER BY a.number
   FOR UPDATE OF a, e
"""  # noqa: S608 - column names of the models


def locked_rows(*, person_id: int, course_slug: str, check_id: str) -> list[CheckAttempt]:
    """Attempts in their order, each with its enrolment, locked until the transaction ends. One query."""
    if connection.vendor != "postgresql":
        return list(
            CheckAttempt.objects.select_related("enrolment")
            .filter(
                enrolment__person_id=person_id,
                enrolment__course__slug=course_slug,
                enrolment__withdrawn_at=None,
                check_id=check_id,
            )
            .order_by("number")
        )
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, {"check": check_id, "person": person_id, "course": course_slug})
        return [_attempt(list(row)) for row in cursor.fetchall()]


def _attempt(row: list[Any]) -> CheckAttempt:
    for place in _JSON:
        row[place] = json.loads(row[place])
    size = len(_ATTEMPT)
    attempt = CheckAttempt.from_db(connection.alias, [field.attname for field in _ATTEMPT], row[:size])
    attempt.enrolment = Enrolment.from_db(
        connection.alias, [field.attname for field in _ENROLMENT], row[size:]
    )
    return attempt
