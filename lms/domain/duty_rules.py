"""Rules about the duty of a team. Pure: no database, no clock, no settings."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

from lms.domain.planning.problem import add_months

#: States of a team and of a member, as words for templates and tests.
MET, DUE, OVERDUE, RESTING, NEW = "met", "due", "overdue", "resting", "new"


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody in the team from a day until a day, both included; None: still."""

    person: int
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the person is in the team that day."""
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Owed:
    """One meeting that a team owes. `held_on`: the day of the planned or held meeting, None without one."""

    due_on: date
    tolerance_days: int
    quorum_percent: int
    newcomer_days: int
    held_on: date | None = None
    present: frozenset[int] = frozenset()


def clock_of(
    stays: Iterable[Stay], attended: Mapping[int, Set[date]], coming: Mapping[int, Set[date]], today: date
) -> date | None:
    """The team's last training day, from which its months count; None while the clock cannot start.

    `attended`: days on which somebody was trained; `coming`: days still planned for them. The clock waits for everybody
    who was in the team at its first training and still is; who came later is a newcomer, and restarts nothing.
    """
    stays = list(stays)
    trained = [day for stay in stays for day in attended.get(stay.person, ()) if stay.holds(day)]
    if not trained:
        return None
    first = min(trained)
    founders = {stay.person for stay in stays if stay.holds(first)}
    here = {stay.person for stay in stays if stay.holds(today)}
    if any(day > today for person in founders & here for day in coming.get(person, ())):
        return None
    return max(
        day
        for stay in stays
        if stay.person in founders
        for day in attended.get(stay.person, ())
        if stay.holds(day)
    )


def is_untrained(stays: Iterable[Stay], attended: Mapping[int, Set[date]], today: date) -> bool:
    """Whether nobody who is in the team today was ever trained: the only one who was, left."""
    return not any(attended.get(stay.person) for stay in stays if stay.holds(today))


def due_days(anchor: date, months: Iterable[int]) -> dict[int, date]:
    """The due day by number of months after the last training day."""
    return {number: add_months(anchor, number) for number in months}


def expected_on(stays: Iterable[Stay], day: date, newcomer_days: int) -> frozenset[int]:
    """Who counts for the quorum: everybody in the team that day who is not new; when all are new, all of them.

    Somebody is new for `newcomer_days` days, the first one included.
    """
    there = [stay for stay in stays if stay.holds(day)]
    settled = {stay.person for stay in there if (day - stay.since).days >= newcomer_days}
    return frozenset(settled or {stay.person for stay in there})


def has_quorum(present: Set[int], expected: Set[int], quorum_percent: int) -> bool:
    """Whether enough of those who count were there."""
    return bool(expected) and 100 * len(present & expected) >= quorum_percent * len(expected)


def team_state(owed: Owed, stays: Iterable[Stay], today: date, *, untrained: bool = False) -> str:
    """MET once a meeting was held with the quorum; RESTING while nobody is trained; else DUE, and OVERDUE afterwards.

    It is overdue from the day after the due day and its tolerance.
    """
    if owed.held_on is not None and owed.held_on <= today:
        expected = expected_on(stays, owed.held_on, owed.newcomer_days)
        if has_quorum(owed.present, expected, owed.quorum_percent):
            return MET
    if untrained:
        return RESTING
    return OVERDUE if today > owed.due_on + timedelta(days=owed.tolerance_days) else DUE


def member_state(owed: Owed, stay: Stay, team: str, today: date) -> str:
    """Where one member of today stands: MET who was there, NEW who came too late to be asked, else as the team.

    Who missed the meeting with which the team met its duty is OVERDUE: that hour is still to be made good.
    """
    if stay.person in owed.present:
        return MET
    day = owed.held_on if owed.held_on is not None and owed.held_on <= today else owed.due_on
    if team in (MET, OVERDUE) and (day - stay.since).days < owed.newcomer_days:
        return NEW
    return OVERDUE if team == MET else team
