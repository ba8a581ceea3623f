"""The path: enough, bookable, in an order that can be followed, and the best by what was chosen."""

import copy
import time
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.domain.course_path import course_gain, course_needs, plan_courses
from accreditation.domain.criteria_rules import evaluate, parse_rules
from accreditation.domain.criterion_kinds import TrainingRule
from accreditation.domain.path_facts import (
    Booking,
    Market,
    Pace,
    PathCourse,
    PathGroup,
    PlannedMeeting,
)
from accreditation.domain.path_rules import plan_path
from accreditation.domain.training_rule import Minimum
from accreditation.enums import PathPreference
from tests.accreditation.test_criteria_rules import (
    ON,
    RULES,
    STORED,
    course,
    diploma,
    experience,
    meetings,
    membership,
    policy,
)

PACE = Pace(study_minutes_a_week=120, meeting_weeks=8, meeting_hours=Decimal(2), horizon_months=18)


def day(offset):
    return ON + timedelta(days=offset)


def cohort(number, start, end, *, price=0, distance=0):
    return Booking(
        day(start), day(end), Decimal(price), distance, f"regio {distance}", number, f"reeks {number}", 5
    )


def online(days=14, price=0):
    return Booking(ON, day(days), Decimal(price))


def offer(slug, *bookings, hours="12", level="basic", after=(), taken_until=None):
    return PathCourse(
        slug, slug.title(), f"/cursussen/{slug}/", level, Decimal(hours), bookings, after, taken_until
    )


def market(*courses, preference="soonest", groups=(), completed=()):
    return Market(ON, PathPreference(preference), PACE, courses, groups, frozenset(completed))


def path(level, pieces, found, **options):
    rules = RULES[level] if isinstance(level, str) else level
    return plan_path(rules, evaluate(rules, pieces, ON, **options), pieces, found)


def refs(result):
    return [step.ref or (step.action and step.action.argument) or step.kind for step in result.steps]


REST = [diploma(), policy(), membership(), *meetings()]


@pytest.mark.parametrize(
    ("preference", "chosen", "ready", "price"),
    [
        ("soonest", ["cohort:1:a"], 5, 90),
        ("cheapest", ["course:b"], 40, 0),
        ("nearest", ["course:b"], 40, 0),
    ],
)
def test_soonest_nearest_and_cheapest_differ(preference, chosen, ready, price):
    offers = (offer("a", cohort(1, 3, 5, price=90, distance=2)), offer("b", online(40)))
    result = path("basic", REST, market(*offers, preference=preference))
    assert (refs(result), result.ready_on, result.price) == (chosen, day(ready), Decimal(price))
    assert {step.ref for step in result.ways["continued_training"]} == {"cohort:1:a", "course:b", ""}


def test_a_prerequisite_comes_first_and_is_over_before_what_follows():
    offers = (
        offer("start", online(20), cohort(9, 2, 4, price=200), hours="2", level="orientation"),
        offer("diep", cohort(1, 10, 12, price=0), cohort(2, 30, 32, price=10), after=("start",)),
    )
    soonest = path("basic", REST, market(*offers))
    assert refs(soonest) == ["cohort:9:start", "cohort:1:diep"]
    cheapest = path("basic", REST, market(*offers, preference="cheapest"))
    assert refs(cheapest) == ["course:start", "cohort:2:diep"]
    done = path("basic", REST, market(*offers, completed=("start",)))
    assert refs(done) == ["cohort:1:diep"]


def test_circular_prerequisites_are_no_way_and_say_so():
    offers = (offer("a", online(), after=("b",)), offer("b", online(), after=("a",)))
    result = path("basic", REST, market(*offers))
    assert (result.steps, result.ready_on) == ((), None)
    assert result.gaps[0].reason == "Wat er nu te volgen is, volstaat niet. Er komen nieuwe groepen bij."


