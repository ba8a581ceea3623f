"""What a recognition is worth on a day, from its dates alone: pure. No job can forget it (threat 18)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accreditation.enums import HOLDING_STATUSES, RecognitionStatus


@dataclass(frozen=True)
class Lapse:
    """Evidence that had to stay valid and did not: in words, and the last day on which it held (None: never)."""

    title: str
    since: date | None = None


@dataclass(frozen=True)
class RecognitionDates:
    """The dates of one recognition; a row of the database fits as well."""

    valid_from: date
    valid_until: date
    renewal_from: date
    grace_until: date
    withdrawn: bool = False
    replaced: bool = False
    suspended_from: date | None = None
    suspended_until: date | None = None

    def rests_on(self, day: date) -> bool:
        """Whether a suspension covers the day; its last day is included."""
        return (
            self.suspended_from is not None
            and self.suspended_from <= day
            and (self.suspended_until is None or day <= self.suspended_until)
        )


@dataclass(frozen=True)
class CurrentStatus:
    """Where a recognition stands. `holds`: the person may be shown as recognised; `renewable`: may ask to renew."""

    status: RecognitionStatus
    until: date
    lapses: tuple[Lapse, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the person counts as recognised."""
        return self.status in HOLDING_STATUSES

    @property
    def renewable(self) -> bool:
        """Whether renewing is possible on this day."""
        return self.status in (RecognitionStatus.EXPIRING, RecognitionStatus.GRACE)


def status_on(dates: RecognitionDates, on: date, lapses: tuple[Lapse, ...] = ()) -> CurrentStatus:
    """The status on a day. All last days are included: valid until 31 March means valid on 31 March.

    What people did for good (withdraw, replace) goes before dates, dates before a suspension, and that before lapsed
    evidence.
    """

    def told(status: RecognitionStatus, until: date) -> CurrentStatus:
        return CurrentStatus(status=status, until=until, lapses=lapses)

    if dates.withdrawn:
        return told(RecognitionStatus.WITHDRAWN, dates.valid_until)
    if dates.replaced:
        return told(RecognitionStatus.REPLACED, dates.valid_until)
    if on < dates.valid_from:
        return told(RecognitionStatus.UPCOMING, dates.valid_until)
    if on > dates.grace_until:
        return told(RecognitionStatus.EXPIRED, dates.valid_until)
    if on > dates.valid_until:
        return told(RecognitionStatus.GRACE, dates.grace_until)
    if dates.rests_on(on):
        return told(RecognitionStatus.SUSPENDED, dates.suspended_until or dates.valid_until)
    if lapses:
        return told(RecognitionStatus.INTERRUPTED, dates.valid_until)
    if on >= dates.renewal_from:
        return told(RecognitionStatus.EXPIRING, dates.valid_until)
    return told(RecognitionStatus.VALID, dates.valid_until)


def is_renewal(dates: RecognitionDates, handed_in_on: date) -> bool:
    """Whether a dossier handed in on a (local) day renews this recognition: from the window to the end of the grace.

    The last minute of the last day of grace still counts; what the committee takes to decide does not matter.
    """
    return dates.renewal_from <= handed_in_on <= dates.grace_until


def row_dates(row: Any) -> RecognitionDates:
    """The dates of a stored recognition."""
    return RecognitionDates(
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        renewal_from=row.renewal_from,
        grace_until=row.grace_until,
        withdrawn=row.withdrawn_at is not None,
        replaced=row.replaced_at is not None,
        suspended_from=row.suspended_from,
        suspended_until=row.suspended_until,
    )
