"""Hours with others that count for one person, and what each level says of them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from lms.domain.queries.meetings import meeting_facts
from lms.enums import MeetingKind


@dataclass(frozen=True, slots=True)
class CountedHours:
    """Confirmed hours of this year."""

    intervision: Decimal
    supervision: Decimal


@dataclass(frozen=True, slots=True)
class EducationLevel:
    """What a level of recognition says of somebody's hours. `state`: met, pending, missing or expiring."""

    label: str
    state: str
    reason: str


LevelReader = Callable[[int], tuple[EducationLevel, ...]]
_readers: list[LevelReader] = []


def register_education_levels(reader: LevelReader) -> None:
    """Name who knows what each level asks. The floor with the criteria registers here; this one never imports it."""
    if reader not in _readers:
        _readers.append(reader)


def education_levels(person_id: int) -> tuple[EducationLevel, ...]:
    """A line per level; nothing while no floor knows levels."""
    return tuple(line for reader in _readers for line in reader(person_id))


def hours_this_year(person_id: int) -> CountedHours:
    """Confirmed hours of this year that count. One query."""
    year = timezone.localdate().year
    facts = [fact for fact in meeting_facts([person_id])[person_id] if fact.confirmed]
    held = [fact for fact in facts if fact.held_on.year == year]
    supervision = sum((fact.hours for fact in held if fact.kind == MeetingKind.SUPERVISION), Decimal(0))
    return CountedHours(sum((fact.hours for fact in held), Decimal(0)) - supervision, supervision)
