"""Rule kind: a document that must be valid on the day (insurance policy, membership)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from accreditation.domain.evidence_facts import (
    EvidencePiece,
    Finding,
    NextStep,
    left_out,
    not_yet,
    sort_out,
    spell_day,
    use,
)
from accreditation.domain.periods import Period, covered_until
from accreditation.enums import CriterionState, EvidenceKind

ADD = "accreditation:evidence_add"
MEND = "accreditation:evidence_replace"


@dataclass(frozen=True)
class DocumentRule:
    """A verified document of a kind covers the day; its end is announced some days before."""

    evidence: str
    warn_days: int


@dataclass(frozen=True)
class _Words:
    held: str
    waiting: str
    asked: str
    missing: str
    add: str
    renew: str


def _words(kind: str) -> _Words:
    if kind == EvidenceKind.INSURANCE:
        return _Words(
            held=_("Je bent verzekerd"),
            waiting=_("We kijken je polis na."),
            asked=_("We vragen je nog iets over je polis."),
            missing=_("We missen nog je polis, of een bevestiging van je werkgever."),
            add=_("Voeg je polis toe"),
            renew=_("Voeg je nieuwe polis toe"),
        )
    if kind == EvidenceKind.MEMBERSHIP:
        return _Words(
            held=_("Je bent lid"),
            waiting=_("We kijken je lidmaatschap na."),
            asked=_("We vragen je nog iets over je lidmaatschap."),
            missing=_("We missen nog een bewijs dat je lid bent van een beroepsvereniging."),
            add=_("Voeg je lidmaatschap toe"),
            renew=_("Voeg je nieuwe lidmaatschap toe"),
        )
    return _Words(
        held=_("Je document is in orde"),
        waiting=_("We kijken je document na."),
        asked=_("We vragen je nog iets over je document."),
        missing=_("We missen nog een document."),
        add=_("Voeg je document toe"),
        renew=_("Voeg je nieuwe document toe"),
    )


def judge_document(rule: DocumentRule, pieces: tuple[EvidencePiece, ...], on: date) -> Finding:
    """Met while verified documents cover the day without a gap; expiring when the end is near."""
    words = _words(rule.evidence)
    upcoming = [
        p for p in pieces if p.kind == rule.evidence and p.valid_from is not None and p.valid_from > on
    ]
    found = sort_out(pieces, kinds=(rule.evidence,), on=on)
    current = [p for p in found.verified if _end(p) >= on]
    waiting = [p for p in found.waiting if _end(p) >= on]
    over = tuple(
        left_out(p, _("Liep af op %(day)s.") % {"day": spell_day(_end(p))})
        for p in (*found.verified, *found.waiting)
        if _end(p) < on
    )
    unused = over + found.unused
    last = covered_until([_period(p) for p in _verified(current, upcoming)], on=on)
    if last is not None:
        unused = not_yet(waiting) + unused
        renewed = _renewed(waiting, upcoming, last)
        return _held(rule, words, current, unused, last=last, on=on, renewed=renewed)
    if waiting:
        return Finding(CriterionState.PENDING, words.waiting, use(waiting), unused)
    if found.asked:
        step = NextStep(_("Vul aan"), MEND, found.asked.ref.partition(":")[2])
        return Finding(CriterionState.MISSING, words.asked, unused=unused, next_step=step)
    reason, label = words.missing, words.add
    ended = [_end(p) for p in found.verified if _end(p) < on]
    if ended:
        reason = _("Liep af op %(day)s.") % {"day": spell_day(max(ended))} + " " + words.missing
        label = words.renew
    return Finding(
        CriterionState.MISSING, reason, unused=unused, next_step=NextStep(label, ADD, rule.evidence)
    )


def _held(
    rule: DocumentRule,
    words: _Words,
    current: list[EvidencePiece],
    unused: tuple,  # type: ignore[type-arg]
    *,
    last: date,
    on: date,
    renewed: bool,
) -> Finding:
    if last == date.max:
        return Finding(CriterionState.MET, f"{words.held}.", use(current), unused)
    until = _("%(held)s tot en met %(day)s.") % {"held": words.held, "day": spell_day(last)}
    if last - on > timedelta(days=rule.warn_days):
        return Finding(CriterionState.MET, until, use(current), unused, until=last)
    if renewed:
        reason = until + " " + _("Wat je nieuw toevoegde, kijken we na.")
        return Finding(CriterionState.EXPIRING, reason, use(current), unused, until=last)
    step = NextStep(words.renew, ADD, rule.evidence)
    return Finding(CriterionState.EXPIRING, until, use(current), unused, step, until=last)


def _verified(current: list[EvidencePiece], upcoming: list[EvidencePiece]) -> list[EvidencePiece]:
    return current + [p for p in upcoming if p.status == "verified"]


def _renewed(waiting: list[EvidencePiece], upcoming: list[EvidencePiece], last: date) -> bool:
    return any(p.status == "waiting" and _end(p) > last for p in (*waiting, *upcoming))


def _end(piece: EvidencePiece) -> date:
    return piece.valid_until or date.max


def _period(piece: EvidencePiece) -> Period:
    return piece.valid_from or date.min, _end(piece)
