"""The planner: best plans of small questions, reasons when there is none, and no rule ever broken."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.domain.planning.cases import case
from lms.domain.planning.checking import broken_rules
from lms.domain.planning.composing import compose
from lms.domain.planning.greedy import greedy_plan
from lms.domain.planning.plan import Plan, plan_from_json, plan_to_json, trainer_half_days
from lms.domain.planning.searching import OutOfTime
from lms.domain.planning.solving import solve
from tests.lms.planning.questions import CHAIN, SMALL, day, question


def solved(problem, **options):
    outcome = solve(problem, seconds=options.pop("seconds", 8), **options)
    assert outcome.obstacles == ()
    assert broken_rules(problem, outcome.plan) == ()
    return outcome.plan


def codes(problem, seconds=4):
    outcome = solve(problem, seconds=seconds)
    return {obstacle.code for obstacle in outcome.obstacles}


def test_known_optimum_is_found_and_proven():
    # A team of four may miss two in one group, so two of each travel three steps: whatever the rooms, 12 in all.
    plan = solved(question())
    assert (plan.cost, plan.bound, plan.is_proven) == (12, 12, True)
    assert [len(group.people) for group in plan.groups] == [4, 4]


def test_nobody_travels_when_nobody_has_to():
    plan = solved(question(rules={"max_share_away": 1, "mix_teams": False}))
    assert (plan.cost, plan.is_proven) == (0, True)
    assert [(group.room, group.trainers) for group in plan.groups] == [("z1", ("t1",)), ("z2", ("t2",))]


def test_parts_come_in_order_and_meetings_near_their_day():
    problem = question(CHAIN)
    plan = solved(problem)
    last = {}
    for group in plan.groups:
        for person in group.people:
            last.setdefault(person, {})[group.part] = group.start
    assert all(dates["half"] < dates["two"] for dates in last.values() if "two" in dates)
    assert [
        (meeting.team, meeting.months) for meeting in sorted(plan.meetings, key=lambda m: (m.team, m.months))
    ] == [
        ("a", 3),
        ("a", 6),
        ("b", 3),
        ("b", 6),
    ]
    assert all(abs((meeting.day - meeting.due).days) <= 14 for meeting in plan.meetings)


def test_what_is_pinned_stays():
    pins = [
        {
            "part": "half",
            "group": 2,
            "start": "2027-01-13",
            "half": "pm",
            "room": "z1",
            "trainers": ["t2"],
            "people": ["b/1"],
        }
    ]
    plan = solved(question(pins=pins))
    group = plan.group("half-02")
    assert (group.start, group.half, group.room, group.trainers) == (day("2027-01-13"), 1, "z1", ("t2",))
    assert "b/1" in group.people


def test_ill_trainer_changes_as_little_as_possible():
    problem = question(CHAIN, trainers=[*SMALL["trainers"], {"id": "t3", "region": "Limburg"}])
    plan = solved(problem)
    ill = next(group for group in plan.groups if group.part == "two")
    away = frozenset(problem.days)
    sick = replace(
        problem,
        trainers=tuple(
            replace(one, unavailable=away) if one.id in ill.trainers else one for one in problem.trainers
        ),
    )
    again = solve(sick, seconds=8, previous=plan).plan
    assert broken_rules(sick, again) == ()
    before = {group.key: group for group in plan.groups}
    for group in again.groups:
        assert (group.start, group.half, group.room, group.people) == (
            before[group.key].start,
            before[group.key].half,
            before[group.key].room,
            before[group.key].people,
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"trainers": []}, "too_few_trainers"),
        (
            {
                "trainers": [
                    {"id": "t1", "region": "K", "unavailable": [{"from": "2027-01-01", "to": "2027-02-01"}]}
                ]
            },
            "trainers_never_there",
        ),
        ({"trainers": [{"id": "t1", "region": "K", "max_days": 0.5}]}, "trainer_days"),
        ({"rooms": []}, "no_rooms"),
        ({"rooms": [{"id": "z", "region": "Kempen", "capacity": 3}]}, "rooms_too_small"),
        ({"holidays": [{"from": "2027-01-01", "to": "2027-02-01"}]}, "no_days"),
        (
            {"parts": [{"id": "half", "days": 3, "spacing_days": 7, "max_group": 4, "trainers": 1}]},
            "part_too_long",
        ),
        ({"rules": {"max_share_away": 0.25}}, "team_too_large"),
        (
            {"parts": [{"id": "half", "days": 0.5, "max_group": 4, "groups": 1, "trainers": 1}]},
            "too_few_groups",
        ),
        (
            {
                "parts": [
                    {"id": "half", "days": 0.5, "max_group": 4, "min_group": 4, "groups": 3, "trainers": 1}
                ]
            },
            "too_many_groups",
        ),
        ({"intervision": {"months_after": [3]}}, "no_experts"),
        ({"pins": [{"part": "half", "group": 1, "start": "2027-01-16"}]}, "pins"),
        ({"pins": [{"part": "half", "group": 9}]}, "pins"),
        (
            {
                "pins": [
                    {"part": "half", "group": 1, "start": "2027-01-11", "half": "am", "trainers": ["t1"]},
                    {"part": "half", "group": 2, "start": "2027-01-11", "half": "am", "trainers": ["t1"]},
                ]
            },
            "pins",
        ),
        (
            {
                "pins": [
                    {"part": "half", "group": 1, "people": ["a/1"]},
                    {"part": "half", "group": 2, "people": ["a/1"]},
                ]
            },
            "pins",
        ),
    ],
)
def test_plain_reasons_are_named_before_any_search(changes, code):
    assert code in codes(question(**changes))


def test_rules_that_clash_are_named_with_what_would_help():
    # One day for two half days: each team would miss all its people on it.
    problem = question(
        window={"start": "2027-01-11", "end": "2027-01-11"},
        trainers=[{"id": "t1", "region": "Kempen"}],
        rooms=[{"id": "z1", "region": "Kempen", "capacity": 10}],
    )
    outcome = solve(problem, seconds=4)
    assert outcome.plan is None
    assert [obstacle.code for obstacle in outcome.obstacles] == ["team_share"]
    assert outcome.obstacles[0].help == "Laat teams meer mensen tegelijk missen, of verleng de periode."


def test_pool_that_is_too_small_is_told_beside_the_groups():
    outcome = solve(question(CHAIN, experts=[{"id": "e1", "region": "Kempen", "max_meetings": 1}]), seconds=6)
    assert [obstacle.code for obstacle in outcome.obstacles] == ["experts"]
    assert outcome.plan is not None
    assert len(outcome.plan.groups) == 3


def test_plan_comes_back_from_the_database_as_it_was():
    plan = solved(question(CHAIN))
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


def test_judge_sees_what_a_hand_can_do_wrong():
    problem = question(CHAIN)
    plan = solved(problem)
    half = next(group for group in plan.groups if group.part == "half")
    two = next(group for group in plan.groups if group.part == "two")
    spoiled = {
        "closed_day": replace(half, start=date(2027, 1, 16)),
        "order": replace(two, start=date(2027, 1, 11)),
        "trainer_count": replace(half, trainers=()),
        "seat_missing": replace(half, people=half.people[1:]),
    }
    for code, group in spoiled.items():
        assert code in {rule.code for rule in broken_rules(problem, plan.with_group(group))}, code
    both = replace(half, start=two.start, half=0, room=two.room, trainers=two.trainers)
    found = {rule.code for rule in broken_rules(problem, plan.with_group(both))}
    assert {"room_twice", "trainer_twice"} <= found
    assert "meeting_missing" in {rule.code for rule in broken_rules(problem, replace(plan, meetings=()))}


teams = st.lists(
    st.tuples(st.sampled_from(["Kempen", "Rivierenland", "Limburg"]), st.integers(2, 7), st.integers(0, 2)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    teams=teams, share=st.sampled_from([0.34, 0.5, 1.0]), size=st.integers(3, 8), trainers=st.integers(1, 3)
)
def test_no_plan_ever_breaks_a_rule(teams, share, size, trainers):
    problem = question(
        CHAIN,
        rules={"max_share_away": share},
        parts=[
            {"id": "half", "days": 0.5, "max_group": size, "trainers": 1},
            {"id": "two", "days": 2, "spacing_days": 7, "max_group": size, "trainers": 1, "after": ["half"]},
        ],
        teams=[
            {
                "id": f"t{n}",
                "region": region,
                "members": members,
                "needs": {"half": "all", "two": min(two, members)},
            }
            for n, (region, members, two) in enumerate(teams)
        ],
        trainers=[{"id": f"tr{n}", "region": "Kempen"} for n in range(trainers)],
    )
    outcome = solve(problem, seconds=1.5, stop=lambda: True)
    if outcome.plan is None:
        assert outcome.obstacles
    else:
        meetings = {rule for rule in broken_rules(problem, outcome.plan) if rule.code == "meeting_missing"}
        assert set(broken_rules(problem, outcome.plan)) == meetings
        assert bool(meetings) == bool(outcome.obstacles)
        assert outcome.plan.cost >= outcome.plan.bound


def test_case_of_the_policy_report_comes_out():
    problem = case("crisis_teams")
    seen = []
    outcome = solve(
        problem, seconds=60, report=lambda one: seen.append(one.step), stop=lambda: "times" in seen
    )
    assert outcome.obstacles == ()
    assert broken_rules(problem, outcome.plan) == ()
    assert trainer_half_days(problem, outcome.plan) / 2 == 62
    sizes = [len(group.people) for group in outcome.plan.groups]
    assert (len(sizes), max(sizes), sum(sizes)) == (27, 20, 534)
    assert len(outcome.plan.meetings) == 64
    simple = greedy_plan(problem)
    assert {rule.code for rule in broken_rules(problem, simple)} == {"meeting_missing"}
    assert outcome.plan.cost < simple.cost


def large(people: int) -> dict:
    """Teams of twenty over five regions, half a day for everybody."""
    regions = ["Kempen", "Limburg", "Regio Gent", "Waasland", "Regio Brugge"]
    return {
        "window": {"start": "2027-01-11", "end": "2027-12-17"},
        "rules": {"max_share_away": 0.34},
        "parts": [{"id": "half", "days": 0.5, "max_group": 20, "trainers": 2}],
        "teams": [
            {"id": f"t{n}", "region": regions[n % 5], "members": 20, "needs": {"half": "all"}}
            for n in range(people // 20)
        ],
        "trainers": [{"id": f"tr{n}", "region": regions[n % 5]} for n in range(20)],
        "rooms": [{"id": f"z{n}", "region": regions[n % 5], "capacity": 24} for n in range(10)],
    }


@pytest.mark.timed
def test_five_thousand_people_get_a_plan_even_in_little_time():
    problem = question(large(5_000))
    outcome = solve(problem, seconds=3)
    assert outcome.obstacles == ()
    assert broken_rules(problem, outcome.plan) == ()
    assert sum(len(group.people) for group in outcome.plan.groups) == 5_000


def test_search_without_time_proves_nothing():
    with pytest.raises(OutOfTime):
        compose(question(), seconds=0.0)


def test_empty_plan_has_no_gap():
    assert Plan(groups=()).gap == 0.0
