"""The frozen form of a dossier round: facts and file hashes, in one canonical JSON that anyone can hash again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from accreditation.domain.criteria_rules import CriterionResult, Evaluation, evaluate, parse_rules
from accreditation.domain.evidence_facts import EvidencePiece
from accreditation.domain.portfolio import piece_of_facts
from accreditation.enums import EvidenceKind
from accreditation.models import CriteriaVersion, DossierRound, Evidence

FORMAT = 1


def build_snapshot(
    *,
    dossier_id: int,
    number: int,
    version: CriteriaVersion,
    evaluation: Evaluation,
    rows: Iterable[Evidence],
    pieces: Iterable[EvidencePiece],
    learned_facts: Mapping[str, dict[str, Any]],
) -> dict[str, Any]:
    """Freeze what the evaluation rests on. JSON values only; dates in ISO form, hours as text.

    Only pieces that count for a criterion are in it (and lived experience, which readers may weigh), so that readers
    see no more than they need.
    """
    counted = {use.ref for result in evaluation.criteria for use in result.used}
    by_ref = {f"evidence:{row.pk}": row for row in rows}
    frozen = [
        _frozen_piece(piece, by_ref.get(piece.ref), learned_facts.get(piece.ref, {}))
        for piece in pieces
        if piece.ref in counted or piece.kind == EvidenceKind.LIVED_EXPERIENCE
    ]
    return {
        "format": FORMAT,
        "dossier": dossier_id,
        "round": number,
        "level": evaluation.level,
        "route": evaluation.route,
        "on": evaluation.on.isoformat(),
        "criteria_version": {"number": version.number, "rules_hash": content_hash(version.rules)},
        "criteria": [_frozen_result(result) for result in evaluation.criteria],
        "evidence": sorted(frozen, key=lambda piece: piece["ref"]),
    }


def canonical_json(data: Any) -> str:
    """One spelling for equal data: sorted keys, no spaces, ASCII."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def content_hash(data: Any) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical_json(data).encode("ascii")).hexdigest()


def is_intact(frozen: DossierRound) -> bool:
    """Whether a round still holds exactly what was handed in."""
    return content_hash(frozen.snapshot) == frozen.snapshot_hash


def evidence_ids_of(snapshot: Mapping[str, Any]) -> tuple[int, ...]:
    """Ids of the Evidence rows in a snapshot: the files that a reader of the round may open."""
    refs = (str(piece["ref"]) for piece in snapshot["evidence"])
    return tuple(int(ref.partition(":")[2]) for ref in refs if ref.startswith("evidence:"))


def pieces_of_snapshot(snapshot: Mapping[str, Any]) -> tuple[EvidencePiece, ...]:
    """The frozen pieces as the rules see them."""
    return tuple(
        piece_of_facts(
            ref=piece["ref"],
            kind=piece["kind"],
            title=piece["title"],
            status=piece["status"],
            facts=piece["facts"],
            valid_from=_day(piece["valid_from"]),
            valid_until=_day(piece["valid_until"]),
        )
        for piece in snapshot["evidence"]
    )


def replay(frozen: DossierRound) -> Evaluation:
    """The evaluation of a round with its own version of the criteria and its own day, years later as on that day."""
    snapshot = frozen.snapshot
    return evaluate(
        parse_rules(frozen.criteria_version.rules),
        pieces_of_snapshot(snapshot),
        date.fromisoformat(snapshot["on"]),
        route=snapshot["route"],
    )


def _frozen_result(result: CriterionResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "number": result.number,
        "title": result.title,
        "state": str(result.state),
        "needed": result.needed,
        "reason": result.reason,
        "used": [use.ref for use in result.used],
    }


def _frozen_piece(piece: EvidencePiece, row: Evidence | None, facts: Mapping[str, Any]) -> dict[str, Any]:
    stored = row.file if row is not None else None
    return {
        "ref": piece.ref,
        "kind": str(piece.kind),
        "title": piece.title,
        "status": str(piece.status),
        "facts": dict(row.facts if row is not None else facts),
        "valid_from": piece.valid_from.isoformat() if piece.valid_from else None,
        "valid_until": piece.valid_until.isoformat() if piece.valid_until else None,
        "file": stored
        and {
            "id": str(stored.pk),
            "sha256": stored.sha256,
            "mime": stored.mime,
            "size": stored.size,
            "pages": stored.pages,
        },
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
