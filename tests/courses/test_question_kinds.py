"""Order, match, fill in, hotspot: cleaned blind, marked on the server, explained afterwards. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.answer_rules import clean_answer, is_answered
from courses.domain.check_facts import CheckKey, GapKey
from courses.domain.check_rules import mark
from courses.domain.gap_rules import distance, gap_fits, read_number
from courses.domain.queries.stored_checks import check_key, public_check
from courses.domain.question_problems import case_problems, pool_problems, question_problems
from courses.domain.questions import split_question
from courses.exceptions import CheckAnswerError

ORDER = {"prompt": "Volgorde?", "items": ["kijken", "benoemen", "vragen", "luisteren"], "feedback": "Zo."}
MATCH = {
    "prompt": "Wat hoort bij wat?",
    "pairs": [
        {"left": "huisarts", "right": "afspraak", "feedback": "Bel."},
        {"left": "collega", "right": "overleg", "feedback": ""},
    ],
    "extra": ["zwijgen"],
}
FILL_IN = {
    "prompt": "Vul aan.",
    "text": "Bel {nummer} voor week {week}.",
    "gaps": [
        {"key": "nummer", "accept": "112\nhonderd twaalf", "feedback": "Altijd."},
        {"key": "week", "number": "16", "tolerance": "1"},
    ],
}
HOTSPOT = {
    "prompt": "Waar kijk je?",
    "image": None,
    "alt": "Een kamer",
    "multiple": True,
    "spots": [
        {"key": "wieg", "label": "De wieg", "x": 20, "y": 60.5, "correct": True, "feedback": "Ja."},
        {"key": "raam", "label": "Het raam", "x": 80, "y": 10, "correct": False, "feedback": "Nee."},
        {"key": "mama", "label": "Mama", "x": 50, "y": 50, "correct": True, "feedback": "Ook."},
    ],
}
KINDS = {"order": ORDER, "match": MATCH, "fill_in": FILL_IN, "hotspot": HOTSPOT}


def halves(kind, value=None):
    """Public question and whole key, as they come out of the database."""
    public, key = split_question(kind, value or KINDS[kind], question_id="v", check_id="toets")
    check = {"title": "T", "intro_html": "", "pass_mark": 80, "questions": [public]}
    return public_check("toets", check, "").questions[0], check_key(
        "toets", {"pass_mark": 80, "questions": [key]}
    )


def right_answer(kind):
    _public, key = halves(kind)
    asked = key.questions[0]
    if kind == "order":
        return [f"{item}:{place}" for place, item in enumerate(asked.sequence, start=1)]
    if kind == "match":
        return [f"{left}:{right}" for left, right in asked.pairs.items()]
    if kind == "fill_in":
        return ["nummer:112", "week:16"]
    return sorted(asked.correct)


@pytest.mark.parametrize("kind", KINDS)
def test_right_answer_survives_cleaning_and_gives_the_point(kind):
    public, key = halves(kind)
    kept = clean_answer(public, [*right_answer(kind), "onbekend", "onbekend:1"])
    assert sorted(kept) == sorted(right_answer(kind))
    assert is_answered(public, kept)
    assert (mark(key, {"v": kept}).score, mark(key, {}).score) == (1, 0)


@pytest.mark.parametrize("kind", ["order", "match", "fill_in"])
def test_part_of_an_answer_is_kept_but_stays_open(kind):
    public, key = halves(kind)
    kept = clean_answer(public, right_answer(kind)[:1])
    assert len(kept) == 1
    assert not is_answered(public, kept)
    marked = mark(key, {"v": kept}).questions[0]
    assert (marked.correct, sum(marked.parts.values())) == (False, 1)


@pytest.mark.parametrize("kind", ["order", "match"])
def test_public_half_does_not_betray_the_answer(kind):
    """Neither names nor places: the items stand in the order of names made with a secret."""
    public, _key = halves(kind)
    shown = public.options if kind == "order" else public.partners
    assert [name for name, _text in shown] == sorted(name for name, _text in shown)
    assert all(len(name) == 10 for name, _text in shown)
    texts = [text for _name, text in shown]
    assert sorted(texts) == sorted(ORDER["items"] if kind == "order" else ["afspraak", "overleg", "zwijgen"])


@given(st.permutations(range(4)))
def test_only_the_right_order_gives_the_point(places):
    _public, key = halves("order")
    answer = [f"{item}:{place + 1}" for item, place in zip(key.questions[0].sequence, places, strict=True)]
    assert mark(key, {"v": answer}).questions[0].correct == (list(places) == [0, 1, 2, 3])


def test_two_items_on_one_place_are_still_open():
    public, key = halves("order")
    answer = [f"{item}:1" for item, _text in public.options]
    assert not is_answered(public, clean_answer(public, answer))
    assert mark(key, {"v": answer}).score == 0


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("order", ["zz:1"]),
        ("order", ["x"]),
        ("match", ["l9:aa"]),
        ("fill_in", ["ander:1"]),
        ("hotspot", ["deur"]),
    ],
)
def test_answers_that_do_not_belong_are_refused(kind, answer):
    with pytest.raises(CheckAnswerError):
        mark(halves(kind)[1], {"v": answer})


@pytest.mark.parametrize(
    ("given_text", "fits"),
    [
        ("112", True), ("112.", True), (" Honderd  TWAALF ", True), ("honderd-twaalf", True),
        ("113", False), ("honderdtwaalf", False), ("", False), (".", False),
    ],
)  # fmt: skip
def test_accepted_words(given_text, fits):
    assert gap_fits(GapKey(accept=("112", "honderd twaalf")), given_text) is fits


@pytest.mark.parametrize(
    ("given_text", "typos", "fits"),
    [
        ("depressie", 0, True), ("dépressie", 0, True), ("depresie", 0, False), ("depresie", 1, True),
        ("depreesie", 1, True), ("depresi", 1, False), ("depresi", 2, True), ("expressie", 2, True),
    ],
)  # fmt: skip
def test_typing_mistakes(given_text, typos, fits):
    assert gap_fits(GapKey(accept=("depressie",), typos=typos), given_text) is fits


@pytest.mark.parametrize("word", ["niet", "112"])
def test_short_words_and_numbers_take_no_typing_mistakes(word):
    assert not gap_fits(GapKey(accept=(word,), typos=2), word[:-1] + "x")


@pytest.mark.parametrize(
    ("text", "fits"),
    [("16", True), ("16,5", True), ("17.0", True), ("15 weken", True), ("14,9", False), ("18", False),
     ("16 of 17", False), ("zestien", False), ("1e9", False), ("9" * 40, False)],
)  # fmt: skip
def test_number_within_its_tolerance(text, fits):
    from decimal import Decimal

    assert gap_fits(GapKey(number=Decimal(16), tolerance=Decimal(1)), text) is fits


@given(st.text(alphabet="abcd", max_size=8), st.text(alphabet="abcd", max_size=8), st.integers(0, 3))
def test_distance_is_symmetric_and_bounded(left, right, most):
    found = distance(left, right, most=most)
    assert found == distance(right, left, most=most) <= most + 1
    assert (found == 0) == (left == right)


@given(st.text(max_size=30))
def test_no_text_breaks_a_gap(text):
    public, key = halves("fill_in")
    kept = clean_answer(public, [f"nummer:{text}", f"week:{text}"])
    assert mark(key, {"v": kept}).score == 0
    read_number(text)


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("order", {"items": ["a", "b"]}, "minstens drie dingen"),
        ("order", {"items": ["a", "b", "a"]}, "precies gelijk"),
        ("match", {"pairs": [{"left": "a", "right": "b"}]}, "minstens twee paren"),
        (
            "match",
            {"pairs": [{"left": "a", "right": "b"}, {"left": "a", "right": "c"}]},
            "links dezelfde tekst",
        ),
        ("fill_in", {"text": "Geen vak."}, "minstens één vak"),
        ("fill_in", {"text": "{nummer} {nummer} {week}"}, "staat twee keer"),
        ("fill_in", {"text": "{nummer} {week} {dag}"}, "gaf er geen antwoord voor"),
        ("fill_in", {"text": "{nummer}"}, "staat niet in de tekst"),
        (
            "fill_in",
            {"gaps": [{"key": "nummer", "accept": "1"}, {"key": "week"}]},
            "een antwoord of een getal",
        ),
        ("hotspot", {"multiple": False}, "precies één juiste plek"),
        ("hotspot", {"spots": HOTSPOT["spots"][:1]}, "minstens twee plekken"),
    ],
)
def test_author_is_told_what_misses(kind, change, words):
    public, key = split_question(kind, {**KINDS[kind], **change}, question_id="v", check_id="toets")
    assert words in " ".join(question_problems(public, key))


@pytest.mark.parametrize("kind", KINDS)
def test_good_questions_have_no_problems(kind):
    assert question_problems(*split_question(kind, KINDS[kind], question_id="v", check_id="toets")) == []


def test_pool_smaller_than_the_draw_is_named():
    assert pool_problems([("a", 2)], ["a", "a"]) == []
    assert pool_problems([("a", 3)], ["a", "a"]) == ["Reeks 'a' trekt 3 vragen, maar telt er maar 2."]
    assert "die reeks staat niet bij de toets" in pool_problems([], ["b"])[0]


def step(end="", **leads):
    return {"end": end, "choices": [{"to": to} for to in leads.values()]}


@pytest.mark.parametrize(
    ("steps", "counts", "words"),
    [
        ({"a": step(x="b", y="c"), "b": step("good"), "c": step()}, False, "Stap 'c' heeft geen einde"),
        ({"a": step(x="b", y="weg"), "b": step("good")}, False, "leidt naar 'weg'"),
        ({"a": step(x="b", y="c"), "b": step(x="a", y="c"), "c": step("good")}, False, "in een kring"),
        ({"a": step(x="b", y="b"), "b": step("good"), "los": step("fair")}, False, "geen enkele keuze"),
        ({"a": step(x="b", y="b"), "b": step("poor")}, True, "geen enkel einde is goed genoeg"),
        ({"a": step("good", x="b", y="b"), "b": step("good")}, False, "is een einde en heeft toch keuzes"),
        ({}, False, "nog geen stappen"),
    ],
)
def test_case_without_an_end_is_refused(steps, counts, words):
    assert words in " ".join(case_problems(steps, list(steps), counts=counts))


def test_case_of_many_ways_is_judged_at_once():
    """Thirty forks give a thousand million ways; each step is looked at once."""
    steps = {f"s{n}": step(x=f"s{n + 1}", y=f"s{n + 1}") for n in range(30)} | {"s30": step("good")}
    assert case_problems(steps, list(steps), counts=True) == []


def test_check_without_a_key_for_it_gives_nothing():
    assert mark(CheckKey("toets", 80, ()), {}).passed is False
