"""What a presence brings at a register, and where somebody stands in their period. Pure: no database, no clock.

Source of every figure: the dated rows of `RegisterRule`, which follow the registers' own rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal(0)
SOON = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """A register's rule on a day. `amount` is asked within `period_years` years; limits are per hour of presence."""

    key: str
    name: str
    unit: str
    amount: Decimal
    period_years: int
    needs_approval: bool
    max_per_hour: Decimal | None = None
    max_module_hours: Decimal | None = None
    ethics_per_year: Decimal | None = None
    peer_reviews_per_year: int | None = None
    keep_proof_years: int | None = None
    is_verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gain:
    """Something that counts: on which day, what, and how much in the register's unit."""

    day: date
    title: str
    amount: Decimal
    is_ethics: bool = False
    is_peer_review: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands from `first` to `last`, both included. `expiring` leaves within half a year."""

    first: date
    last: date
    is_fixed: bool
    gained: Decimal
    needed: Decimal
    left: Decimal
    expiring: Decimal
    ethics: Decimal
    peer_reviews: int
    gains: tuple[Gain, ...] = ()

    @property
    def percent(self) -> int:
        """Share of what is needed, 0 to 100."""
        return min(int(self.gained * 100 / self.needed), 100)


def amount_for(rule: RegisterFacts, *, credited: int, minutes: int, approved: Decimal | None) -> Decimal:
    """What `credited` of a session's `minutes` bring: never more than was approved, nor than the limit per hour.

    Where a register approves nothing beforehand, the hours themselves count. Two decimals, rounded down.
    """
    if credited <= 0 or minutes <= 0:
        return NOTHING
    hours = Decimal(credited) / 60
    if approved is None:
        amount = NOTHING if rule.needs_approval else hours
    else:
        amount = approved * min(credited, minutes) / minutes
    if rule.max_per_hour is not None:
        amount = min(amount, rule.max_per_hour * hours)
    return amount.quantize(CENT, ROUND_DOWN)


def module_amount(rule: RegisterFacts, *, granted: Decimal) -> Decimal:
    """What an online module brings: the granted amount, up to the register's limit of hours for one module."""
    if rule.max_module_hours is None:
        return granted
    return min(granted, rule.max_module_hours * (rule.max_per_hour or 1))


def years_after(day: date, years: int) -> date:
    """The same day some years on; 28 February where 29 February does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def period_of(*, starts_on: date | None, years: int, on: date) -> tuple[date, date]:
    """First and last day of the period that `on` lies in; without a known begin the last `years` years until `on`."""
    if starts_on is None:
        return years_after(on, -years) + timedelta(days=1), on
    number = 0
    while years_after(starts_on, (number + 1) * years) <= on:
        number += 1
    first = years_after(starts_on, number * years)
    return first, years_after(starts_on, (number + 1) * years) - timedelta(days=1)


def standing(rule: RegisterFacts, gains: Iterable[Gain], *, starts_on: date | None, on: date) -> Standing:
    """Weigh what somebody gained against what their register asks."""
    known = starts_on if starts_on is not None and starts_on <= on else None
    first, last = period_of(starts_on=known, years=rule.period_years, on=on)
    inside = tuple(
        sorted(
            (one for one in gains if first <= one.day <= min(last, on)), key=lambda one: (one.day, one.ref)
        )
    )
    gained = sum((one.amount for one in inside), NOTHING)
    this_year = [one for one in inside if one.day.year == on.year]
    if known is None:
        until = years_after(on + SOON, -rule.period_years)
        expiring = sum((one.amount for one in inside if one.day <= until), NOTHING)
    else:
        expiring = gained if last - on <= SOON else NOTHING
    return Standing(
        first=first,
        last=last,
        is_fixed=known is not None,
        gained=gained,
        needed=rule.amount,
        left=max(rule.amount - gained, NOTHING),
        expiring=expiring,
        ethics=sum((one.amount for one in this_year if one.is_ethics), NOTHING),
        peer_reviews=sum(one.is_peer_review for one in this_year),
        gains=inside,
    )


def last_day_to_report(month: date) -> date:
    """Attendance of a month is reported before the end of the following month (source: the rule of the register)."""
    after = (month.replace(day=1) + timedelta(days=62)).replace(day=1)
    return after - timedelta(days=1)
