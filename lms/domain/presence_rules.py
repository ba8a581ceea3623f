"""How long somebody was there, and whether that counts. Pure: no database, no clock, no settings.

Source: the network's rule for a kind of session (`AttendanceRule`), dated. All moments are aware; lengths are counted
in UTC, so that the night of a clock change is as long as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """At least `min_share` per cent of the time; after how many minutes somebody is late, or leaves early."""

    min_share: int = 80
    late_minutes: int = 15
    early_minutes: int = 15
    asks_check_out: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """`minutes` of presence (whole, rounded down), `share` of the session in per cents (0 to 100, rounded down).

    `credited` are the minutes that count: all of the session for who was neither late nor early, else those of
    presence, and 0 when it does not count.
    """

    minutes: int
    share: int
    is_late: bool
    is_early: bool
    lacks_check_out: bool
    counts: bool
    credited: int


def weigh(
    rule: PresenceRule,
    *,
    starts_at: datetime,
    ends_at: datetime,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
) -> Presence:
    """Weigh one presence. Nothing known about coming or going means: from the beginning, until the end."""
    start, end = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    came = max(arrived_at.astimezone(UTC), start) if arrived_at else start
    went = min(left_at.astimezone(UTC), end) if left_at else end
    there = max(went - came, timedelta())
    whole = end - start
    share = int(there * 100 // whole) if whole else 0
    is_late = came - start > timedelta(minutes=rule.late_minutes)
    is_early = end - went > timedelta(minutes=rule.early_minutes)
    lacks_check_out = rule.asks_check_out and left_at is None
    counts = share >= rule.min_share and not lacks_check_out
    minutes = int(there.total_seconds() // 60)
    full = int(whole.total_seconds() // 60)
    credited = (minutes if is_late or is_early else full) if counts else 0
    return Presence(minutes, share, is_late, is_early, lacks_check_out, counts, credited)


@dataclass(frozen=True, slots=True)
class Stay:
    """One presence of a person with its moments; `ref` names it."""

    ref: int
    came: datetime
    went: datetime


def double_counted(stays: Iterable[Stay]) -> frozenset[int]:
    """The refs of stays that overlap an earlier one of the same person: nobody is in two rooms at once.

    The stay that began first counts; of two that began together the one with the lower ref.
    """
    twice: set[int] = set()
    until: datetime | None = None
    for stay in sorted(stays, key=lambda one: (one.came.astimezone(UTC), one.ref)):
        if until is not None and stay.came < until and stay.went > stay.came:
            twice.add(stay.ref)
            continue
        until = max(until, stay.went) if until else stay.went
    return frozenset(twice)
