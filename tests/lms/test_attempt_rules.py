"""Attempts, waiting, time and draws: pure rules."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.domain.check_facts import PublicCheck, PublicQuestion
from lms.domain.attempt_rules import GRACE, Stage, arrange, draw, standing

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Try:
    submitted_at: datetime | None
    passed: bool = False
    deadline: datetime | None = None


def question(name, pool="", kind="single"):
    return PublicQuestion(name, kind, "Wat?", (("a", "A"), ("b", "B"), ("c", "C")), pool=pool)


CHECK = PublicCheck("toets", "Toets", "", 80, (question("v1"),))


def failed(*minutes_ago):
    return [Try(NOW - timedelta(minutes=minutes)) for minutes in minutes_ago]


def test_first_attempt_is_ready():
    assert standing(CHECK, [], NOW).stage == Stage.READY


def test_waiting_time_runs_from_the_last_attempt():
    check = replace(CHECK, wait_minutes=30)
    assert standing(check, failed(29), NOW).wait_until == NOW + timedelta(minutes=1)
    assert standing(check, failed(30), NOW).stage == Stage.READY


def test_series_ends_in_a_wait_of_a_day_and_a_new_series():
    check = replace(CHECK, attempts=2, wait_minutes=5)
    assert standing(check, failed(10), NOW).tries_left == 1
    waiting = standing(check, failed(20, 10), NOW)
    assert (waiting.stage, waiting.wait_until) == (Stage.WAITING, NOW + timedelta(minutes=24 * 60 - 10))
    again = standing(check, failed(3000, 1440), NOW)
    assert (again.stage, again.tries_left) == (Stage.READY, 2)


def test_passing_ends_it_all():
    check = replace(CHECK, attempts=1, wait_minutes=60)
    assert standing(check, [*failed(1), Try(NOW, passed=True)], NOW).stage == Stage.PASSED


def test_time_is_up_after_the_grace():
    for late, stage in ((GRACE, Stage.OPEN), (GRACE + timedelta(seconds=1), Stage.TIME_UP)):
        assert standing(CHECK, [Try(None, deadline=NOW - late)], NOW).stage == stage


@given(st.integers(1, 6), st.integers(1, 6), st.text(max_size=5), st.sets(st.integers(0, 5)))
def test_draw_takes_what_a_pool_must_give(size, wanted, seed, seen_numbers):
    questions = (question("vast"), *(question(f"p{number}", "reeks") for number in range(size)))
    check = replace(CHECK, questions=questions, pools=(("reeks", wanted),))
    seen = {f"p{number}" for number in seen_numbers}
    drawn = draw(check, seed=seed, seen=seen)
    assert drawn == draw(check, seed=seed, seen=seen)
    assert drawn[0] == "vast"
    assert len(set(drawn)) == len(drawn) == 1 + min(size, wanted)
    unseen = {f"p{number}" for number in range(size)} - seen
    assert len(unseen & set(drawn)) == min(len(unseen), wanted)


def test_draws_differ_between_seeds():
    check = replace(CHECK, questions=tuple(question(f"p{n}", "r") for n in range(12)), pools=(("r", 4),))
    assert len({draw(check, seed=str(seed)) for seed in range(30)}) > 20


@given(st.text(max_size=5))
def test_shuffling_keeps_every_option(seed):
    check = replace(CHECK, shuffle=True, questions=(question("v1"), question("v2", kind="order")))
    for shown in arrange(check, drawn=(), seed=seed):
        assert sorted(shown.options) == [("a", "A"), ("b", "B"), ("c", "C")]
    plain = arrange(replace(check, shuffle=False), drawn=("v1",), seed=seed)
    assert [one.options for one in plain] == [question("v1").options]
