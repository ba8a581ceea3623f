"""What a way forward is made of, as plain facts. Pure."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accreditation.domain.evidence_facts import NextStep
from accreditation.enums import PathPreference

NOTHING = Decimal(0)
#: How far something is: online or in one's own region, in the same province, elsewhere.
HERE, NEAR, FAR = 0, 1, 2


@dataclass(frozen=True)
class Booking:
    """One way to follow a course: on one's own (`cohort_id` None), or with a cohort that has a free seat."""

    starts_on: date
    ends_on: date
    price: Decimal = NOTHING
    distance: int = HERE
    place: str = ""
    cohort_id: int | None = None
    name: str = ""
    places_left: int | None = None


@dataclass(frozen=True)
class PathCourse:
    """A course that is not completed yet. `after`: slugs that come first. `taken_until`: it is being followed."""

    slug: str
    title: str
    url: str
    level: str
    hours: Decimal
    bookings: tuple[Booking, ...]
    after: tuple[str, ...] = ()
    taken_until: date | None = None


@dataclass(frozen=True, order=True)
class PlannedMeeting:
    """A meeting to come; `form` intervision or supervision."""

    held_on: date
    hours: Decimal
    form: str


@dataclass(frozen=True)
class PathGroup:
    """A group of peers: one's own, or one with places left."""

    group_id: int
    name: str
    meetings: tuple[PlannedMeeting, ...]
    distance: int = HERE
    place: str = ""
    places_left: int = 0
    is_mine: bool = False
    is_asked: bool = False


@dataclass(frozen=True)
class Pace:
    """What the network reckons with: minutes of self-study a week, weeks between two meetings that are not planned yet,
    their hours, and how many months a plan may look ahead."""

    study_minutes_a_week: int
    meeting_weeks: int
    meeting_hours: Decimal
    horizon_months: int


@dataclass(frozen=True)
class Market:
    """Everything on offer for one person, and how to choose."""

    on: date
    preference: PathPreference
    pace: Pace
    courses: tuple[PathCourse, ...] = ()
    groups: tuple[PathGroup, ...] = ()
    #: Courses that are done: they satisfy prerequisites.
    completed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """One step on a path.

    `kind`: course, cohort, group (things one can take here), carry_on (a course or group one is in), upload, mend.
    `ref`: what the button sends ("course:slug", "cohort:12:slug", "group:5"). `done_on`: when it counts, as far
    as known.
    """

    criterion_id: str
    kind: str
    title: str
    url: str = ""
    ref: str = ""
    note: str = ""
    place: str = ""
    starts_on: date | None = None
    done_on: date | None = None
    price: Decimal = NOTHING
    distance: int = HERE
    places_left: int | None = None
    #: Slugs of courses that come first.
    waits_for: tuple[str, ...] = ()
    #: What the button leads to where nothing is booked: a form, a page.
    action: NextStep | None = None
    #: Somebody asked for it already and waits for an answer.
    is_asked: bool = False


@dataclass(frozen=True)
class Gap:
    """A criterion for which there is no way at this moment, and why."""

    criterion_id: str
    title: str
    reason: str


@dataclass(frozen=True)
class Path:
    """A plan. `ready_on`: the day on which everything would be there; None while there are gaps."""

    preference: str
    steps: tuple[Step, ...] = ()
    gaps: tuple[Gap, ...] = ()
    ready_on: date | None = None
    price: Decimal = NOTHING
    ways: dict[str, tuple[Step, ...]] = field(default_factory=dict)
