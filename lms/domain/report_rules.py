"""What a report may show to whom. Pure.

Source: figures about fewer than five people may lead back to one of them. Who may see the people behind a figure sees
the figure; for everybody else a small figure, and one whose remainder of its row is small, is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure; `people` are those behind it, where it counts people. `part`: it is part of its row's first cell."""

    number: float
    people: frozenset[int] = frozenset()
    counts_people: bool = True
    part: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report; `key` names it in addresses. `is_person`: the line itself is about one person."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A table with a picture: the bars show the columns in `bars`."""

    slug: str
    title: str
    intro: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(default=())
    bars: tuple[int, ...] = (0,)


def is_small(number: float) -> bool:
    """Whether a number of people could lead back to somebody; nobody at all cannot."""
    return 0 < number < FEWEST


def shown(row: Row, *, may_see_people: bool) -> tuple[float | None, ...]:
    """The figures of a row as somebody may see them; None where one is left out."""
    if may_see_people:
        return tuple(cell.number for cell in row.cells)
    if row.is_person:
        return (None,) * len(row.cells)
    counted = [cell for cell in row.cells if cell.counts_people]
    whole = counted[0].number if counted else 0
    hidden = any(is_small(cell.number) or (cell.part and is_small(whole - cell.number)) for cell in counted)
    return tuple(
        None
        if (cell.counts_people and (is_small(cell.number) or (cell.part and is_small(whole - cell.number))))
        or (hidden and not cell.counts_people)
        else cell.number
        for cell in row.cells
    )


def visible_rows(rows: Sequence[Row], *, may_see_people: bool) -> list[Row]:
    """Lines about one person are for who may see people."""
    return [row for row in rows if may_see_people or not row.is_person]
