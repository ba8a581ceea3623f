"""What an answer looks like, before anybody marks it. Pure, and blind to what is right.

Every answer is a list of texts. Choices and spots: the chosen ids. Order: "item:place", places from 1. Match:
"left:right". Fill in: "gap:words".
"""

from collections.abc import Mapping, Sequence

from courses.domain.check_facts import PublicQuestion
from courses.enums import QuestionKind

#: Nobody needs more to fill a gap; the input says the same.
MAX_GAP = 80


def clean_answer(question: PublicQuestion, given: Sequence[str]) -> list[str]:
    """Keep only what this question asks, in one order; what is unknown falls away, a later word wins."""
    if question.takes_pairs:
        return _clean_pairs(question, given)
    known = [option_id for option_id, _text in question.options]
    chosen = [option for option in known if option in set(given)]
    return chosen if question.takes_several else chosen[:1]


def is_answered(question: PublicQuestion, answer: Sequence[str]) -> bool:
    """Whether nothing is open any more: every pair made, every gap filled, every item on a place of its own."""
    if not question.takes_pairs:
        return bool(answer)
    pairs = split_pairs(answer)
    if len(pairs) < len(question.options):
        return False
    return question.kind != QuestionKind.ORDER or len(set(pairs.values())) == len(pairs)


def split_pairs(answer: Sequence[str]) -> dict[str, str]:
    """ "a:1" becomes {"a": "1"}; what has no colon falls away."""
    return {key: value for key, found, value in (text.partition(":") for text in answer) if found}


def sequence_of(answer: Sequence[str]) -> tuple[str, ...]:
    """The items of an order in the order that was given to them."""
    places: Mapping[str, str] = split_pairs(answer)
    return tuple(sorted(places, key=lambda item: (int(places[item]), item)))


def _clean_pairs(question: PublicQuestion, given: Sequence[str]) -> list[str]:
    asked = [option_id for option_id, _text in question.options]
    pairs = split_pairs(given)
    kept = []
    for key in asked:
        value = _clean_value(question, pairs.get(key, ""))
        if value:
            kept.append(f"{key}:{value}")
    return kept


def _clean_value(question: PublicQuestion, value: str) -> str:
    if question.kind == QuestionKind.FILL_IN:
        return " ".join(value.replace("\x00", "").split())[:MAX_GAP]
    if question.kind == QuestionKind.MATCH:
        return value if value in {partner_id for partner_id, _text in question.partners} else ""
    is_place = value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= len(question.options)
    return str(int(value[:4])) if is_place else ""
