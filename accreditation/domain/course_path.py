"""Which courses to follow, and when, to meet a rule about training. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accreditation.domain.course_rule import CoursesRule, once_each
from accreditation.domain.cover_rules import Item, cheapest_cover, in_order
from accreditation.domain.evidence_facts import EvidencePiece, sort_out
from accreditation.domain.path_facts import Booking, Market, PathCourse
from accreditation.domain.training_rule import KINDS, TrainingRule
from accreditation.enums import EvidenceKind, PathPreference

#: Hours are counted in quarters, so that sums are whole numbers.
QUARTERS = 4
#: Bookings of one course that are tried, the earliest first, where another course waits for it.
MOST_TRIED = 6


@dataclass(frozen=True)
class CoursePlan:
    """Courses with the booking of each, in an order that can be followed."""

    courses: tuple[tuple[PathCourse, Booking], ...]

    @property
    def done_on(self) -> date:
        """When the last one ends."""
        return max((booking.ends_on for _course, booking in self.courses), default=date.min)

    @property
    def price(self) -> Decimal:
        """What they cost together, in euro."""
        return sum((booking.price for _course, booking in self.courses), Decimal(0))

    def cost(self, preference: str) -> tuple[int, ...]:
        """What is compared between two plans."""
        costs = [_cost(course, booking, preference) for course, booking in self.courses]
        total = tuple(map(sum, zip(*costs, strict=True))) if costs else (0, 0, 0)
        if preference == PathPreference.SOONEST:
            return (self.done_on.toordinal(), *total)
        return (*total, self.done_on.toordinal())


def course_needs(
    rule: TrainingRule | CoursesRule, pieces: tuple[EvidencePiece, ...], on: date
) -> tuple[int, ...]:
    """What is still lacking, in whole units: for each minimum quarters of hours and pieces, or a number of courses."""
    found = sort_out(pieces, kinds=KINDS, on=on)
    counted, _again = once_each(found.verified)
    both = (*counted, *found.waiting)
    if isinstance(rule, CoursesRule):
        wanted = {course.slug for course in rule.courses}
        done = {p.name for p in both if p.kind == EvidenceKind.COURSE and p.name in wanted}
        return (max(rule.at_least - len(done), 0),)
    needs: list[int] = []
    for minimum in rule.minimums:
        mine = [p for p in both if p.level in minimum.levels]
        hours = minimum.hours - sum((max(p.hours, Decimal(0)) for p in mine), Decimal(0))
        needs += [max(math.ceil(hours * QUARTERS), 0), max(minimum.pieces - len(mine), 0)]
    return tuple(needs)


def course_gain(rule: TrainingRule | CoursesRule, course: PathCourse) -> tuple[int, ...]:
    """What a course gives for a rule, in the same units."""
    if isinstance(rule, CoursesRule):
        return (int(any(course.slug == named.slug for named in rule.courses)),)
    gain: list[int] = []
    for minimum in rule.minimums:
        counts = course.level in minimum.levels
        gain += [int(course.hours * QUARTERS) if counts else 0, int(counts)]
    return tuple(gain)


def plan_courses(
    rules: Iterable[TrainingRule | CoursesRule], pieces: tuple[EvidencePiece, ...], market: Market
) -> CoursePlan | None:
    """The best plan that meets all these rules together; None when what is on offer is not enough."""
    wanted = tuple(rules)
    need = tuple(unit for rule in wanted for unit in course_needs(rule, pieces, market.on))
    earliest = earliest_ends(market)
    open_courses = {course.slug: course for course in market.courses if course.slug in earliest}
    chosen = {
        slug: best_booking(course, market, after=_ends_of(course, earliest, market))
        for slug, course in open_courses.items()
    }
    items = [
        Item(
            key=slug,
            gain=tuple(unit for rule in wanted for unit in course_gain(rule, course)),
            cost=_cost(course, booking, market.preference),
            after=_open_after(course, market),
        )
        for slug, course in open_courses.items()
        if (booking := chosen[slug]) is not None
    ]
    if market.preference == PathPreference.SOONEST:
        items = _in_time(need, items, earliest)
    keys = cheapest_cover(need, items)
    if keys is None:
        return None
    return _booked([open_courses[key] for key in keys], market)


def earliest_ends(market: Market) -> dict[str, date]:
    """The first day on which each course can be over, its prerequisites before it; without those that cannot be."""
    courses = {course.slug: course for course in market.courses}
    found: dict[str, date] = {}
    items = [Item(slug, (), (), _open_after(course, market)) for slug, course in courses.items()]
    for item in in_order(items):
        course = courses[item.key]
        if any(slug not in found for slug in item.after):
            continue
        start = max((found[slug] for slug in item.after), default=market.on)
        ends = [booking.ends_on for booking in _bookings(course, market, after=start)]
        if ends:
            found[course.slug] = min(ends)
    return found


def best_booking(course: PathCourse, market: Market, *, after: date) -> Booking | None:
    """The booking that suits best, begun on or after a day."""
    fitting = _bookings(course, market, after=after)
    keys = {
        PathPreference.SOONEST: lambda b: (b.ends_on, b.price, b.distance),
        PathPreference.NEAREST: lambda b: (b.distance, b.ends_on, b.price),
        PathPreference.CHEAPEST: lambda b: (b.price, b.ends_on, b.distance),
    }
    return min(fitting, key=keys[market.preference], default=None)


def _bookings(course: PathCourse, market: Market, *, after: date) -> list[Booking]:
    """Bookings that begin on or after a day; what one does alone moves along, what one follows already stays."""
    if course.taken_until is not None:
        return [Booking(starts_on=market.on, ends_on=course.taken_until)]
    found = []
    for booking in course.bookings:
        if booking.cohort_id is None:
            length = booking.ends_on - booking.starts_on
            start = max(after, market.on)
            found.append(replace(booking, starts_on=start, ends_on=start + length))
        elif booking.starts_on >= after:
            found.append(booking)
    return found


def _open_after(course: PathCourse, market: Market) -> tuple[str, ...]:
    """Prerequisites that are still to be done; of a course that is being followed nobody asks them again."""
    if course.taken_until is not None:
        return ()
    return tuple(slug for slug in course.after if slug not in market.completed)


def _ends_of(course: PathCourse, earliest: dict[str, date], market: Market) -> date:
    return max((earliest[slug] for slug in _open_after(course, market)), default=market.on)


def _cost(course: PathCourse, booking: Booking, preference: str) -> tuple[int, ...]:
    """Parts to compare, first the one that the person chose; what is being followed already costs nothing more."""
    if course.taken_until is not None:
        return (0, 0, 0)
    cents = int(booking.price * 100)
    if preference == PathPreference.NEAREST:
        return (booking.distance, 1, cents)
    if preference == PathPreference.CHEAPEST:
        return (cents, 1, booking.distance)
    return (1, cents, booking.distance)


def _in_time(need: tuple[int, ...], items: list[Item], earliest: dict[str, date]) -> list[Item]:
    """Only what is over by the first day on which all that is over by then is enough."""
    have = [0] * len(need)
    ordered = sorted(items, key=lambda item: (earliest[item.key], item.key))
    for item in ordered:
        have = [a + b for a, b in zip(have, item.gain, strict=True)]
        if all(h >= n for h, n in zip(have, need, strict=True)):
            last = earliest[item.key]
            return [one for one in ordered if earliest[one.key] <= last]
    return ordered


def _booked(courses: list[PathCourse], market: Market) -> CoursePlan:
    """The best bookings of these courses together, what comes first over before what follows begins.

    `courses` in an order that can be followed. A course on which no other one waits simply takes what suits it best;
    for the others every booking is tried.
    """
    waited_for = {slug for course in courses for slug in _open_after(course, market)}
    best: tuple[tuple[int, ...], tuple[Booking, ...]] | None = None

    def try_from(place: int, booked: tuple[Booking, ...], cost: tuple[int, ...]) -> None:
        nonlocal best
        if place == len(courses):
            last = max((booking.ends_on for booking in booked), default=market.on)
            total = (*cost, last.toordinal())
            if best is None or total < best[0]:
                best = (total, booked)
            return
        course = courses[place]
        ends = {one.slug: booking.ends_on for one, booking in zip(courses, booked, strict=False)}
        start = max((ends[slug] for slug in _open_after(course, market)), default=market.on)
        fitting = _bookings(course, market, after=start)
        if course.slug not in waited_for:
            suits = best_booking(course, market, after=start)
            fitting = [suits] if suits is not None else []
        for booking in sorted(fitting, key=lambda one: one.ends_on)[:MOST_TRIED]:
            step = _cost(course, booking, market.preference)
            spent = tuple(a + b for a, b in zip(cost, step, strict=True))
            if best is None or spent <= best[0][: len(spent)]:
                try_from(place + 1, (*booked, booking), spent)

    if market.preference == PathPreference.SOONEST:
        # The earliest end of each is what the choice rests on.
        booked: dict[str, Booking] = {}
        for course in courses:
            start = max((booked[slug].ends_on for slug in _open_after(course, market)), default=market.on)
            booked[course.slug] = min(
                _bookings(course, market, after=start), key=lambda b: (b.ends_on, b.price, b.distance)
            )
        return CoursePlan(tuple((course, booked[course.slug]) for course in courses))
    try_from(0, (), (0, 0, 0))
    bookings = best[1] if best is not None else ()
    return CoursePlan(tuple(zip(courses, bookings, strict=True)))
