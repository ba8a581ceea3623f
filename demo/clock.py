"""The demo lives through its own past: verbs run at the moment at which they would have run."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import time_machine
from django.utils import timezone

#: The real day of loading; `moment` counts from it, also inside a block that lives in the past.
_anchor: date | None = None


def begin() -> None:
    """Take today as the day from which the demo counts."""
    global _anchor
    _anchor = timezone.localdate()


def moment(days: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment `days` from the real today (negative: ago), at a time of day in Flanders."""
    day = (_anchor or timezone.localdate()) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@contextmanager
def at(when: datetime) -> Iterator[None]:
    """Run the block as if it were `when`; time goes on from there."""
    with time_machine.travel(when, tick=True):
        yield
