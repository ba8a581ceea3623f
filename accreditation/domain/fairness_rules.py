"""Figures about fairness: agreement, time, and tables in which nobody can be recognised. Pure.

Cohen's kappa after J. Cohen, "A coefficient of agreement for nominal scales" (1960).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: A cell that stands for fewer people than this is not shown.
SMALLEST_CELL = 5


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement of two readers beyond chance, from -1 to 1; None without pairs, or when chance alone explains all."""
    total = len(pairs)
    if not total:
        return None
    observed = sum(one == other for one, other in pairs) / total
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[key] * second[key] for key in first) / total**2
    if math.isclose(expected, 1.0):
        return None
    return (observed - expected) / (1 - expected)


def share(values: Sequence[int], part: float) -> int | None:
    """The smallest value that at least this part of all values does not exceed (nearest rank); None without values."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


@dataclass(frozen=True)
class TableRow:
    """One group. A cell of None is too small to show, or would betray one that is; `hidden` is what all these hold."""

    label: str
    cells: tuple[int | None, ...]
    total: int

    @property
    def hidden(self) -> int:
        """How many people the cells that are not shown hold together."""
        return self.total - sum(cell for cell in self.cells if cell is not None)


def outcome_table(
    counts: Mapping[str, Mapping[str, int]],
    *,
    columns: Sequence[str],
    rest_label: str,
    below: int = SMALLEST_CELL,
) -> tuple[TableRow, ...]:
    """Groups by outcome, without cells that stand for fewer than `below` people.

    Small groups are taken together, with the next smallest group when they are still too few; what remains too small
    is left out altogether. Within a row never exactly one cell is hidden, or the total would give it away.
    """
    totals = {label: sum(cells.values()) for label, cells in counts.items()}
    rest: Counter[str] = Counter()
    kept = sorted((label for label in counts if totals[label]), key=lambda label: (totals[label], label))
    while kept and (totals[kept[0]] < below or 0 < sum(rest.values()) < below):
        rest.update(counts[kept.pop(0)])
    rows = [_row(label, counts[label], columns, below) for label in sorted(kept)]
    if sum(rest.values()) >= below:
        rows.append(_row(rest_label, rest, columns, below))
    return tuple(rows)


def _row(label: str, cells: Mapping[str, int], columns: Sequence[str], below: int) -> TableRow:
    values = [cells.get(column, 0) for column in columns]
    hidden = {place for place, value in enumerate(values) if 0 < value < below}
    if len(hidden) == 1 and len(values) > 1:
        others = [place for place in range(len(values)) if place not in hidden]
        hidden.add(min(others, key=lambda place: (values[place] == 0, values[place], place)))
    return TableRow(
        label=label,
        cells=tuple(None if place in hidden else value for place, value in enumerate(values)),
        total=sum(values),
    )


def histogram(values: Iterable[int], edges: Sequence[int]) -> tuple[int, ...]:
    """How many values lie at or below each edge and above the one before; the last bin holds what is above all."""
    found = [0] * (len(edges) + 1)
    for value in values:
        place = next((index for index, edge in enumerate(edges) if value <= edge), len(edges))
        found[place] += 1
    return tuple(found)
