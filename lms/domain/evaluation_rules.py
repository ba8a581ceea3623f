"""What an evaluation asks and what its answers add up to. Pure: no database, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Answers are shown from this number on, and in batches of at least this number (k-anonymity).
SMALLEST = 5
SCALE = (1, 2, 3, 4, 5)
RECOMMEND = tuple(range(11))
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `kind` is likert (1 to 5), nps (0 to 10) or open (text)."""

    key: str
    kind: str
    text: str


def questions_of(stored: Sequence[Mapping[str, str]]) -> tuple[Question, ...]:
    """The questions of a form as it is stored."""
    return tuple(Question(one["key"], one["kind"], one["text"]) for one in stored)


def clean_answers(
    questions: Sequence[Question], given: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Answers that count, and the keys of scale questions without a usable answer. Open questions may stay empty."""
    answers: dict[str, Any] = {}
    missing = []
    for question in questions:
        raw = str(given.get(question.key, "")).strip()
        if question.kind == "open":
            if raw:
                answers[question.key] = raw[:LONGEST_TEXT]
            continue
        allowed = RECOMMEND if question.kind == "nps" else SCALE
        if raw.isascii() and raw.isdigit() and len(raw) < 3 and int(raw) in allowed:
            answers[question.key] = int(raw)
        else:
            missing.append(question.key)
    return answers, tuple(missing)


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a picture: where it begins and how long it is, in hundredths of the whole."""

    label: str
    count: int
    start: float
    length: float
    tone: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of one question. `mean` for likert, `score` (-100 to 100) for nps, `texts` for open."""

    question: Question
    count: int
    bars: tuple[Bar, ...]
    mean: float | None = None
    score: int | None = None
    texts: tuple[str, ...] = ()


def results_of(questions: Sequence[Question], answers: Sequence[Mapping[str, Any]]) -> tuple[Result, ...]:
    """One result for each question; nothing at all below `SMALLEST` answers.

    A scale question that fewer than `SMALLEST` people answered gives no figure, an open one no texts.
    """
    if len(answers) < SMALLEST:
        return ()
    found = []
    for question in questions:
        values = [one[question.key] for one in answers if question.key in one]
        if question.kind == "open":
            texts = tuple(sorted(str(value) for value in values)) if len(values) else ()
            found.append(Result(question, len(values), (), texts=texts))
        elif len(values) < SMALLEST:
            found.append(Result(question, len(values), ()))
        elif question.kind == "nps":
            found.append(_recommend(question, values))
        else:
            counts = Counter(values)
            bars = _bars([(str(step), counts[step], f"step{step}") for step in SCALE])
            found.append(Result(question, len(values), bars, mean=round(sum(values) / len(values), 1)))
    return tuple(found)


def _recommend(question: Question, values: list[int]) -> Result:
    """Net promoter score: share of 9 and 10 minus share of 0 to 6."""
    low = sum(value <= 6 for value in values)
    high = sum(value >= 9 for value in values)
    middle = len(values) - low - high
    bars = _bars([("0-6", low, "step1"), ("7-8", middle, "step3"), ("9-10", high, "step5")])
    return Result(question, len(values), bars, score=round((high - low) * 100 / len(values)))


def _bars(parts: Iterable[tuple[str, int, str]]) -> tuple[Bar, ...]:
    rows = list(parts)
    total = sum(count for _label, count, _tone in rows)
    bars, start = [], 0.0
    for label, count, tone in rows:
        length = round(count * 100 / total, 2) if total else 0.0
        bars.append(Bar(label, count, round(start, 2), length, tone))
        start += length
    return tuple(bars)