def test_a_rule_whose_course_was_archived_has_no_way_and_names_it():
    stored = copy.deepcopy(STORED["basic"])
    named = {"kind": "completed_courses", "courses": [{"slug": "oud", "title": "De oude cursus"}]}
    stored["criteria"][1]["rule"] = named
    result = path(parse_rules(stored), REST, market(offer("nieuw", online())))
    assert result.gaps[0].reason == "Deze cursus is nu niet te volgen: De oude cursus."
    stored["criteria"][1]["rule"] = {
        "kind": "any_of",
        "rules": [named, STORED["basic"]["criteria"][1]["rule"]],
    }
    eased = path(parse_rules(stored), REST, market(offer("nieuw", online())))
    assert (refs(eased), eased.gaps) == (["course:nieuw"], ())


def test_what_one_follows_already_comes_before_anything_new():
    offers = (offer("bezig", taken_until=day(60)), offer("nieuw", online(7)))
    cheapest = path("basic", REST, market(*offers, preference="cheapest"))
    assert [(s.kind, s.title, s.done_on) for s in cheapest.steps] == [("carry_on", "Bezig", day(60))]


def test_specialised_combines_what_is_there_with_what_is_missing():
    pieces = [diploma(), policy(), membership(), *meetings(6), *meetings(2, form="supervision"), course()]
    offers = (
        offer("drie-dagen", cohort(3, 20, 34, distance=1), hours="18", level="specialised"),
        offer("los", online(), hours="6", level="specialised"),
    )
    result = path("specialised", pieces, market(*offers))
    assert refs(result) == ["cohort:3:drie-dagen"]
    assert result.ready_on == day(34)


def test_own_group_first_then_one_with_places():
    mine = PathGroup(
        1,
        "Mijn groep",
        tuple(PlannedMeeting(day(20 * n), Decimal(2), "intervision") for n in (1, 2, 3, 4)),
        is_mine=True,
    )
    other = PathGroup(
        2, "Andere", (PlannedMeeting(day(3), Decimal(2), "intervision"),), distance=1, places_left=2
    )
    pieces = [diploma(), policy(), membership(), course()]
    with_mine = path("basic", pieces, market(groups=(mine, other)))
    assert [(s.kind, s.title, s.done_on) for s in with_mine.steps] == [("carry_on", "Mijn groep", day(80))]
    without = path("basic", pieces, market(groups=(other,)))
    assert [(s.ref, s.starts_on, s.done_on) for s in without.steps] == [("group:2", day(3), day(3 + 3 * 56))]
    assert "gewone tempo" in without.steps[0].note


def test_nobody_supervises_so_there_is_no_way_but_a_statement():
    pieces = [
        diploma(),
        policy(),
        membership(),
        course(),
        course("course:2", hours="18", level="specialised"),
    ]
    group = PathGroup(2, "Andere", (PlannedMeeting(day(3), Decimal(2), "intervision"),), places_left=2)
    result = path("specialised", pieces, market(groups=(group,)))
    assert [gap.criterion_id for gap in result.gaps] == ["permanent_education"]
    assert [way.ref or way.action.argument for way in result.ways["permanent_education"]] == [
        "group:2",
        "statement",
    ]


def test_uploads_and_what_the_office_asked():
    waiting = policy(status="needs_more", note="Blad 2.")
    result = path("basic", [course(), *meetings(), waiting], market())
    assert [(s.criterion_id, s.action.argument) for s in result.steps] == [
        ("base_degree", "diploma"),
        ("liability_insurance", "4"),
        ("professional_association", "membership"),
    ]
    assert result.ready_on == ON


def test_experience_route_asks_statements():
    result = path("basic", [course(), *meetings(), policy()], market(), route="experience")
    assert [(s.criterion_id, s.action.argument) for s in result.steps] == [
        ("clinical_experience", "experience")
    ]


