"""Marking a knowledge check: a pure function over the key. No database, no clock."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from courses.domain.answer_rules import sequence_of, split_pairs
from courses.domain.check_facts import CheckKey, MarkedCheck, MarkedQuestion, QuestionKey
from courses.domain.gap_rules import gap_fits
from courses.enums import QuestionKind
from courses.exceptions import CheckAnswerError


def mark(
    key: CheckKey, answers: Mapping[str, Sequence[str]], asked: Collection[str] | None = None
) -> MarkedCheck:
    """Mark the answers: a question gives one point when all of it is right, else none.

    `answers` maps question id to the answer (see answer_rules); a question that is missing counts as wrong. `asked`
    names the questions that were drawn; None means all. The check is passed when score / maximum reaches the pass mark
    (compared without rounding). Raises CheckAnswerError for an unknown question or option, or several options where
    one is asked.
    """
    drawn = [question for question in key.questions if asked is None or question.id in asked]
    if set(answers) - {question.id for question in drawn}:
        raise CheckAnswerError(_("Deze toets is intussen veranderd. Laad de bladzijde opnieuw."))
    questions = tuple(_mark_question(question, answers.get(question.id, ())) for question in drawn)
    score, maximum = sum(question.correct for question in questions), len(questions)
    return MarkedCheck(
        score=score,
        maximum=maximum,
        scaled_percent=score * 100 // maximum if maximum else 0,
        passed=maximum > 0 and score * 100 >= key.pass_mark * maximum,
        questions=questions,
    )


def _mark_question(key: QuestionKey, answer: Sequence[str]) -> MarkedQuestion:
    if key.kind == QuestionKind.ORDER:
        return _mark_order(key, answer)
    if key.kind == QuestionKind.MATCH:
        return _mark_parts(
            key, answer, {left: right == key.pairs[left] for left, right in _known(key, answer)}
        )
    if key.kind == QuestionKind.FILL_IN:
        return _mark_parts(
            key, answer, {gap: gap_fits(key.gaps[gap], words) for gap, words in _known(key, answer)}
        )
    return _mark_choice(key, answer)


def _mark_choice(key: QuestionKey, answer: Sequence[str]) -> MarkedQuestion:
    """Chosen options come back in the order of the question, each once."""
    chosen = frozenset(answer)
    if not chosen <= frozenset(key.options):
        raise _foreign()
    if not key.takes_several and len(chosen) > 1:
        raise CheckAnswerError(_("Bij deze vraag kies je één antwoord."))
    return MarkedQuestion(
        id=key.id,
        correct=bool(chosen) and chosen == key.correct,
        chosen=tuple(option for option in key.options if option in chosen),
        feedback_per_option={option: key.option_feedback.get(option, "") for option in key.options},
        feedback=key.feedback,
        correct_options=tuple(option for option in key.options if option in key.correct),
    )


def _mark_order(key: QuestionKey, answer: Sequence[str]) -> MarkedQuestion:
    """All items, each on its own place. A part is right when it stands where it belongs."""
    places = dict(_known(key, answer))
    if not all(place.isascii() and place.isdigit() for place in places.values()):
        raise _foreign()
    given = sequence_of(answer)
    return MarkedQuestion(
        id=key.id,
        correct=given == key.sequence and len(set(places.values())) == len(key.sequence),
        chosen=given,
        feedback_per_option={},
        feedback=key.feedback,
        correct_options=key.sequence,
        parts={
            item: place < len(key.sequence) and key.sequence[place] == item
            for place, item in enumerate(given)
        },
    )


def _mark_parts(key: QuestionKey, answer: Sequence[str], right: Mapping[str, bool]) -> MarkedQuestion:
    """Pairs or gaps: each is right or not; all of them together give the point."""
    parts = {part: right.get(part, False) for part in key.options}
    return MarkedQuestion(
        id=key.id,
        correct=bool(parts) and all(parts.values()),
        chosen=tuple(answer),
        feedback_per_option={part: key.option_feedback.get(part, "") for part in key.options},
        feedback=key.feedback,
        correct_options=(),
        parts=parts,
        solution=_solution(key),
    )


def _solution(key: QuestionKey) -> dict[str, str]:
    """What would have been right: the partner's id, or the words as the author wrote them first."""
    if key.kind == QuestionKind.MATCH:
        return dict(key.pairs)
    return {
        gap_id: gap.accept[0] if gap.accept else f"{gap.number:f}".replace(".", ",")
        for gap_id, gap in key.gaps.items()
    }


def _known(key: QuestionKey, answer: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs of an answer. Raises CheckAnswerError where one does not belong to the question."""
    pairs = split_pairs(answer)
    if not set(pairs) <= set(key.options) or len(pairs) != len(set(answer)):
        raise _foreign()
    return list(pairs.items())


def _foreign() -> CheckAnswerError:
    return CheckAnswerError(_("Dit antwoord hoort niet bij de vraag. Laad de bladzijde opnieuw."))
