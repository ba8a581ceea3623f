"""Reads of attendance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.domain.attendance_rules import SessionShare, share_of
from lms.domain.presence_rules import Presence
from lms.domain.queries.presence import presence_at, presence_of, rule_facts
from lms.enums import AttendanceState
from lms.models import Attendance, Cohort, Enrolment, Session
from lms.models.attendance import OWN_METHODS


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person on the list of a session; `state` is "" while nothing was noted."""

    person_id: int
    name: str
    state: str
    method: str
    received_at: datetime | None
    reason: str
    same_device: bool
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    presence: Presence | None = None
    #: Title of another session at the same time where the person is on the list too, or "".
    elsewhere: str = ""

    @property
    def is_present(self) -> bool:
        """Whether the last row says present."""
        return self.state == AttendanceState.PRESENT

    @property
    def by_code(self) -> bool:
        """Whether the person scanned the code, or typed it."""
        return self.method in OWN_METHODS

    @property
    def flags(self) -> tuple[str, ...]:
        """What the trainer may want to look at, in words."""
        said = []
        if self.presence is not None:
            if self.presence.is_late and self.arrived_at:
                said.append(_("Kwam om %(time)s") % {"time": _clock(self.arrived_at)})
            if self.presence.is_early and self.left_at:
                said.append(_("Ging om %(time)s") % {"time": _clock(self.left_at)})
            if self.presence.share and not self.presence.counts and not self.presence.lacks_check_out:
                said.append(_("Telt niet: %(share)s %% van de tijd") % {"share": self.presence.share})
        if self.elsewhere:
            said.append(_("Ook aanwezig bij %(title)s") % {"title": self.elsewhere})
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Roster:
    """The list of a session."""

    lines: tuple[RosterLine, ...]

    @property
    def present(self) -> int:
        """How many are present."""
        return sum(line.is_present for line in self.lines)

    @property
    def total(self) -> int:
        """How many are on the list."""
        return len(self.lines)

    @property
    def waiting(self) -> int:
        """How many have no row yet."""
        return sum(not line.state for line in self.lines)


def attendance_share(enrolment: Enrolment, *, settled: bool = False) -> int:
    """How much of the cohort's sessions the learner attended: whole per cents of time. One query, none without cohort.

    Sessions that are still to come count in the whole, sessions that were called off do not. A presence that is shorter
    than the rule of its session asks does not count. `settled`: only what is over, for completing a course.
    """
    if enrolment.cohort_id is None:
        return 0
    mine = Attendance.objects.present().filter(session=OuterRef("pk"), person_id=enrolment.person_id)
    sessions = (
        Session.objects.held()
        .filter(cohort_id=enrolment.cohort_id)
        .order_by()
        .annotate(
            was_there=Exists(mine),
            came=Subquery(mine.values("arrived_at")[:1]),
            went=Subquery(mine.values("left_at")[:1]),
            rule=rule_facts(),
        )
    )
    now = timezone.now()
    return share_of(
        SessionShare(
            row.minutes,
            row.was_there
            and (not settled or row.closed_at is not None or row.ends_at <= now)
            and presence_at(row, row.rule, arrived_at=row.came, left_at=row.went).counts,
        )
        for row in cast("Iterable[Any]", sessions)
    )


def attendance_shares(enrolments: dict[int, tuple[int, int]]) -> dict[int, int]:
    """The share by enrolment id, for `{enrolment id: (cohort id, person id)}`. Two queries, whatever their number."""
    cohorts = {cohort for cohort, _person in enrolments.values()}
    people = {person for _cohort, person in enrolments.values()}
    held = list(Session.objects.held().filter(cohort_id__in=cohorts).order_by().annotate(rule=rule_facts()))
    rows = Attendance.objects.present().filter(session__cohort_id__in=cohorts, person_id__in=people)
    moments = {
        (session, person): (came, went)
        for session, person, came, went in rows.values_list(
            "session_id", "person_id", "arrived_at", "left_at"
        )
    }

    def counted(session: Any, person: int) -> bool:
        found = moments.get((session.pk, person))
        if found is None:
            return False
        return presence_at(session, session.rule, arrived_at=found[0], left_at=found[1]).counts

    return {
        enrolment: share_of(
            SessionShare(session.minutes, counted(session, person))
            for session in held
            if session.cohort_id == cohort
        )
        for enrolment, (cohort, person) in enrolments.items()
    }


