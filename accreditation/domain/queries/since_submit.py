"""What changed in somebody's portfolio after a round was handed in: shown beside it, never in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accreditation.domain.evidence_kinds import fact_lines
from accreditation.enums import OWN_ORIGINS
from accreditation.models import DossierRound, Evidence


@dataclass(frozen=True)
class Change:
    """One piece: `what` is "added", "replaced", "withdrawn", "status" or "gone"; before and after in words."""

    what: str
    title: str
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    evidence_id: int | None = None
    status: str = ""


def changes_since(frozen: DossierRound) -> tuple[Change, ...]:
    """Compare a frozen round with the person's rows of now. One query."""
    rows = Evidence.objects.filter(person_id=frozen.dossier.person_id, origin__in=OWN_ORIGINS).in_bulk()
    return compare(frozen.snapshot["evidence"], rows, frozen_at=frozen)


def compare(
    pieces: Iterable[Mapping[str, Any]], rows: Mapping[int, Evidence], *, frozen_at: DossierRound
) -> tuple[Change, ...]:
    """Changes of the frozen pieces first, then what is new."""
    found: list[Change] = []
    told: set[int] = set()
    for piece in pieces:
        kind, _sep, number = str(piece["ref"]).partition(":")
        if kind != "evidence":
            continue
        row = rows.get(int(number))
        told.add(int(number))
        change = _change(piece, row, rows)
        if change is not None:
            found.append(change)
            told.add(change.evidence_id or 0)
    for row in sorted(rows.values(), key=lambda one: one.pk):
        is_new = row.created_at > frozen_at.submitted_at and row.withdrawn_at is None
        if is_new and row.pk not in told and row.replaced_by_id is None:
            found.append(Change("added", row.title, after=_lines(row), evidence_id=row.pk, status=row.status))
    return tuple(found)


def _change(piece: Mapping[str, Any], row: Evidence | None, rows: Mapping[int, Evidence]) -> Change | None:
    title = str(piece["title"])
    if row is None:
        return Change("gone", title)
    newest = row
    while newest.replaced_by_id is not None and newest.replaced_by_id in rows:
        newest = rows[newest.replaced_by_id]
    if newest is not row:
        return Change("replaced", title, _lines(row), _lines(newest), newest.pk, newest.status)
    if row.withdrawn_at is not None:
        return Change("withdrawn", title, _lines(row), evidence_id=row.pk)
    if row.status != piece["status"]:
        return Change("status", title, evidence_id=row.pk, status=row.status)
    return None


def _lines(row: Evidence) -> tuple[tuple[str, str], ...]:
    return fact_lines(kind=row.kind, facts=row.facts, valid_from=row.valid_from, valid_until=row.valid_until)
