"""Two versions of the criteria side by side, in words. Pure."""

from dataclasses import dataclass

from accreditation.domain.criteria_words import SpelledCriterion

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"


@dataclass(frozen=True)
class ComparedLine:
    """One line of a criterion; `differs` when the other version does not have it."""

    text: str
    differs: bool


@dataclass(frozen=True)
class ComparedCriterion:
    """One criterion in both versions; `verdict` is same, changed, new or gone."""

    id: str
    verdict: str
    number: int
    title: str
    before: tuple[ComparedLine, ...]
    after: tuple[ComparedLine, ...]


def compare(
    before: tuple[SpelledCriterion, ...], after: tuple[SpelledCriterion, ...]
) -> tuple[ComparedCriterion, ...]:
    """Every criterion of either version, in the order of the newer one; those that are gone come last."""
    old = {criterion.id: criterion for criterion in before}
    new = {criterion.id: criterion for criterion in after}
    ids = [*new, *(one for one in old if one not in new)]
    return tuple(_compare(old.get(one), new.get(one)) for one in ids)


def _compare(before: SpelledCriterion | None, after: SpelledCriterion | None) -> ComparedCriterion:
    shown = after or before
    if shown is None:
        raise ValueError("one of the two is needed")
    left, right = _lines(before), _lines(after)
    if left[:1] == right[:1]:
        # The name stands above both already.
        left, right = left[1:], right[1:]
    # A long table is equal for the most part: only the rows that differ are shown.
    rows_before = set(before.details if before else ())
    rows_after = set(after.details if after else ())
    left += [row for row in (before.details if before else ()) if row not in rows_after]
    right += [row for row in (after.details if after else ()) if row not in rows_before]
    if before is None or after is None:
        verdict = GONE if after is None else NEW
    else:
        verdict = SAME if left == right else CHANGED
    return ComparedCriterion(
        id=shown.id,
        verdict=verdict,
        number=shown.number,
        title=shown.title,
        before=tuple(ComparedLine(line, line not in right) for line in left),
        after=tuple(ComparedLine(line, line not in left) for line in right),
    )


def _lines(criterion: SpelledCriterion | None) -> list[str]:
    if criterion is None:
        return []
    parts = [f"{criterion.number}. {criterion.title}", criterion.about, criterion.lead, *criterion.lines]
    return [line for line in parts if line]
