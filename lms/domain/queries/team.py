"""What a team coordinator sees: who followed which part. Nothing of what somebody wrote, answered or scored."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from courses.api import courses_by_ids, get_outline
from lms.domain.queries.attendance import attendance_shares
from lms.domain.queries.meetings import meeting_facts
from lms.models import Enrolment
from people.api import User


@dataclass(frozen=True, slots=True)
class TeamPart:
    """One course of a team member; `attendance` in per cents where the person is in a cohort, else None."""

    course_title: str
    cohort_name: str
    completed_on: date | None
    hours: Decimal
    attendance: int | None


@dataclass(frozen=True, slots=True)
class TeamMemberLine:
    """One member of a team. `course_hours` of completed courses, `meeting_hours` confirmed this year."""

    person_id: int
    name: str
    is_coordinator: bool
    since: date
    parts: tuple[TeamPart, ...]
    course_hours: Decimal
    meeting_hours: Decimal


@dataclass(frozen=True, slots=True)
class TeamTable:
    """A team with its members, by name."""

    team_id: int
    name: str
    organisation: str
    members: tuple[TeamMemberLine, ...]

    @property
    def trained(self) -> int:
        """How many members completed at least one course."""
        return sum(any(part.completed_on for part in member.parts) for member in self.members)


def coordinated_teams(coordinator: User) -> tuple[TeamTable, ...]:
    """The teams that somebody coordinates today, with all members. A fixed number of queries, whatever their number."""
    today = timezone.localdate()
    in_force = Q(valid_from__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))
    mine = coordinator.team_memberships.filter(in_force, is_coordinator=True)
    membership = mine.model
    rows = (
        membership.objects.filter(in_force, team__in=mine.values("team"), user__is_active=True)
        .select_related("team__organisation", "user")
        .order_by("team__name", "user__first_name", "user__last_name")
    )
    by_team = defaultdict(list)
    for row in rows:
        by_team[row.team].append(row)
    people = {row.user_id for found in by_team.values() for row in found}
    parts = _parts(people)
    meetings = meeting_facts(people) if people else {}
    tables = []
    for team, found in by_team.items():
        lines = []
        for row in found:
            followed = parts.get(row.user_id, ())
            hours = [
                fact.hours
                for fact in meetings[row.user_id]
                if fact.confirmed and fact.held_on.year == today.year
            ]
            lines.append(
                TeamMemberLine(
                    person_id=row.user_id,
                    name=row.user.get_full_name(),
                    is_coordinator=row.is_coordinator,
                    since=row.valid_from,
                    parts=followed,
                    course_hours=sum((part.hours for part in followed if part.completed_on), Decimal(0)),
                    meeting_hours=sum(hours, Decimal(0)),
                )
            )
        tables.append(TeamTable(team.pk, team.name, team.organisation.name, tuple(lines)))
    return tuple(tables)


def _parts(people: set[int]) -> dict[int, tuple[TeamPart, ...]]:
    enrolments = list(
        Enrolment.objects.current()
        .filter(person_id__in=people)
        .select_related("cohort")
        .order_by("enrolled_at", "pk")
    )
    placed = {
        enrolment.pk: (enrolment.cohort_id, enrolment.person_id)
        for enrolment in enrolments
        if enrolment.cohort_id is not None
    }
    shares = attendance_shares(placed) if placed else {}
    courses = courses_by_ids({enrolment.course_id for enrolment in enrolments}) if enrolments else {}
    found: dict[int, list[TeamPart]] = defaultdict(list)
    for enrolment in enrolments:
        outline = get_outline(enrolment.version_id)
        course = courses.get(enrolment.course_id)
        done = enrolment.completed_at
        found[enrolment.person_id].append(
            TeamPart(
                course_title=course.title if course else outline.title,
                cohort_name=enrolment.cohort.name if enrolment.cohort else "",
                completed_on=timezone.localdate(done) if done else None,
                hours=outline.continued_training_hours,
                attendance=shares.get(enrolment.pk),
            )
        )
    return {person_id: tuple(lines) for person_id, lines in found.items()}
