"""Fill an empty database with learners and their records, for scale tests. Deterministic but for the clock."""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import Outline, get_outline, list_courses
from lms.domain.record_months import prepare_months
from lms.domain.records import ADL, NAMESPACE, activity_iri, record_hash, registration_of
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import LmsError
from lms.models import Enrolment, LearningRecord, LessonProgress
from people.api import add_professionals

#: Records are spread over this many days before today.
SPAN = 730
BATCH = 5_000
_VERBS = ("attempted", "answered", "answered", "answered", "completed")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written."""

    professionals: int
    enrolments: int
    records: int


def fill(*, professionals: int, records: int, seed: int = 1) -> Filled:
    """Add professionals, enrol each in a course, and spread `records` learning records over them.

    Raises LmsError: not_empty (somebody is enrolled already), no_courses (load the content first).
    """
    if Enrolment.objects.exists():
        raise LmsError("not_empty", _("Hier zijn al deelnemers. Vul alleen een lege databank."))
    courses = sorted(list_courses(), key=lambda course: course.page_id)
    outlines = [get_outline(course.version_id) for course in courses if course.version_id]
    if not outlines:
        raise LmsError("no_courses", _("Er zijn nog geen cursussen. Laad eerst de inhoud (load_content)."))
    now = timezone.now()
    prepare_months(first=(now - timedelta(days=SPAN)).date())
    people = add_professionals(professionals)
    enrolments = _enrol(people, outlines, now)
    chance = random.Random(seed)  # noqa: S311 - invented data, the same each time
    _write_in_batches(LessonProgress, _progress(enrolments, outlines, now))
    written = _write_in_batches(LearningRecord, _records(enrolments, outlines, records, now, chance))
    return Filled(len(people), len(enrolments), written)


def _enrol(people: Sequence[int], outlines: Sequence[Outline], now: datetime) -> list[Enrolment]:
    made: list[Enrolment] = []
    rows = (
        Enrolment(
            person_id=person,
            course_id=outlines[number % len(outlines)].course_page_id,
            version_id=outlines[number % len(outlines)].version_id,
            enrolled_at=now - timedelta(days=SPAN),
        )
        for number, person in enumerate(people)
    )
    while batch := list(islice(rows, BATCH)):
        made += Enrolment.objects.bulk_create(batch)
    return made


def _progress(
    enrolments: Sequence[Enrolment], outlines: Sequence[Outline], now: datetime
) -> Iterator[LessonProgress]:
    for number, enrolment in enumerate(enrolments):
        lessons = outlines[number % len(outlines)].lessons
        for lesson in lessons[: 1 + number % max(len(lessons), 1)]:
            yield LessonProgress(enrolment=enrolment, lesson=lesson.slug, marked_at=now)


def _records(
    enrolments: Sequence[Enrolment],
    outlines: Sequence[Outline],
    count: int,
    now: datetime,
    chance: random.Random,
) -> Iterator[LearningRecord]:
    for number in range(count):
        place = number % len(enrolments)
        outline = outlines[place % len(outlines)]
        activities = outline.activity_ids or ("oefening",)
        activity = activities[number // len(enrolments) % len(activities)]
        verb = ADL + _VERBS[number % len(_VERBS)]
        raw = chance.randrange(0, 11)
        facts: dict[str, Any] = {
            "person_id": enrolments[place].person_id,
            "enrolment_id": enrolments[place].pk,
            "kind": RecordKind.ACTIVITY,
            "attested_by": AttestedBy.BROWSER,
            "verb": verb,
            "object_id": activity_iri(outline.course_page_id, activity),
            "registration": registration_of(enrolments[place].pk, activity, 1),
            "result": {"score": {"raw": raw, "min": 0, "max": 10, "scaled": raw / 10}},
            "payload": {"verb": {"id": verb}, "number": number},
        }
        moment = now - timedelta(seconds=chance.randrange(60, SPAN * 86_400))
        yield LearningRecord(
            **facts,
            id=uuid.uuid5(NAMESPACE, f"schaal/{number}"),
            content_hash=record_hash(**facts),
            happened_at=moment,
            stored_at=moment,
        )


def _write_in_batches(model: Any, rows: Iterator[Any]) -> int:
    written = 0
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch)
        written += len(batch)
    return written
