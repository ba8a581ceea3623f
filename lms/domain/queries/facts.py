"""What somebody learned, as facts that a dossier can lean on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from courses.api import get_outline
from lms.domain.queries.meetings import MeetingFact, meeting_facts
from lms.models import Enrolment

#: The rows that the facts of one person are read from (see people.api.kept_by_rows). Versions never change.
LEARNING_ROWS = {
    "lms_enrolment": "person_id = %(person)s AND completed_at IS NOT NULL",
    "wagtailcore_page": "id IN (SELECT e.course_id FROM lms_enrolment e"
    " WHERE e.person_id = %(person)s AND e.completed_at IS NOT NULL)",
    "lms_meetingpresence": "person_id = %(person)s",
    "lms_meeting": "id IN (SELECT p.meeting_id FROM lms_meetingpresence p WHERE p.person_id = %(person)s)",
    "lms_intervisiongroup": "id IN (SELECT m.group_id FROM lms_meeting m"
    " JOIN lms_meetingpresence p ON p.meeting_id = m.id WHERE p.person_id = %(person)s)",
}


@dataclass(frozen=True, slots=True)
class CompletionFact:
    """A completed course, as the version that was followed describes it."""

    enrolment_id: int
    course_slug: str
    course_title: str
    level: str
    version_number: int
    completed_on: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class LearningFacts:
    """Completed courses and meetings of one person, oldest first."""

    completions: tuple[CompletionFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()


def learning_facts(person_id: int) -> LearningFacts:
    """Facts of one person. Two queries."""
    return learning_facts_bulk([person_id])[person_id]


def learning_facts_bulk(person_ids: Iterable[int]) -> dict[int, LearningFacts]:
    """Facts of many people, by person id; everybody asked for is in it. Two queries, whatever their number."""
    ids = list(dict.fromkeys(person_ids))
    completions: dict[int, list[CompletionFact]] = defaultdict(list)
    completed = (
        Enrolment.objects.current()
        .filter(person_id__in=ids, completed_at__isnull=False)
        .order_by("completed_at", "pk")
        .values_list("pk", "person_id", "course__slug", "version_id", "completed_at")
    )
    for enrolment_id, person_id, slug, version_id, completed_at in completed:
        outline = get_outline(version_id)
        completions[person_id].append(
            CompletionFact(
                enrolment_id=enrolment_id,
                course_slug=slug,
                course_title=outline.title,
                level=outline.level,
                version_number=outline.number,
                completed_on=timezone.localdate(completed_at),
                hours=outline.continued_training_hours,
            )
        )
    meetings = meeting_facts(ids)
    return {
        person_id: LearningFacts(tuple(completions[person_id]), meetings.get(person_id, ()))
        for person_id in ids
    }
