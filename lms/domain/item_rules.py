"""How well do the questions of a check work? Pure: no database, no clock.

Classical item analysis over first attempts: difficulty is the share that was right, discrimination the correlation of
one question with the rest of the check (corrected point-biserial), so that a question does not vouch for itself.
Thresholds follow common practice in test making (Ebel and Frisbie, Essentials of Educational Measurement).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

#: Fewer people than this say nothing of a question, and too much of each other.
FEWEST_TO_SHOW = 5
FEWEST_TO_JUDGE = 20
TOO_HARD, TOO_EASY, WEAK = 0.3, 0.95, 0.15


class Signal(StrEnum):
    """Why an author should look at a question."""

    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    WEAK = "weak"
    BACKWARDS = "backwards"
    TEMPTING = "tempting"


@dataclass(frozen=True, slots=True)
class Response:
    """One person's first attempt: for each question that was asked whether it was right, and what was chosen."""

    right: Mapping[str, bool]
    chosen: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What first attempts say of one question.

    `difficulty` is the share that was right; `discrimination` is between -1 and 1, None where all did alike; `chosen`
    counts people for each option.
    """

    question_id: str
    people: int
    difficulty: float
    discrimination: float | None
    chosen: Mapping[str, int]
    signals: tuple[Signal, ...]


def analyse(responses: Sequence[Response], correct: Mapping[str, frozenset[str]]) -> dict[str, ItemFigures]:
    """Figures for each question that was asked of anybody. `correct` names the right options of choices."""
    asked = dict.fromkeys(question for response in responses for question in response.right)
    return {question: _figures(question, responses, correct.get(question, frozenset())) for question in asked}


def _figures(question: str, responses: Sequence[Response], correct: frozenset[str]) -> ItemFigures:
    mine = [response for response in responses if question in response.right]
    scores = [float(response.right[question]) for response in mine]
    rests = [_rest(response, question) for response in mine]
    difficulty = sum(scores) / len(mine)
    discrimination = correlation(scores, rests)
    chosen = Counter(option for response in mine for option in response.chosen.get(question, ()))
    signals = _signals(len(mine), difficulty, discrimination, chosen, correct)
    return ItemFigures(question, len(mine), difficulty, discrimination, dict(chosen), signals)


def _rest(response: Response, question: str) -> float:
    """Share of the other questions that were right; 0 where there are none."""
    others = [right for name, right in response.right.items() if name != question]
    return sum(others) / len(others) if others else 0.0


def correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Pearson's correlation, between -1 and 1; None where one of the two does not vary."""
    size = len(left)
    if size < 2:
        return None
    mean_left, mean_right = sum(left) / size, sum(right) / size
    spread_left = sum((value - mean_left) ** 2 for value in left)
    spread_right = sum((value - mean_right) ** 2 for value in right)
    if spread_left < 1e-12 or spread_right < 1e-12:
        return None
    together = sum((a - mean_left) * (b - mean_right) for a, b in zip(left, right, strict=True))
    return max(-1.0, min(1.0, together / sqrt(spread_left * spread_right)))


def _signals(
    people: int,
    difficulty: float,
    discrimination: float | None,
    chosen: Mapping[str, int],
    correct: frozenset[str],
) -> tuple[Signal, ...]:
    if people < FEWEST_TO_JUDGE:
        return ()
    found = []
    if difficulty < TOO_HARD:
        found.append(Signal.TOO_HARD)
    if difficulty > TOO_EASY:
        found.append(Signal.TOO_EASY)
    if discrimination is not None and discrimination < 0:
        found.append(Signal.BACKWARDS)
    elif discrimination is not None and discrimination < WEAK:
        found.append(Signal.WEAK)
    wrong = max((count for option, count in chosen.items() if option not in correct), default=0)
    if correct and wrong > max((chosen.get(option, 0) for option in correct), default=0):
        found.append(Signal.TEMPTING)
    return tuple(found)