def test_experience_that_waits_for_another_criterion_asks_no_more_statements():
    result = path("basic", [course(), *meetings(), experience()], market(), route="experience")
    assert [(s.criterion_id, s.action.argument) for s in result.steps] == [
        ("liability_insurance", "insurance")
    ]


def test_nothing_missing_needs_no_steps():
    result = path("basic", [*REST, course()], market())
    assert (result.steps, result.gaps, result.ready_on) == ((), (), ON)


SLUGS = [f"c{n}" for n in range(6)]


@st.composite
def markets(draw):
    courses = []
    for slug in SLUGS[: draw(st.integers(0, 6))]:
        bookings = []
        if draw(st.booleans()):
            bookings.append(online(draw(st.integers(1, 60)), draw(st.integers(0, 3)) * 50))
        for number in range(draw(st.integers(0, 2))):
            start = draw(st.integers(1, 90))
            bookings.append(
                cohort(
                    number,
                    start,
                    start + draw(st.integers(0, 20)),
                    price=draw(st.integers(0, 3)) * 50,
                    distance=draw(st.integers(0, 2)),
                )
            )
        courses.append(
            offer(
                slug,
                *bookings,
                hours=draw(st.sampled_from(["0", "2.5", "6", "12", "18"])),
                level=draw(st.sampled_from(["orientation", "basic", "specialised"])),
                after=tuple(sorted(draw(st.sets(st.sampled_from(SLUGS), max_size=2)))),
            )
        )
    done = draw(st.sets(st.sampled_from(SLUGS), max_size=2))
    courses = [c for c in courses if c.slug not in done]
    return market(
        *courses, preference=draw(st.sampled_from([p.value for p in PathPreference])), completed=done
    )


@settings(max_examples=120, deadline=None)
@given(markets(), st.integers(1, 30), st.integers(0, 2))
def test_a_plan_is_always_enough_bookable_and_in_order(found, hours, pieces_wanted):
    rule = TrainingRule(
        (
            Minimum(Decimal(hours), 0, ("orientation", "basic", "specialised")),
            Minimum(Decimal(0), pieces_wanted, ("basic",)),
        )
    )
    plan = plan_courses([rule], (), found)
    if plan is None:
        return
    gains = [course_gain(rule, one) for one, _booking in plan.courses]
    need = course_needs(rule, (), ON)
    assert all(sum(gain[d] for gain in gains) >= n for d, n in enumerate(need))
    over = dict.fromkeys(found.completed, ON)
    for one, booking in plan.courses:
        assert all(over[slug] <= booking.starts_on for slug in one.after)
        if booking.cohort_id is not None:
            assert booking in one.bookings
        over[one.slug] = booking.ends_on
    soonest = plan_courses(
        [rule], (), Market(found.on, PathPreference.SOONEST, PACE, found.courses, (), found.completed)
    )
    assert soonest is not None and soonest.done_on <= plan.done_on


@pytest.mark.timed
def test_five_hundred_offers_take_less_than_300_ms():
    levels = ["orientation", "basic", "specialised"]
    courses = tuple(
        offer(
            f"c{n}",
            *(
                cohort(
                    10 * n + k,
                    3 + (7 * n + 11 * k) % 200,
                    5 + (7 * n + 11 * k) % 200,
                    price=(n * 37) % 400,
                    distance=n % 3,
                )
                for k in range(4)
            ),
            hours=str(2 + (n % 9) * 1.5),
            level=levels[n % 3],
            after=(f"c{n - 5}",) if n % 10 == 7 else (),
        )
        for n in range(125)
    )
    groups = tuple(
        PathGroup(
            n,
            f"g{n}",
            tuple(PlannedMeeting(day(10 + n + 30 * k), Decimal(2), "intervision") for k in range(3)),
            distance=n % 3,
            places_left=2,
        )
        for n in range(40)
    )
    for preference in PathPreference:
        started = time.process_time()
        result = path("specialised", [], market(*courses, groups=groups, preference=preference))
        assert time.process_time() - started < 0.3
        assert result.steps
