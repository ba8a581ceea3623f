"""What is to be planned: people with teams, parts, trainers, rooms, experts and rules. Frozen, plain data.

Time is counted in half days: slot = 2 * date.toordinal() + half, half 0 the morning and 1 the afternoon.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from math import floor

MORNING, AFTERNOON = 0, 1
SAME_PROVINCE, ELSEWHERE = 1, 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the programme: `half_days` a day, `offsets` of its days from the first, `after` ids of parts."""

    id: str
    name: str
    half_days: int = 2
    offsets: tuple[int, ...] = (0,)
    max_group: int = 20
    min_group: int = 1
    trainers: int = 2
    groups: int | None = None
    after: tuple[str, ...] = ()

    @property
    def units(self) -> int:
        """Length in half days."""
        return self.half_days * len(self.offsets)


@dataclass(frozen=True, slots=True)
class Team:
    """People who work together. At most `max_away` of them (a count) follow a part on one day."""

    id: str
    name: str
    region: str
    size: int
    max_away: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who follows parts (ids)."""

    id: str
    team: str
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trainer:
    """Teaches `parts` (empty: all) outside `unavailable`, at most `max_half_days` in all; None: no limit."""

    id: str
    name: str
    region: str
    parts: frozenset[str] = frozenset()
    unavailable: frozenset[date] = frozenset()
    max_half_days: int | None = None

    def teaches(self, part: Part) -> bool:
        """Whether the trainer may lead this part."""
        return not self.parts or part.id in self.parts


@dataclass(frozen=True, slots=True)
class Room:
    """A place with seats for learners."""

    id: str
    name: str
    region: str
    capacity: int
    unavailable: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Expert:
    """Leads intervision of a team; at most `max_meetings`."""

    id: str
    name: str
    region: str
    unavailable: frozenset[date] = frozenset()
    max_meetings: int | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """What must stay as it is in one group (`group` counts from 1 within its part); None or empty: free."""

    part: str
    group: int
    start: date | None = None
    half: int | None = None
    room: str | None = None
    trainers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervision:
    """Team meetings `months` after a team's last training day, give or take `tolerance_days`."""

    months: tuple[int, ...] = ()
    tolerance_days: int = 14


@dataclass(frozen=True)
class Problem:
    """A whole planning question."""

    name: str
    first_day: date
    last_day: date
    parts: tuple[Part, ...]
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    trainers: tuple[Trainer, ...]
    rooms: tuple[Room, ...]
    experts: tuple[Expert, ...] = ()
    provinces: dict[str, str] = field(default_factory=dict)
    distances: dict[tuple[str, str], int] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    mix_teams: bool = True
    intervision: Intervision = Intervision()
    pins: tuple[Pin, ...] = ()

    @cached_property
    def part(self) -> dict[str, Part]:
        """Parts by id."""
        return {part.id: part for part in self.parts}

    @cached_property
    def team(self) -> dict[str, Team]:
        """Teams by id."""
        return {team.id: team for team in self.teams}

    @cached_property
    def person(self) -> dict[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def trainer(self) -> dict[str, Trainer]:
        """Trainers by id."""
        return {trainer.id: trainer for trainer in self.trainers}

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def room_regions(self) -> tuple[str, ...]:
        """Regions with a room, by name."""
        return tuple(sorted({room.region for room in self.rooms}))

    def is_open(self, day: date) -> bool:
        """Whether people can meet that day: no weekend (or what `weekdays` leaves out) and no holiday."""
        return day.isoweekday() in self.weekdays and day not in self.holidays

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Open days of the window."""
        span = (self.last_day - self.first_day).days
        every = (self.first_day + timedelta(days=number) for number in range(span + 1))
        return tuple(day for day in every if self.is_open(day))

    def starts(self, part: Part) -> tuple[date, ...]:
        """First days from which every day of a part is open and inside the window."""
        opened = set(self.days)
        return tuple(
            day for day in self.days if all(day + timedelta(days=offset) in opened for offset in part.offsets)
        )

    def followers(self, part: Part) -> tuple[Person, ...]:
        """Who follows a part, in the order of the question."""
        return tuple(person for person in self.people if part.id in person.parts)

    def group_count(self, part: Part) -> int:
        """How many groups a part gets: the number asked for, or as few as its largest group allows."""
        wanted = len(self.followers(part))
        needed = -(-wanted // max(1, part.max_group))
        return needed if part.groups is None else part.groups

    def distance(self, one: str, other: str) -> int:
        """Steps of travel between two regions: 0 at home, 1 within a province, 3 further; or as given."""
        if one == other:
            return 0
        given = self.distances.get((one, other), self.distances.get((other, one)))
        if given is not None:
            return given
        home = self.provinces.get(one)
        return SAME_PROVINCE if home is not None and home == self.provinces.get(other) else ELSEWHERE

    def classes(self) -> Counter[tuple[str, frozenset[str]]]:
        """How many people of a team follow the same parts; for the model these are alike."""
        return Counter((person.team, person.parts) for person in self.people if person.parts)


def max_away(size: int, share: float) -> int:
    """How many of a team may be away on one day, from a share of its members (0 to 1), rounded down."""
    return floor(size * share + 1e-9)


def slots_of(part: Part, start: date, half: int) -> tuple[int, ...]:
    """Every half day that a group of this part takes when it begins there."""
    found: list[int] = []
    for offset in part.offsets:
        first = 2 * (start + timedelta(days=offset)).toordinal()
        found += [first + half] if part.half_days == 1 else [first, first + 1]
    return tuple(found)


def days_of(part: Part, start: date) -> tuple[date, ...]:
    """The days of a group of this part."""
    return tuple(start + timedelta(days=offset) for offset in part.offsets)


def halves_of(part: Part) -> tuple[int, ...]:
    """The halves of a day in which a part can begin."""
    return (MORNING, AFTERNOON) if part.half_days == 1 else (MORNING,)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month when it is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for back in range(4):
        try:
            return date(year, month, day.day - back)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def spread(counts: Iterable[int]) -> int:
    """Difference between the largest and the smallest of some counts; 0 for none."""
    found = list(counts)
    return max(found) - min(found) if found else 0
