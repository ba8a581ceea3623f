"""The nearest way forward for one person: where they stand, brought together with everything on offer."""

from datetime import date, timedelta
from decimal import Decimal

from accreditation.domain.checklist import Checklist, checklist_for
from accreditation.domain.criteria_rules import parse_rules
from accreditation.domain.path_facts import (
    FAR,
    HERE,
    NEAR,
    Booking,
    Market,
    Pace,
    Path,
    PathCourse,
    PathGroup,
    PlannedMeeting,
)
from accreditation.domain.path_rules import plan_path
from accreditation.enums import CriterionState, PathPreference
from accreditation.models import Dossier, PaceRule
from lms.api import CourseOffer, Offers, offers_for
from people.api import Whereabouts, whereabouts_of


def pace_on(day: date) -> Pace:
    """What the network reckons with on a day. One query."""
    rule = PaceRule.objects.filter(valid_from__lte=day).order_by("-valid_from").first() or PaceRule()
    return Pace(
        study_minutes_a_week=rule.study_minutes_a_week,
        meeting_weeks=rule.meeting_weeks,
        meeting_hours=Decimal(rule.meeting_minutes) / 60,
        horizon_months=rule.horizon_months,
    )


def path_for(
    person_id: int,
    level: str,
    on: date,
    *,
    preference: str = PathPreference.SOONEST,
    dossiers: tuple[Dossier, ...] | None = None,
) -> tuple[Checklist, Path]:
    """Where a person stands, and their best path. A fixed number of queries; none for offers when nothing is missing.

    Raises CriteriaError when no criteria hold on that day.
    """
    checklist = checklist_for(person_id, level, on, dossiers=dossiers)
    return checklist, path_of(checklist, preference=preference)


def path_of(checklist: Checklist, *, preference: str = PathPreference.SOONEST) -> Path:
    """The best path from a checklist."""
    found = checklist.evaluation
    chosen = PathPreference(preference)
    if not any(c.needed and c.state == CriterionState.MISSING for c in found.criteria):
        return Path(preference=chosen.value, ready_on=found.on)
    person_id, on = checklist.person_id, found.on
    market = market_of(
        offers_for(person_id, on=on), whereabouts_of(person_id), pace_on(on), on=on, preference=chosen
    )
    return plan_path(parse_rules(checklist.version.rules), found, checklist.portfolio.pieces, market)


def market_of(
    offers: Offers, place: Whereabouts, pace: Pace, *, on: date, preference: PathPreference
) -> Market:
    """What is on offer as the planner sees it."""
    return Market(
        on=on,
        preference=preference,
        pace=pace,
        courses=tuple(_course(course, place, pace, on) for course in offers.courses),
        groups=tuple(
            PathGroup(
                group_id=group.group_id,
                name=group.name,
                meetings=tuple(PlannedMeeting(m.held_on, m.hours, m.kind) for m in group.coming),
                distance=_distance(group.region_id, place),
                place=group.region_name,
                places_left=group.places_left,
                is_mine=group.is_mine,
                is_asked=group.is_asked,
            )
            for group in offers.groups
        ),
        completed=offers.completed,
    )


def _course(course: CourseOffer, place: Whereabouts, pace: Pace, on: date) -> PathCourse:
    weeks = -(-course.minutes // pace.study_minutes_a_week) if course.minutes else 1
    alone = on + timedelta(weeks=max(weeks, 1))
    bookings = [
        Booking(
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            price=cohort.price,
            distance=_distance(cohort.region_id, place),
            place=cohort.region_name,
            cohort_id=cohort.cohort_id,
            name=cohort.name,
            places_left=cohort.places_left,
        )
        for cohort in course.cohorts
    ]
    if course.is_open:
        bookings.append(Booking(starts_on=on, ends_on=alone, price=course.price))
    taken = None
    if course.is_taken:
        taken = max(course.taken_until or alone, on)
    return PathCourse(
        slug=course.slug,
        title=course.title,
        url=course.url,
        level=str(course.level),
        hours=course.hours,
        bookings=tuple(bookings),
        after=course.after,
        taken_until=taken,
    )


def _distance(region_id: int | None, place: Whereabouts) -> int:
    """How far a region is from a person's own, as far as we know it."""
    if region_id is None or place.region_id is None:
        return FAR
    if region_id == place.region_id:
        return HERE
    own = place.provinces.get(place.region_id)
    return NEAR if own is not None and own == place.provinces.get(region_id) else FAR
