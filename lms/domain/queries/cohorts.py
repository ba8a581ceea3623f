"""Reads of cohorts and sessions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from courses.api import CohortDate, courses_by_ids
from lms.enums import AttendanceState, SessionKind, WaitingState
from lms.models import Attendance, Cohort, Session
from people.api import Role, User

SEATS = Count("enrolments", filter=Q(enrolments__withdrawn_at=None), distinct=True)


def held_seats(prefix: str = "") -> Count:
    """Seats that were offered to somebody who waits: nobody else can take them now. `prefix` leads to the cohort."""
    offered = Q(
        **{
            f"{prefix}waiting_entries__state": WaitingState.OFFERED,
            f"{prefix}waiting_entries__offer_until__gt": timezone.now(),
        }
    )
    return Count(f"{prefix}waiting_entries", filter=offered, distinct=True)


@dataclass(frozen=True, slots=True)
class PublicSession:
    """A session that everybody may know of. `online_url` says only that one can take part online: "" or "online"."""

    session_id: int
    title: str
    course_title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    online_url: str
    region: str
    url: str
    seats_left: int


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session on the desk of a trainer: who is there, out of how many."""

    session: Session
    course_title: str
    trainers: tuple[str, ...]
    present: int
    members: int

    @property
    def has_begun(self) -> bool:
        """Whether the session has begun."""
        return self.session.starts_at <= timezone.now()


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort on the desk of a trainer."""

    cohort: Cohort
    course_title: str
    members: int
    next_session: Session | None


def course_extras(course_ids: Sequence[int]) -> dict[int, list[CohortDate]]:
    """Public cohorts of courses that have not ended, for the course pages. Two queries, whatever their number."""
    sessions = Prefetch("sessions", queryset=Session.objects.upcoming(), to_attr="coming")
    cohorts = (
        Cohort.objects.running_or_coming()
        .filter(course_id__in=course_ids, is_public=True)
        .select_related("region")
        .annotate(members=SEATS, held=held_seats())
        .prefetch_related(sessions)
    )
    found: dict[int, list[CohortDate]] = defaultdict(list)
    for cohort in cohorts:
        places = [session.place or "online" for session in cohort.coming]  # type: ignore[attr-defined]
        found[cohort.course_id].append(
            CohortDate(
                cohort_id=cohort.pk,
                title=cohort.name,
                starts_on=cohort.starts_on,
                ends_on=cohort.ends_on,
                place=places[0] if places else "",
                region=cohort.region.slug if cohort.region else "",
                region_name=cohort.region.name if cohort.region else "",
                places_left=max(cohort.capacity - cohort.members - cohort.held, 0),  # type: ignore[attr-defined]
            )
        )
    return dict(found)


def upcoming_public_sessions(limit: int | None = None) -> tuple[PublicSession, ...]:
    """Sessions to come of public cohorts, soonest first. A fixed number of queries, whatever their number."""
    sessions = (
        Session.objects.upcoming()
        .filter(cohort__is_public=True)
        .select_related("cohort__region")
        .annotate(members=_members_of_session(), held=held_seats("cohort__"))
    )
    rows = list(sessions[:limit] if limit is not None else sessions)
    courses = courses_by_ids({row.cohort.course_id for row in rows}) if rows else {}
    return tuple(
        PublicSession(
            session_id=row.pk,
            title=row.title,
            course_title=courses[row.cohort.course_id].title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            online_url="" if row.kind == SessionKind.IN_PERSON else "online",
            region=row.cohort.region.name if row.cohort.region else "",
            url=courses[row.cohort.course_id].url,
            seats_left=max(row.cohort.capacity - row.members - row.held, 0),  # type: ignore[attr-defined]
        )
        for row in rows
        if row.cohort.course_id in courses
    )


def _members_of_session() -> Count:
    return Count("cohort__enrolments", filter=Q(cohort__enrolments__withdrawn_at=None), distinct=True)


def session_lines(sessions: QuerySet[Session]) -> tuple[SessionLine, ...]:
    """Sessions with trainers and counts. Four queries, whatever their number."""
    rows = list(
        sessions.select_related("cohort__course")
        .annotate(members=_members_of_session())
        .order_by("starts_at", "pk")
        .prefetch_related("trainers")
    )
    current = Attendance.objects.current().filter(session__in=[row.pk for row in rows])
    counts = dict(
        current.filter(state=AttendanceState.PRESENT)
        .values_list("session_id")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return tuple(
        SessionLine(
            session=row,
            course_title=row.cohort.course.title,
            trainers=tuple(trainer.get_full_name() for trainer in row.trainers.all()),
            present=counts.get(row.pk, 0),
            members=row.members,
        )
        for row in rows
    )


def cohort_lines(cohorts: QuerySet[Cohort]) -> tuple[CohortLine, ...]:
    """Cohorts with their number of members and next session. Two queries, whatever their number."""
    coming = Prefetch("sessions", queryset=Session.objects.upcoming(), to_attr="coming")
    rows = cohorts.select_related("course", "region").annotate(members=SEATS).prefetch_related(coming)
    return tuple(
        CohortLine(
            cohort=row,
            course_title=row.course.title,
            members=row.members,
            next_session=row.coming[0] if row.coming else None,
        )
        for row in rows
    )


def trainers_today() -> QuerySet[User]:
    """People who may lead a session, by name."""
    today = timezone.localdate()
    return (
        User.objects.filter(
            is_active=True, role_grants__role=Role.TRAINER, role_grants__valid_from__lte=today
        )
        .filter(Q(role_grants__valid_until=None) | Q(role_grants__valid_until__gte=today))
        .distinct()
        .order_by("first_name", "last_name")
    )
