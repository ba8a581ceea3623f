"""The completion rule as a pure function: examples, and properties over all kinds of work."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.completion_rules import Need, Work, judge


@dataclass(frozen=True)
class Rule:
    lessons: bool = True
    checks: bool = True
    attendance_share: int = 0
    reflections: int = 0
    activities: bool = False


@dataclass(frozen=True)
class Lesson:
    slug: str
    minutes: int = 8
    check_ids: tuple[str, ...] = ()
    reflection_ids: tuple[str, ...] = ()
    activity_ids: tuple[str, ...] = ()


LESSONS = (
    Lesson("een", 8),
    Lesson("twee", 6, reflection_ids=("spiegel",)),
    Lesson("drie", 10, check_ids=("toets",)),
)
ALL = Work(
    marked=frozenset({"een", "twee", "drie"}),
    passed_checks=frozenset({"toets"}),
    reflections=frozenset({"spiegel"}),
    attendance_share=100,
)


def needs(verdict):
    return {item.need for item in verdict.missing}


def test_everything_done_is_met():
    verdict = judge(Rule(True, True, 100, 1), LESSONS, ALL)
    assert (verdict.met, verdict.percent, verdict.minutes_left, verdict.missing) == (True, 100, 0, ())


def test_nothing_done_says_what_is_missing():
    lessons = (*LESSONS[:2], replace(LESSONS[2], activity_ids=("oefening",)))
    verdict = judge(Rule(True, True, 80, 1, True), lessons, Work())
    assert needs(verdict) == set(Need)
    assert (verdict.met, verdict.percent, verdict.minutes_left) == (False, 0, 24)


def test_lesson_waits_for_its_check():
    verdict = judge(Rule(), LESSONS, replace(ALL, passed_checks=frozenset()))
    assert verdict.done == {"een", "twee"}
    assert [(item.need, item.ids, item.have, item.required) for item in verdict.missing] == [
        (Need.CHECK, ("toets",), 0, 1)
    ]


def test_passed_check_does_not_mark_its_lesson():
    verdict = judge(Rule(), LESSONS, replace(ALL, marked=frozenset({"een", "twee"})))
    assert (verdict.met, verdict.done) == (False, {"een", "twee"})


@pytest.mark.parametrize(("have", "met"), [(0, False), (79, False), (80, True), (100, True)])
def test_attendance_is_weighed_from_the_share_on(have, met):
    assert judge(Rule(attendance_share=80), LESSONS, replace(ALL, attendance_share=have)).met is met


def test_reflection_of_another_course_does_not_count():
    work = replace(ALL, reflections=frozenset({"elders"}))
    assert judge(Rule(reflections=1), LESSONS, work).met is False


def test_course_in_person_is_met_by_attendance_alone():
    assert judge(Rule(attendance_share=100), (), Work(attendance_share=100)).met is True


def test_course_that_asks_nothing_is_never_met_by_doing_nothing():
    verdict = judge(Rule(), (), Work())
    assert (verdict.met, verdict.percent) == (False, 0)


def test_unasked_parts_do_not_hold_up():
    assert (
        judge(Rule(lessons=False, checks=True), LESSONS, Work(passed_checks=frozenset({"toets"}))).met is True
    )


names = st.sampled_from(["een", "twee", "drie", "toets", "spiegel", "vreemd"])
works = st.builds(
    Work,
    marked=st.frozensets(names),
    passed_checks=st.frozensets(names),
    reflections=st.frozensets(names),
    attendance_share=st.integers(0, 100),
)
rules = st.builds(Rule, st.booleans(), st.booleans(), st.integers(0, 100), st.integers(0, 1))


@given(rules, works)
def test_met_means_nothing_missing_and_a_hundred_percent(rule, work):
    verdict = judge(rule, LESSONS, work)
    assert verdict.met == (not verdict.missing)
    assert (verdict.percent == 100) == verdict.met
    assert 0 <= verdict.percent <= 100
    assert 0 <= verdict.minutes_left <= 24


@given(rules, works, works)
def test_more_work_never_takes_anything_away(rule, work, extra):
    more = Work(
        work.marked | extra.marked,
        work.passed_checks | extra.passed_checks,
        work.reflections | extra.reflections,
        max(work.attendance_share, extra.attendance_share),
    )
    before, after = judge(rule, LESSONS, work), judge(rule, LESSONS, more)
    assert before.done <= after.done
    assert before.percent <= after.percent
    assert before.met <= after.met


@given(works)
def test_judging_twice_is_the_same(work):
    assert judge(Rule(), LESSONS, work) == judge(Rule(), LESSONS, work)


def test_an_activity_counts_only_where_the_rule_asks_it():
    lessons = (Lesson("een", activity_ids=("oefening",)),)
    marked = Work(marked=frozenset({"een"}))
    assert judge(Rule(checks=False), lessons, marked).met is True
    verdict = judge(Rule(checks=False, activities=True), lessons, marked)
    assert (verdict.met, verdict.done, needs(verdict)) == (False, frozenset(), {Need.ACTIVITY})
    ended = replace(marked, activities=frozenset({"oefening"}))
    assert judge(Rule(checks=False, activities=True), lessons, ended).met is True
