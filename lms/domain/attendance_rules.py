"""Rules about presence. Pure: no database, no clock, no settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

CHECK_IN_BEFORE = timedelta(minutes=60)
CHECK_IN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SessionShare:
    """A session as far as the share needs it; `minutes` is its length."""

    minutes: int
    present: bool


def share_of(sessions: Iterable[SessionShare]) -> int:
    """Presence as a share of time, in whole per cents (0 to 100), rounded down; 0 where there are no sessions."""
    total = present = 0
    for session in sessions:
        total += session.minutes
        present += session.minutes if session.present else 0
    return present * 100 // total if total else 0


def check_in_window(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """From when to when somebody may check in: an hour before to half an hour after, never on another day."""
    first_day = starts_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    last_day = ends_at.astimezone(zone).replace(hour=23, minute=59, second=59, microsecond=999999)
    return max(starts_at - CHECK_IN_BEFORE, first_day), min(ends_at + CHECK_IN_AFTER, last_day)


def list_opens_at(starts_at: datetime, zone: tzinfo) -> datetime:
    """From when a trainer may fill in the list: the morning of the day itself."""
    return starts_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