def roster(session: Session) -> Roster:
    """Who is on the list of a session, with the state that counts. Three queries, whatever their number.

    Somebody who left the cohort after being present stays on the list of that day.
    """
    current = Attendance.objects.current().filter(session=session)
    rows = list(current.select_related("person", "session").annotate(rule=rule_facts("session__")))
    by_person: dict[int, Any] = {row.person_id: row for row in rows}
    devices = Counter(row.device for row in rows if row.device and row.is_present)
    members = {
        enrolment.person_id: enrolment.person
        for enrolment in Enrolment.objects.current()
        .filter(cohort_id=session.cohort_id)
        .select_related("person")
    }
    people = {**{row.person_id: row.person for row in rows}, **members}
    ordered = sorted(
        people.values(), key=lambda person: (person.first_name.lower(), person.last_name.lower())
    )
    others = _present_elsewhere(session)
    lines = []
    for person in ordered:
        row = by_person.get(person.pk)
        is_present = bool(row and row.is_present)
        lines.append(
            RosterLine(
                person_id=person.pk,
                name=person.get_full_name(),
                state=row.state if row else "",
                method=row.method if row else "",
                received_at=row.received_at if row else None,
                reason=row.reason if row else "",
                same_device=bool(row and row.device and is_present and devices[row.device] > 1),
                arrived_at=row.arrived_at if row else None,
                left_at=row.left_at if row else None,
                presence=presence_of(row, row.rule) if row and is_present else None,
                elsewhere=others.get(person.pk, "") if is_present else "",
            )
        )
    return Roster(tuple(lines))


def _present_elsewhere(session: Session) -> dict[int, str]:
    """Titles of other sessions at the same time, by the person who is present there. One query."""
    rows = (
        Attendance.objects.present()
        .filter(
            session__cancelled_at=None,
            session__starts_at__lt=session.ends_at,
            session__ends_at__gt=session.starts_at,
        )
        .exclude(session=session)
        .filter(person_id__in=Attendance.objects.filter(session=session).values("person_id"))
        .select_related("session")
    )
    found = {}
    for row in rows:
        came = max(row.arrived_at or row.session.starts_at, session.starts_at)
        went = min(row.left_at or row.session.ends_at, session.ends_at)
        if came < went:
            found[row.person_id] = row.session.title
    return found


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H.%M} u."


def present_count(session_id: int) -> int:
    """How many people are present. One query."""
    return Attendance.objects.present().filter(session_id=session_id).count()


def left_count(session_id: int) -> int:
    """How many people who were present have left. One query."""
    return Attendance.objects.present().filter(session_id=session_id, left_at__isnull=False).count()


def history(*, session_id: int, person_id: int) -> list[Attendance]:
    """Every row about one person at one session, oldest first."""
    rows = Attendance.objects.filter(session_id=session_id, person_id=person_id)
    return list(rows.select_related("recorded_by").order_by("pk"))


@dataclass(frozen=True, slots=True)
class MemberProgress:
    """A member of a cohort: at how many of the sessions that have begun they were present."""

    person_id: int
    name: str
    email: str
    present: int
    begun: int
    completed_at: datetime | None


def member_progress(cohort: Cohort, sessions: list[Session]) -> tuple[MemberProgress, ...]:
    """Members of a cohort by name, with their presence so far. Two queries, whatever their number."""
    now = timezone.now()
    begun = {session.pk for session in sessions if session.starts_at <= now and not session.is_cancelled}
    counts = Counter(
        Attendance.objects.present().filter(session_id__in=begun).values_list("person_id", flat=True)
    )
    members = Enrolment.objects.current().filter(cohort=cohort).select_related("person")
    return tuple(
        MemberProgress(
            person_id=member.person_id,
            name=member.person.get_full_name(),
            email=member.person.email,
            present=counts[member.person_id],
            begun=len(begun),
            completed_at=member.completed_at,
        )
        for member in members.order_by("person__first_name", "person__last_name", "pk")
    )


def members_count(cohort_id: int) -> int:
    """How many people are in a cohort. One query."""
    return Enrolment.objects.current().filter(cohort_id=cohort_id).count()
