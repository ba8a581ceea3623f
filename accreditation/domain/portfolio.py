"""Everything that a person can show: rows of evidence, and what came in by itself from courses and meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from accreditation.domain.evidence_facts import NOTHING, EvidencePiece
from accreditation.enums import OWN_ORIGINS, EvidenceKind, EvidenceStatus
from accreditation.models import Evidence
from lms import api as learning


@dataclass(frozen=True)
class Portfolio:
    """`rows`: the person's own pieces, newest first. `pieces`: these and the automatic ones, as the rules see them.

    `learned_facts`: the facts behind the automatic ones, by reference.
    """

    rows: tuple[Evidence, ...]
    pieces: tuple[EvidencePiece, ...]
    learned_facts: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def portfolio_of(person_id: int) -> Portfolio:
    """The portfolio as it stands now. One query, and those of `lms.api.learning_facts`."""
    rows = tuple(Evidence.objects.in_portfolio().filter(person_id=person_id).select_related("file"))
    facts = learning.learning_facts(person_id)
    learned = pieces_of_learning(facts)
    live = {piece.ref for piece in learned}
    own = tuple(piece for piece in map(piece_of_row, rows) if piece.ref not in live)
    return Portfolio(rows=rows, pieces=own + learned, learned_facts=facts_of_learning(facts))


def piece_of_row(row: Evidence) -> EvidencePiece:
    """A row as the rules see it; facts that cannot be read count for nothing."""
    return piece_of_facts(
        ref=f"evidence:{row.pk}" if row.origin in OWN_ORIGINS else row.origin_ref,
        kind=row.kind,
        title=row.title,
        status=row.status,
        facts=row.facts,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        note=row.reason,
    )


def piece_of_facts(
    *,
    ref: str,
    kind: str,
    title: str,
    status: str,
    facts: dict[str, Any],
    valid_from: date | None,
    valid_until: date | None,
    note: str = "",
) -> EvidencePiece:
    """A piece from stored facts, of a row or of a frozen snapshot."""
    meetings = facts.get("meetings", 1 if kind == EvidenceKind.MEETING else 0)
    return EvidencePiece(
        ref=ref,
        kind=kind,
        title=title,
        status=status,
        valid_from=valid_from,
        valid_until=valid_until,
        hours=_hours(facts.get("hours")),
        meetings=meetings if isinstance(meetings, int) else 0,
        level=str(facts.get("level", "")),
        form=str(facts.get("form", "")),
        name=str(facts.get("degree") or facts.get("association") or facts.get("slug") or ""),
        note=note,
    )


def pieces_of_learning(learned: learning.LearningFacts) -> tuple[EvidencePiece, ...]:
    """Completed courses and meetings; a meeting that nobody confirmed yet waits."""
    courses = tuple(_course(fact) for fact in learned.completions)
    return courses + tuple(_meeting(fact) for fact in learned.meetings)


def facts_of_learning(learned: learning.LearningFacts) -> dict[str, dict[str, Any]]:
    """The facts behind automatic pieces by reference, to be frozen with a round."""
    found: dict[str, dict[str, Any]] = {}
    for done in learned.completions:
        found[f"course:{done.enrolment_id}"] = {
            "slug": done.course_slug,
            "level": done.level,
            "version": done.version_number,
            "hours": str(done.hours),
        }
    for met in learned.meetings:
        found[f"meeting:{met.presence_id}"] = {
            "form": met.kind,
            "hours": str(met.hours),
            "meetings": 1,
            "group": met.group_name,
            "late": met.late,
            "overlaps": met.overlaps,
        }
    return found


def _course(fact: learning.CompletionFact) -> EvidencePiece:
    return EvidencePiece(
        ref=f"course:{fact.enrolment_id}",
        kind=EvidenceKind.COURSE,
        title=fact.course_title,
        valid_from=fact.completed_on,
        hours=fact.hours,
        level=str(fact.level),
        name=fact.course_slug,
    )


def _meeting(fact: learning.MeetingFact) -> EvidencePiece:
    return EvidencePiece(
        ref=f"meeting:{fact.presence_id}",
        kind=EvidenceKind.MEETING,
        title=fact.group_name,
        status=EvidenceStatus.VERIFIED if fact.confirmed else EvidenceStatus.WAITING,
        valid_from=fact.held_on,
        hours=fact.hours,
        meetings=1,
        form=str(fact.kind),
    )


def _hours(value: Any) -> Decimal:
    try:
        hours = Decimal(str(value or 0))
    except InvalidOperation:
        return NOTHING
    return hours if hours.is_finite() else NOTHING
