"""The pure rules of the duty of teams and of the pool."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.domain.duty_rules import (
    DUE,
    MET,
    NEW,
    OVERDUE,
    RESTING,
    Owed,
    Stay,
    clock_of,
    due_days,
    expected_on,
    has_quorum,
    is_untrained,
    member_state,
    team_state,
)
from lms.domain.pool_rules import PoolExpert, is_free, propose

START = date(2026, 1, 12)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.integers(0, 200).map(lambda number: START + timedelta(days=number))


def day(number: int) -> date:
    return START + timedelta(days=number)


TEAM = (Stay(1, day(-400)), Stay(2, day(-400)), Stay(3, day(-400)))


def owed(**fields) -> Owed:
    facts = {"due_on": day(90), "tolerance_days": 21, "quorum_percent": 60, "newcomer_days": 14}
    return Owed(**facts | fields)


def test_the_clock_waits_for_founders_and_starts_with_the_last_of_them():
    trained = {1: {day(0)}, 2: {day(14)}}
    assert clock_of(TEAM, {}, {}, day(20)) is None
    assert clock_of(TEAM, trained, {3: {day(30)}}, day(20)) is None
    assert clock_of(TEAM, trained, {}, day(20)) == day(14)
    later = (*TEAM, Stay(4, day(20)))
    assert clock_of(later, trained | {4: {day(60)}}, {}, day(70)) == day(14)
    assert clock_of(later, trained, {4: {day(90)}}, day(70)) == day(14)
    gone = (*TEAM[:2], Stay(3, day(-400), day(10)))
    assert clock_of(gone, trained, {3: {day(30)}}, day(20)) == day(14)


def test_due_days_end_with_the_month():
    assert due_days(date(2026, 11, 30), (3, 6)) == {3: date(2027, 2, 28), 6: date(2027, 5, 30)}


def test_met_due_overdue_and_resting():
    assert team_state(owed(), TEAM, day(111)) == DUE
    assert team_state(owed(), TEAM, day(112)) == OVERDUE
    held = owed(held_on=day(85), present=frozenset({1, 2}))
    assert team_state(held, TEAM, day(84)) == DUE
    assert team_state(held, TEAM, day(85)) == MET
    assert team_state(owed(held_on=day(85), present=frozenset({1})), TEAM, day(120)) == OVERDUE
    assert team_state(owed(), TEAM, day(150), untrained=True) == RESTING
    assert team_state(held, TEAM, day(150), untrained=True) == MET


def test_a_newcomer_on_the_day_of_the_meeting_is_welcome_and_not_counted():
    fresh = Stay(4, day(85))
    assert expected_on((*TEAM, fresh), day(85), 14) == {1, 2, 3}
    held = owed(held_on=day(85), present=frozenset({1, 2, 4}))
    assert team_state(held, (*TEAM, fresh), day(85)) == MET
    assert member_state(held, fresh, MET, day(90)) == MET
    absent = owed(held_on=day(85), present=frozenset({1, 2}))
    assert member_state(absent, fresh, MET, day(90)) == NEW
    assert member_state(absent, Stay(3, day(-400)), MET, day(90)) == OVERDUE
    assert member_state(absent, Stay(1, day(-400)), MET, day(90)) == MET
    assert expected_on((fresh,), day(85), 14) == {4}


def test_a_leaver_is_not_counted_and_may_leave_nobody_trained():
    left = (Stay(1, day(-400), day(50)), Stay(2, day(-400)))
    assert expected_on(left, day(85), 14) == {2}
    assert is_untrained(left, {1: {day(0)}}, day(60))
    assert not is_untrained(left, {1: {day(0)}}, day(50))


@calm
@given(st.sets(st.integers(1, 8)), st.sets(st.integers(1, 8)), st.integers(1, 100))
def test_quorum_grows_with_who_is_there(present, expected, percent):
    reached = has_quorum(present, expected, percent)
    assert reached == (bool(expected) and 100 * len(present & expected) >= percent * len(expected))
    if reached:
        assert has_quorum(present | {99}, expected, percent)
    assert has_quorum(expected, expected, percent) is bool(expected)


@calm
@given(st.lists(st.tuples(st.integers(1, 4), DAYS), min_size=1, max_size=12), DAYS)
def test_the_clock_is_a_day_of_training_of_a_founder(rows, today):
    attended: dict[int, set[date]] = {}
    for person, trained in rows:
        attended.setdefault(person, set()).add(trained)
    found = clock_of(TEAM, attended, {}, today)
    founders = {1, 2, 3}
    days = {trained for person, trained in rows if person in founders}
    assert found == (max(days) if days else None)


def expert(person: int, **fields) -> PoolExpert:
    return PoolExpert(person, ((day(0), day(400)),), **fields)


def test_an_expert_is_free_within_licence_region_half_days_and_load():
    monday = day(0)
    assert is_free(expert(1), monday, 0, None)
    assert not is_free(expert(1), day(-1), 0, None)
    assert not is_free(expert(1, away=((monday, monday),)), monday, 0, None)
    assert not is_free(expert(1, taken=frozenset({(monday, 0)})), monday, 0, None)
    assert is_free(expert(1, taken=frozenset({(monday, 0)})), monday, 1, None)
    assert not is_free(expert(1, half_days=frozenset({"2-0"})), monday, 0, None)
    assert not is_free(expert(1, regions=frozenset({5})), monday, 0, 6)
    assert is_free(expert(1, regions=frozenset({5})), monday, 0, 5)
    busy = frozenset({(day(1), 0), (day(2), 0)})
    assert not is_free(expert(1, taken=busy, most_per_month=2), monday, 0, None)


@calm
@given(
    around=DAYS,
    earliest=DAYS,
    number=st.integers(1, 4),
    taken=st.frozensets(st.tuples(DAYS, st.integers(0, 1)), max_size=8),
)
def test_proposals_are_open_working_days_of_free_experts(around, earliest, number, taken):
    pool = (expert(1, taken=taken), expert(2, most_per_month=1))
    found = propose(pool, around=around, reach_days=21, earliest=earliest, region=None, number=number)
    assert len(found) <= number and len({one for one, _half, _who in found}) == len(found)
    known = {one.person: one for one in pool}
    for proposed, half, person in found:
        assert proposed >= earliest and proposed.isoweekday() <= 5
        assert is_free(known[person], proposed, half, None)


def test_the_least_loaded_expert_comes_first():
    pool = (expert(1, taken=frozenset({(day(3), 0)})), expert(2))
    found = propose(pool, around=day(10), reach_days=7, earliest=day(1), region=None, number=2)
    assert {person for _day, _half, person in found} == {2}
