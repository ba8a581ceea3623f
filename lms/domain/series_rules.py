"""When sessions of a series fall. Pure: days in, days out."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice


def days_of_series(
    *, first: date, every_weeks: int, times: int, skipped: Collection[date] = ()
) -> tuple[date, ...]:
    """`times` days, so many weeks apart, passing over the skipped ones: a skipped day is made up for at the end.

    Raises ValueError for numbers below one.
    """
    if every_weeks < 1 or times < 1:
        raise ValueError("a series has at least one day, at least a week apart")
    avoid = set(skipped)
    # Each skipped day takes the place of one day at most.
    rhythm = (first + timedelta(weeks=every_weeks * step) for step in range(times + len(avoid)))
    return tuple(islice((day for day in rhythm if day not in avoid), times))


def moment_on(day: date, hour: time, zone: tzinfo) -> datetime | None:
    """The moment on the clock of the zone; None for an hour that a clock change skips."""
    moment = datetime.combine(day, hour, tzinfo=zone)
    back = moment.astimezone(UTC).astimezone(zone)
    return moment if back.replace(tzinfo=None) == moment.replace(tzinfo=None) else None
