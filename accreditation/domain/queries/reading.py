"""A frozen round as readers see it: every criterion with the evidence it rests on. Reads the snapshot only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy

from accreditation.domain.evidence_facts import spell_number
from accreditation.enums import DossierRoute, EvidenceKind, EvidenceStatus, Level
from accreditation.models import DossierRound

LABELS = {
    "institution": gettext_lazy("School"),
    "year": gettext_lazy("Jaar"),
    "provider": gettext_lazy("Organisator"),
    "hours": gettext_lazy("Uren"),
    "level": gettext_lazy("Niveau"),
    "form": gettext_lazy("Vorm"),
    "meetings": gettext_lazy("Bijeenkomsten"),
    "signed_by": gettext_lazy("Ondertekend door"),
    "organisation": gettext_lazy("Organisatie"),
    "association": gettext_lazy("Beroepsvereniging"),
    "insurer": gettext_lazy("Verzekeraar"),
    "cover": gettext_lazy("Dekking"),
    "register": gettext_lazy("Register"),
    "attested_by": gettext_lazy("Bevestigd door"),
    "attested_function": gettext_lazy("Functie van wie bevestigt"),
    "role": gettext_lazy("Functie"),
    "group": gettext_lazy("Groep"),
}
NOTES = {
    "late": gettext_lazy("Later ingevoerd, met een reden"),
    "overlaps": gettext_lazy("Valt samen met een ander overleg"),
}
WORDS = {"intervision": gettext_lazy("intervisie"), "supervision": gettext_lazy("supervisie")}
WORDS |= {"own": gettext_lazy("eigen polis"), "employer": gettext_lazy("via de werkgever")}
WORDS |= {level.value: level.label for level in Level}


PAGES_SHOWN = 6


@dataclass(frozen=True)
class ReadingPiece:
    """One piece of evidence as it was on the day of handing in. `anchor` is its place on the page."""

    ref: str
    anchor: str
    title: str
    kind: str
    status: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    evidence_id: int | None
    mime: str
    size: int
    pages: int

    @property
    def has_file(self) -> bool:
        """Whether there is a document to open."""
        return bool(self.mime)

    @property
    def page_numbers(self) -> range:
        """Pages that are shown as pictures in the page, from 1."""
        return range(1, min(max(self.pages, 1), PAGES_SHOWN) + 1)

    @property
    def more_pages(self) -> int:
        """How many pages only stand in the file itself."""
        return max(0, self.pages - PAGES_SHOWN)


@dataclass(frozen=True)
class ReadingCriterion:
    """One criterion as judged on the day of handing in."""

    id: str
    number: int
    title: str
    state: str
    needed: bool
    reason: str
    pieces: tuple[ReadingPiece, ...]


@dataclass(frozen=True)
class ReadingDossier:
    """Everything that a reader judges by. `loose`: pieces that serve no criterion, such as lived experience."""

    level_name: str
    route_name: str
    on: date
    criteria: tuple[ReadingCriterion, ...]
    pieces: tuple[ReadingPiece, ...]
    loose: tuple[ReadingPiece, ...]


def reading_dossier(frozen: DossierRound) -> ReadingDossier:
    """The round as frozen. No query."""
    snapshot = frozen.snapshot
    pieces = {piece.ref: piece for piece in map(_piece, snapshot["evidence"])}
    criteria = tuple(
        ReadingCriterion(
            id=str(row["id"]),
            number=int(row["number"]),
            title=str(row["title"]),
            state=str(row["state"]),
            needed=bool(row["needed"]),
            reason=str(row["reason"]),
            pieces=tuple(pieces[ref] for ref in row["used"] if ref in pieces),
        )
        for row in snapshot["criteria"]
    )
    # Documents stand in the order of the criteria they serve, each once.
    ordered = dict.fromkeys(piece for criterion in criteria for piece in criterion.pieces)
    loose = tuple(piece for piece in pieces.values() if piece not in ordered)
    return ReadingDossier(
        level_name=str(Level(snapshot["level"]).label),
        route_name=str(DossierRoute(snapshot["route"]).label),
        on=date.fromisoformat(snapshot["on"]),
        criteria=criteria,
        pieces=(*ordered, *loose),
        loose=loose,
    )


def _piece(data: Mapping[str, Any]) -> ReadingPiece:
    ref, stored = str(data["ref"]), data.get("file") or {}
    if data["kind"] == EvidenceKind.INSURANCE and data["status"] == EvidenceStatus.VERIFIED:
        # The office looked at the policy; readers need its cover and validity and nothing else of it.
        stored = {}
    origin, _sep, number = ref.partition(":")
    facts = data.get("facts") or {}
    return ReadingPiece(
        ref=ref,
        anchor=f"stuk-{origin}-{number}",
        title=str(data["title"]),
        kind=str(EvidenceKind(data["kind"]).label),
        status=str(EvidenceStatus(data["status"]).label),
        facts=tuple((str(label), _spell(facts[name])) for name, label in LABELS.items() if facts.get(name)),
        notes=tuple(str(text) for name, text in NOTES.items() if facts.get(name)),
        valid_from=_day(data.get("valid_from")),
        valid_until=_day(data.get("valid_until")),
        evidence_id=int(number) if origin == "evidence" else None,
        mime=str(stored.get("mime") or ""),
        size=int(stored.get("size") or 0),
        pages=int(stored.get("pages") or 0),
    )


def _spell(value: object) -> str:
    text = str(value)
    if text in WORDS:
        return str(WORDS[text])
    if isinstance(value, int):
        return text
    try:
        return spell_number(Decimal(text)) if text[:1].isdigit() else text
    except InvalidOperation:
        return text


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
