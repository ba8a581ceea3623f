"""Which half day and which expert suit a team. Pure: no database, no clock, no settings."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

Slot = tuple[date, int]


@dataclass(frozen=True, slots=True)
class PoolExpert:
    """An expert with what limits them. `regions` and `half_days` ("1-0": Monday morning) empty: no limit.

    `valid`: periods of the licence, `away`: days off, both included; `taken`: half days that are booked.
    """

    person: int
    valid: tuple[tuple[date, date], ...]
    regions: frozenset[int] = frozenset()
    half_days: frozenset[str] = frozenset()
    away: tuple[tuple[date, date], ...] = ()
    most_per_month: int = 4
    taken: frozenset[Slot] = field(default=frozenset())


def is_free(expert: PoolExpert, day: date, half: int, region: int | None) -> bool:
    """Whether the expert could lead a meeting there and then."""
    if not any(first <= day <= last for first, last in expert.valid):
        return False
    if any(first <= day <= last for first, last in expert.away) or (day, half) in expert.taken:
        return False
    if expert.half_days and f"{day.isoweekday()}-{half}" not in expert.half_days:
        return False
    if region is not None and expert.regions and region not in expert.regions:
        return False
    return load_in_month(expert, day) < expert.most_per_month


def load_in_month(expert: PoolExpert, day: date) -> int:
    """How many half days of that month are booked."""
    return sum((taken.year, taken.month) == (day.year, day.month) for taken, _half in expert.taken)


def propose(
    pool: Iterable[PoolExpert],
    *,
    around: date,
    reach_days: int,
    earliest: date,
    region: int | None,
    number: int,
    closed: Set[date] = frozenset(),
) -> tuple[tuple[date, int, int], ...]:
    """At most `number` half days on different days, nearest to `around` first, each with the least loaded free expert.

    Only working days from `earliest` within the reach; what lies too early moves the whole window to `earliest`.
    Returns (day, half, person) by day.
    """
    middle = max(around, earliest)
    pool = sorted(pool, key=lambda one: (len(one.taken), one.person))
    reach = range(-reach_days, reach_days + 1)
    days = sorted((middle + timedelta(days=step) for step in reach), key=lambda day: (abs(day - middle), day))
    found: list[tuple[date, int, int]] = []
    for day in days:
        if day < earliest or day.isoweekday() > 5 or day in closed:
            continue
        for half in (0, 1):
            expert = next((one for one in pool if is_free(one, day, half, region)), None)
            if expert is not None:
                found.append((day, half, expert.person))
                break
        if len(found) == number:
            break
    return tuple(sorted(found))
