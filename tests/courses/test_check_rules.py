import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.check_facts import CheckKey, QuestionKey
from courses.domain.check_rules import mark
from courses.enums import QuestionKind
from courses.exceptions import CheckAnswerError

LETTERS = ("a", "b", "c", "d")


def question(name, kind, correct, options=LETTERS):
    return QuestionKey(
        id=name,
        kind=kind,
        options=options,
        correct=frozenset(correct),
        option_feedback={option: f"Omdat {option}" for option in options},
        feedback=f"Onthoud {name}",
    )


def check(*questions, pass_mark=80):
    return CheckKey(id="toets", pass_mark=pass_mark, questions=questions)


@st.composite
def keys(draw):
    """Any well-formed key: at least one question, each with its right set."""
    questions = []
    for number in range(draw(st.integers(1, 8))):
        options = LETTERS[: draw(st.integers(2, 4))]
        if draw(st.booleans()):
            correct = {draw(st.sampled_from(options))}
            kind = QuestionKind.SINGLE
        else:
            correct = draw(st.sets(st.sampled_from(options), min_size=1))
            kind = QuestionKind.MULTIPLE
        questions.append(question(f"v{number}", kind, correct, options))
    return check(*questions, pass_mark=draw(st.integers(1, 100)))


@st.composite
def keys_with_answers(draw):
    """A key and well-formed answers to some of its questions, right or wrong."""
    key = draw(keys())
    answers = {}
    for asked in key.questions:
        most = 1 if asked.kind == QuestionKind.SINGLE else len(asked.options)
        chosen = draw(st.none() | st.lists(st.sampled_from(asked.options), max_size=most, unique=True))
        if chosen is not None:
            answers[asked.id] = chosen
    return key, answers


@given(keys())
def test_all_right_gives_everything(key):
    marked = mark(key, {asked.id: sorted(asked.correct) for asked in key.questions})
    assert (marked.score, marked.scaled_percent, marked.passed) == (len(key.questions), 100, True)


@given(keys())
def test_no_answers_give_nothing(key):
    marked = mark(key, {})
    assert (marked.score, marked.scaled_percent, marked.passed) == (0, 0, False)


@given(keys_with_answers())
def test_a_point_is_for_exactly_the_right_set(case):
    key, answers = case
    marked = mark(key, answers)
    right = {asked.id for asked in key.questions if set(answers.get(asked.id, ())) == asked.correct}
    assert {one.id for one in marked.questions if one.correct} == right
    assert marked.score == len(right)
    assert marked.maximum == len(key.questions)
    assert marked.scaled_percent == int(100 * len(right) / len(key.questions) + 1e-9)
    assert marked.passed == (len(right) * 100 >= key.pass_mark * len(key.questions))


@given(keys_with_answers(), st.randoms())
def test_order_and_repetition_change_nothing(case, random):
    key, answers = case
    shuffled = {name: random.sample(chosen, len(chosen)) for name, chosen in answers.items()}
    repeated = {name: [*chosen, *chosen] for name, chosen in shuffled.items()}
    assert mark(key, answers) == mark(key, repeated)


@given(keys_with_answers())
def test_one_more_right_answer_never_lowers_the_score(case):
    key, answers = case
    for asked in key.questions:
        better = {**answers, asked.id: sorted(asked.correct)}
        assert mark(key, better).score >= mark(key, answers).score


def test_half_a_multiple_answer_gives_no_point():
    key = check(question("v", QuestionKind.MULTIPLE, "ac"))
    assert [mark(key, {"v": chosen}).score for chosen in ("a", "ac", "abc", "b")] == [0, 1, 0, 0]


def test_pass_mark_is_not_rounded():
    key = check(*(question(f"v{n}", QuestionKind.SINGLE, "a") for n in range(3)), pass_mark=67)
    marked = mark(key, {"v0": ["a"], "v1": ["a"], "v2": ["b"]})
    assert (marked.scaled_percent, marked.passed) == (66, False)


def test_marking_tells_why():
    key = check(question("v", QuestionKind.SINGLE, "b", ("a", "b")))
    marked = mark(key, {"v": ["a"]}).questions[0]
    assert (marked.chosen, marked.correct_options, marked.feedback) == (("a",), ("b",), "Onthoud v")
    assert marked.feedback_per_option == {"a": "Omdat a", "b": "Omdat b"}


@pytest.mark.parametrize(
    "answers", [{"other": ["a"]}, {"v": ["z"]}, {"v": ["a", "b"]}, {"v": ["a", ""]}], ids=str
)
def test_answers_that_do_not_belong_are_refused(answers):
    with pytest.raises(CheckAnswerError):
        mark(check(question("v", QuestionKind.SINGLE, "a")), answers)


def test_a_check_without_questions_is_never_passed():
    marked = mark(check(), {})
    assert (marked.maximum, marked.scaled_percent, marked.passed) == (0, 0, False)
