"""Reads about seats: what a person can choose, and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from lms.domain.enrolment import last_day_to_leave
from lms.domain.queries.cohorts import SEATS
from lms.enums import EnrolmentWay, SeatRequestState, WaitingState
from lms.models import Cohort, Enrolment, SeatRequest, Session, WaitingEntry
from people.api import User, team_members, whose_teams

OPEN_WAITS = (WaitingState.WAITING, WaitingState.OFFERED)


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """A cohort that a person can choose. `standing`: "" (nothing yet), mine, asked, waiting, offered."""

    cohort_id: int
    title: str
    starts_on: date
    ends_on: date
    place: str
    region_name: str
    way: str
    places_left: int
    waiting: int
    standing: str
    position: int
    entry_id: int
    offer_until: datetime | None

    @property
    def needs_code(self) -> bool:
        """Whether a code is asked."""
        return self.way == EnrolmentWay.CODE

    @property
    def needs_approval(self) -> bool:
        """Whether somebody decides."""
        return self.way == EnrolmentWay.APPROVAL


def choices_for(person: User, course_ids: Sequence[int]) -> tuple[SeatChoice, ...]:
    """Cohorts of courses that the person can see: public ones, those of their teams, and their own. Six queries."""
    now = timezone.now()
    mine = dict(
        Enrolment.objects.current()
        .filter(person=person, course_id__in=course_ids)
        .values_list("course_id", "cohort_id")
    )
    cohorts = (
        Cohort.objects.running_or_coming()
        .filter(course_id__in=course_ids)
        .filter(
            Q(is_public=True) & ~Q(way=EnrolmentWay.TEAM)
            | Q(way=EnrolmentWay.TEAM, for_team__in=whose_teams(person.pk, on=timezone.localdate()))
            | Q(pk__in=[pk for pk in mine.values() if pk])
        )
        .select_related("region")
        .annotate(members=SEATS)
        .prefetch_related(Prefetch("sessions", queryset=Session.objects.upcoming(), to_attr="coming"))
        .order_by("starts_on", "pk")
    )
    rows = list(cohorts)
    queue = _queues(rows)
    asked = set(
        SeatRequest.objects.filter(person=person, state=SeatRequestState.WAITING).values_list(
            "cohort_id", flat=True
        )
    )
    found = []
    for row in rows:
        entries = queue.get(row.pk, [])
        held = sum(
            entry.state == WaitingState.OFFERED and bool(entry.offer_until and entry.offer_until > now)
            for entry in entries
        )
        place = next((number for number, entry in enumerate(entries) if entry.person_id == person.pk), None)
        entry = entries[place] if place is not None else None
        standing = ""
        if row.pk in mine.values():
            standing = "mine"
        elif entry is not None:
            standing = str(entry.state)
        elif row.pk in asked:
            standing = "asked"
        coming = row.coming  # type: ignore[attr-defined]  # prefetched just above
        found.append(
            SeatChoice(
                cohort_id=row.pk,
                title=row.name,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                place=(coming[0].place or "online") if coming else "",
                region_name=row.region.name if row.region else "",
                way=row.way,
                places_left=max(row.capacity - row.members - held, 0),  # type: ignore[attr-defined]
                waiting=len(entries),
                standing=standing,
                position=(place or 0) + 1,
                entry_id=entry.pk if entry else 0,
                offer_until=entry.offer_until if entry else None,
            )
        )
    return tuple(found)


def _queues(cohorts: Sequence[Cohort]) -> dict[int, list[WaitingEntry]]:
    queue: dict[int, list[WaitingEntry]] = {}
    entries = WaitingEntry.objects.filter(cohort__in=[row.pk for row in cohorts], state__in=OPEN_WAITS)
    for entry in entries.order_by("pk"):
        queue.setdefault(entry.cohort_id, []).append(entry)
    return queue


def waiting_list(cohort: Cohort) -> list[WaitingEntry]:
    """Who waits, in the order in which seats are offered. One query."""
    return list(cohort.waiting_entries.filter(state__in=OPEN_WAITS).select_related("person").order_by("pk"))


def open_requests(cohort: Cohort) -> list[SeatRequest]:
    """Who asked for a seat and got no answer yet, oldest first. One query."""
    return list(
        cohort.seat_requests.filter(state=SeatRequestState.WAITING).select_related("person").order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class TeamChanges:
    """Who came to the team and has no seat yet, and who left it and still has one."""

    newcomers: tuple[User, ...]
    leavers: tuple[User, ...]


def team_changes(cohort: Cohort, member_ids: Sequence[int]) -> TeamChanges | None:
    """For the cohort of a team; None for any other. Two queries."""
    if cohort.for_team_id is None or cohort.way != EnrolmentWay.TEAM:
        return None
    team = set(team_members([cohort.for_team_id], on=timezone.localdate()).get(cohort.for_team_id, ()))
    inside = set(member_ids)
    people = User.objects.in_bulk([*(team - inside), *(inside - team)])

    def named(ids: set[int]) -> tuple[User, ...]:
        return tuple(sorted((people[pk] for pk in ids if pk in people), key=lambda one: one.get_full_name()))

    return TeamChanges(newcomers=named(team - inside), leavers=named(inside - team))


__all__ = [
    "SeatChoice",
    "TeamChanges",
    "choices_for",
    "last_day_to_leave",
    "open_requests",
    "team_changes",
    "waiting_list",
]
