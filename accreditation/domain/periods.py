"""Months, windows and unions of periods; whole days, no clock. 29 February counts as the last day of its month."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
Period = tuple[date, date]


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """The same day some months on (or back); where that month is shorter, its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_in_window(day: date, *, on: date, months: int) -> bool:
    """Whether the day lies in the window of some months that ends on a day (that day included)."""
    return add_months(on, -months) < day <= on


@lru_cache(maxsize=4096)
def leaves_window_on(day: date, *, months: int) -> date:
    """The first day on which a day no longer lies in the window. `date.max` when that never comes."""
    candidate = add_months(day, months)
    while candidate < date.max and add_months(candidate, -months) < day:
        candidate += DAY
    return candidate


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same days as as few periods as possible; adjoining ones become one."""
    result: list[Period] = []
    for start, end in sorted(periods):
        if end < start:
            continue
        if result and (result[-1][1] == date.max or start <= result[-1][1] + DAY):
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def days_in(periods: Iterable[Period]) -> int:
    """How many different days the periods cover."""
    return sum((end - start).days + 1 for start, end in merged(periods))


def covered_until(periods: Iterable[Period], *, on: date) -> date | None:
    """The last day of the unbroken stretch around a day, or None when the day itself is not covered."""
    for start, end in merged(periods):
        if start <= on <= end:
            return end
    return None
