"""Who was present at every session of a group, for papers of attendance."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone

from courses.api import CoursePoints, points_of_course
from lms.models import Attendance, Cohort, Session

QUARTER = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class AttendedGroup:
    """One group that came together: `complete` were present at all its sessions, `partial` at some (ids).

    `open_lists` counts sessions whose list is not closed yet: until then nothing is sure. Hours are those of all
    sessions together, in quarters.
    """

    id: int
    name: str
    title: str
    last_day: date | None
    hours: Decimal
    sessions: int
    open_lists: int
    points: tuple[CoursePoints, ...] = ()
    complete: tuple[int, ...] = ()
    partial: tuple[int, ...] = ()


def attended_group(group_id: int) -> AttendedGroup | None:
    """One group with who was there; None when there is no such group. Four queries."""
    cohort = Cohort.objects.select_related("course").filter(pk=group_id).first()
    if cohort is None:
        return None
    sessions = list(Session.objects.held().filter(cohort=cohort).order_by("starts_at"))
    closed = [session for session in sessions if session.is_closed]
    seen = Counter(
        Attendance.objects.present().filter(session__in=closed).values_list("person_id", flat=True)
    )
    last_day = timezone.localdate(sessions[-1].starts_at) if sessions else None
    minutes = sum(session.minutes for session in closed)
    return AttendedGroup(
        id=cohort.pk,
        name=cohort.name,
        title=cohort.course.title,
        last_day=last_day,
        hours=(Decimal(minutes) / 60 / QUARTER).quantize(Decimal(1)) * QUARTER,
        sessions=len(sessions),
        open_lists=len(sessions) - len(closed),
        points=points_of_course(cohort.course_id, on=last_day) if last_day else (),
        complete=tuple(sorted(who for who, times in seen.items() if times == len(sessions))),
        partial=tuple(sorted(who for who, times in seen.items() if times < len(sessions))),
    )


def attended_groups(*, since: date | None = None) -> tuple[tuple[int, str], ...]:
    """Groups of the last year (or since a day) with a closed list: number and words to choose by, newest first."""
    day = since or timezone.localdate() - timedelta(days=366)
    rows = (
        Cohort.objects.filter(ends_on__gte=day)
        .annotate(
            closed=Count(
                "sessions", filter=Q(sessions__closed_at__isnull=False, sessions__cancelled_at__isnull=True)
            )
        )
        .filter(closed__gt=0)
        .select_related("course")
        .order_by("-ends_on", "-pk")[:200]
    )
    return tuple((row.pk, f"{row.course.title}: {row.name}") for row in rows)
