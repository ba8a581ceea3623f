"""When sessions of a series fall. Pure: days in, days out."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo


def days_of_series(
    *, first: date, every_weeks: int, times: int, skipped: Collection[date] = ()
) -> tuple[date, ...]:
    """`times` days, so many weeks apart, passing over the skipped ones: a skipped day is made up for at the end.

    Raises ValueError for numbers below one.
    """
    if every_weeks < 1 or times < 1:
        raise ValueError("a series has at least one day, at least a week apart")
    avoid = set(skipped)
    days: list[date] = []
    day = first
    while len(days) < times:
        if day not in avoid:
            days.append(day)
        day += timedelta(weeks=every_weeks)
        if (day - first).days > 366 * 10:
            break
    return tuple(days)


def moment_on(day: date, hour: time, zone: tzinfo) -> datetime | None:
    """The moment on the clock of the zone; None for an hour that a clock change skips."""
    moment = datetime.combine(day, hour, tzinfo=zone)
    back = moment.astimezone(UTC).astimezone(zone)
    return moment if back.replace(tzinfo=None) == moment.replace(tzinfo=None) else None
