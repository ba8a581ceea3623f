"""Rule kind: completed courses and hours of training, per level."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.domain.course_rule import once_each
from accreditation.domain.evidence_facts import (
    NOTHING,
    EvidencePiece,
    Finding,
    Measure,
    NextStep,
    left_out,
    not_yet,
    sort_out,
    spell_number,
    use,
)
from accreditation.enums import CriterionState, EvidenceKind, Level

KINDS = (EvidenceKind.COURSE, EvidenceKind.TRAINING)


@dataclass(frozen=True)
class Minimum:
    """At least so many hours, and so many separate trainings, of one of the levels."""

    hours: Decimal
    pieces: int
    levels: tuple[str, ...]


@dataclass(frozen=True)
class TrainingRule:
    """All minimums must be reached; one training may serve several of them."""

    minimums: tuple[Minimum, ...]


def judge_training(rule: TrainingRule, pieces: tuple[EvidencePiece, ...], on: date) -> Finding:
    """Met when verified trainings reach every minimum, pending when those that wait would."""
    found = sort_out(pieces, kinds=KINDS, on=on)
    levels = {level for minimum in rule.minimums for level in minimum.levels}
    counted, again = once_each(found.verified)
    verified = tuple(p for p in counted if p.level in levels)
    waiting = tuple(p for p in found.waiting if p.level in levels)
    other = tuple(
        left_out(p, _("Deze opleiding hoort bij een ander niveau."))
        for p in (*counted, *found.waiting)
        if p.level not in levels
    )
    unused = again + other + found.unused
    both = verified + waiting
    largest = max(rule.minimums, key=lambda m: m.hours)
    have = min(_hours(both, largest), largest.hours)
    measure = Measure(have, largest.hours, "hours")
    if all(_reached(verified, minimum) for minimum in rule.minimums):
        reason = _("Je volgde %(hours)s uur opleiding.") % {"hours": spell_number(_hours(verified, largest))}
        return Finding(CriterionState.MET, reason, use(verified), not_yet(waiting) + unused, measure=measure)
    if all(_reached(both, minimum) for minimum in rule.minimums):
        reason = _("Je hebt genoeg opleiding. Een deel kijken we nog na.")
        return Finding(CriterionState.PENDING, reason, use(both), unused, measure=measure)
    lacking = [m for m in rule.minimums if not _reached(both, m)]
    step, reason = NextStep(_("Kies een cursus"), "/cursussen/"), _lacks(both, lacking[0])
    if found.asked:
        step = NextStep(_("Vul aan"), "accreditation:evidence_replace", found.asked.ref.partition(":")[2])
        reason += " " + _("We vragen je nog iets over een attest.")
    return Finding(CriterionState.MISSING, reason, use(both), unused, step, measure=measure)


def _hours(pieces: tuple[EvidencePiece, ...], minimum: Minimum) -> Decimal:
    return sum((max(p.hours, NOTHING) for p in pieces if p.level in minimum.levels), NOTHING)


def _count(pieces: tuple[EvidencePiece, ...], minimum: Minimum) -> int:
    return sum(p.level in minimum.levels for p in pieces)


def _reached(pieces: tuple[EvidencePiece, ...], minimum: Minimum) -> bool:
    return _hours(pieces, minimum) >= minimum.hours and _count(pieces, minimum) >= minimum.pieces


def _lacks(pieces: tuple[EvidencePiece, ...], minimum: Minimum) -> str:
    only_specialised = minimum.levels == (Level.SPECIALISED,)
    have, want = _hours(pieces, minimum), minimum.hours
    if have < want:
        words = {"have": spell_number(have), "want": spell_number(want), "left": spell_number(want - have)}
        if only_specialised:
            return (
                _("Je hebt %(have)s van de %(want)s uur op gespecialiseerd niveau. Nog %(left)s uur te gaan.")
                % words
            )
        return _("Je hebt %(have)s van de %(want)s uur opleiding. Nog %(left)s uur te gaan.") % words
    left = minimum.pieces - _count(pieces, minimum)
    words_left = {"left": left}
    if only_specialised:
        return (
            ngettext(
                "Volg nog %(left)s opleiding op gespecialiseerd niveau.",
                "Volg nog %(left)s opleidingen op gespecialiseerd niveau.",
                left,
            )
            % words_left
        )
    return (
        ngettext(
            "Je hebt genoeg uren. Volg nog %(left)s opleiding op basisniveau.",
            "Je hebt genoeg uren. Volg nog %(left)s opleidingen op basisniveau.",
            left,
        )
        % words_left
    )
