"""Item analysis: exact figures, signals from enough people on, and no small groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.checks import CheckAddress, hand_in
from lms.domain.item_rules import Response, Signal, analyse, correlation
from people.api import Role
from tests.factories.courses import make_question
from tests.factories.lms import make_learner
from tests.factories.lms_activities import check_block, make_activity_course
from tests.factories.people import user_with

FIVE = [f"v{number}" for number in range(5)]


def person(*right):
    """Who got which of five questions right; a is right, b is not."""
    return Response(
        {question: question in right for question in FIVE},
        {question: ("a",) if question in right else ("b",) for question in FIVE},
    )


KEY = {question: frozenset("a") for question in FIVE}


def test_figures_are_exact():
    found = analyse([person(*FIVE), person(), person("v0", "v1"), person("v0")], KEY)
    assert (found["v0"].people, found["v0"].difficulty, found["v0"].chosen) == (4, 0.75, {"a": 3, "b": 1})
    # scores 1 0 1 1 against the rest 1, 0, 1/4, 0
    assert found["v0"].discrimination == pytest.approx(0.4406, abs=1e-3)


@pytest.mark.parametrize(
    ("strong", "weak", "signal"),
    [
        ((*FIVE[1:],), ("v0",), Signal.BACKWARDS),
        ((*FIVE,), ("v0",), Signal.TOO_EASY),
        ((*FIVE[1:],), (), Signal.TOO_HARD),
        ((*FIVE[1:],), (), Signal.TEMPTING),
    ],
)
def test_signals(strong, weak, signal):
    people = [person(*strong)] * 15 + [person(*weak)] * 15
    assert signal in analyse(people, KEY)["v0"].signals


def test_few_people_give_no_signals():
    assert analyse([person()] * 19, KEY)["v0"].signals == ()
    assert Signal.TOO_HARD in analyse([person()] * 20, KEY)["v0"].signals


@given(st.lists(st.sets(st.sampled_from(FIVE)), min_size=1, max_size=30))
def test_figures_stay_in_their_ranges(crowd):
    for found in analyse([person(*right) for right in crowd], KEY).values():
        assert 0 <= found.difficulty <= 1
        assert found.discrimination is None or -1 <= found.discrimination <= 1
        assert sum(found.chosen.values()) == found.people == len(crowd)


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=2, max_size=20))
def test_correlation_is_symmetric(pairs):
    left, right = zip(*pairs, strict=True)
    there, back = correlation(left, right), correlation(right, left)
    assert there is None if back is None else there == pytest.approx(back)


@pytest.mark.django_db
def test_author_sees_figures_from_five_people_on(client, django_assert_max_num_queries):
    outline = make_activity_course(check_block(questions=[make_question("v1"), make_question("v2")]))
    client.force_login(user_with(Role.AUTHOR))
    address = f"/beheer/toetsen/{outline.course_page_id}/toets/"
    for number in range(5):
        page = client.get(address).content.decode()
        assert "items__picture" not in page
        learner = make_learner()
        where = CheckAddress(learner.person_id, outline.slug, "les", "toets")
        answers = {"v1": ["a"], "v2": ["a" if number else "b"]}
        hand_in(address=where, number=1, given=answers)
        hand_in(address=where, number=2, given={"v1": ["b"], "v2": ["b"]})
    with django_assert_max_num_queries(20):
        page = client.get(address).content.decode()
    assert "items__picture" in page
    assert "80 %" in page
    assert "Toets" in client.get("/beheer/toetsen/").content.decode()
