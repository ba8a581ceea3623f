"""What members of running groups still miss, for the desk of who leads them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from lms.enums import SeatRequestState
from lms.models import Attendance, Cohort, Enrolment, LessonProgress, SeatRequest, Session

MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One group: who did not begin with what is online, who was absent last time, how many ask for a seat."""

    cohort_id: int
    cohort_name: str
    not_begun: tuple[str, ...]
    absent: tuple[str, ...]
    requests: int


def missing_lines(cohort_ids: Sequence[int]) -> tuple[MissingLine, ...]:
    """Groups where something is missing, in the order given. Four queries, whatever the number of people.

    Not begun counts for groups whose first session is still to come, and only where somebody of the group did begin:
    some courses have nothing online. Absent is about the last closed list.
    """
    if not cohort_ids:
        return ()
    begun = LessonProgress.objects.filter(enrolment=OuterRef("pk"))
    members = defaultdict(list)
    rows = Enrolment.objects.current().filter(cohort__in=cohort_ids).select_related("person", "cohort")
    for row in rows.annotate(has_begun=Exists(begun)).order_by("person__first_name", "pk"):
        members[row.cohort_id].append(row)
    closed: dict[int, Session] = {}
    started = set()
    now = timezone.now()
    for session in Session.objects.held().filter(cohort__in=cohort_ids).order_by("starts_at"):
        if session.starts_at <= now:
            started.add(session.cohort_id)
        if session.is_closed:
            closed[session.cohort_id] = session
    present = defaultdict(set)
    last = [session.pk for session in closed.values()]
    for session_id, person in (
        Attendance.objects.present().filter(session__in=last).values_list("session_id", "person_id")
    ):
        present[session_id].add(person)
    requests = dict(
        SeatRequest.objects.filter(cohort__in=cohort_ids, state=SeatRequestState.WAITING)
        .order_by()
        .values_list("cohort_id")
        .annotate(number=Count("pk"))
    )
    names = dict(Cohort.objects.filter(pk__in=requests).values_list("pk", "name"))
    lines = []
    for cohort_id in cohort_ids:
        people = members[cohort_id]
        waiting = [row for row in people if not row.has_begun]  # type: ignore[attr-defined]  # annotated above
        if cohort_id in started or len(waiting) == len(people):
            waiting = []
        session = closed.get(cohort_id)  # type: ignore[assignment]
        away = [row for row in people if session and row.person_id not in present[session.pk]]
        if not (waiting or away or requests.get(cohort_id)):
            continue
        name = people[0].cohort.name if people else names[cohort_id]  # type: ignore[union-attr]
        lines.append(MissingLine(cohort_id, name, _names(waiting), _names(away), requests.get(cohort_id, 0)))
    return tuple(lines)


def _names(rows: Sequence[Enrolment]) -> tuple[str, ...]:
    named = tuple(row.person.get_full_name() for row in rows[:MOST_NAMES])
    return named if len(rows) <= MOST_NAMES else (*named, f"+{len(rows) - MOST_NAMES}")
