"""Rule kind: certain courses of the catalogue."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.domain.evidence_facts import (
    EvidencePiece,
    Finding,
    NextStep,
    UnusedEvidence,
    left_out,
    not_yet,
    sort_out,
    use,
)
from accreditation.enums import CriterionState, EvidenceKind


@dataclass(frozen=True)
class NamedCourse:
    """A course of the catalogue: the slug that completions carry, and the title for people."""

    slug: str
    title: str


@dataclass(frozen=True)
class CoursesRule:
    """At least so many of the named courses are completed; `at_least` never exceeds their number."""

    courses: tuple[NamedCourse, ...]
    at_least: int


def judge_courses(rule: CoursesRule, pieces: tuple[EvidencePiece, ...], on: date) -> Finding:
    """Met when enough of the named courses are completed; a course followed twice counts once."""
    found = sort_out(pieces, kinds=(EvidenceKind.COURSE,), on=on)
    wanted = {course.slug for course in rule.courses}
    named = tuple(p for p in found.verified if p.name in wanted)
    verified, again = once_each(named)
    waiting = tuple(p for p in found.waiting if p.name in wanted)
    other = tuple(
        left_out(p, _("Deze cursus wordt hier niet gevraagd."))
        for p in (*found.verified, *found.waiting)
        if p.name not in wanted
    )
    unused = again + other + found.unused
    done = {p.name for p in verified}
    if len(done) >= rule.at_least:
        return Finding(CriterionState.MET, _done(rule, verified), use(verified), not_yet(waiting) + unused)
    both = verified + waiting
    if len(done | {p.name for p in waiting}) >= rule.at_least:
        return Finding(CriterionState.PENDING, _("We kijken je cursus nog na."), use(both), unused)
    open_ones = [course for course in rule.courses if course.slug not in done]
    step = NextStep(_("Bekijk de cursus"), f"/cursussen/{open_ones[0].slug}/")
    if len(open_ones) > 1 and rule.at_least - len(done) < len(open_ones):
        step = NextStep(_("Kies een cursus"), "/cursussen/")
    return Finding(CriterionState.MISSING, _lacks(rule, open_ones, len(done)), use(both), unused, step)


def once_each(
    pieces: tuple[EvidencePiece, ...],
) -> tuple[tuple[EvidencePiece, ...], tuple[UnusedEvidence, ...]]:
    """A course of ours that was followed again counts once, with its most hours."""
    best: dict[tuple[str, str], EvidencePiece] = {}
    for piece in pieces:
        if piece.kind == EvidenceKind.COURSE and piece.name:
            key = (piece.name, piece.level)
            best[key] = max(best.get(key, piece), piece, key=lambda p: (p.hours, p.ref))
    kept = {piece.ref for piece in best.values()}
    again = [p for p in pieces if p.kind == EvidenceKind.COURSE and p.name and p.ref not in kept]
    left = tuple(p for p in pieces if p not in again)
    return left, tuple(left_out(p, _("Deze cursus telt één keer mee.")) for p in again)


def _done(rule: CoursesRule, verified: tuple[EvidencePiece, ...]) -> str:
    titles = ", ".join(dict.fromkeys(piece.title for piece in verified))
    return _("Je volgde %(titles)s.") % {"titles": titles}


def _lacks(rule: CoursesRule, open_ones: list[NamedCourse], done: int) -> str:
    left = rule.at_least - done
    titles = ", ".join(course.title for course in open_ones)
    if left == len(open_ones):
        return ngettext(
            "We missen nog deze cursus: %(titles)s.", "We missen nog deze cursussen: %(titles)s.", left
        ) % {"titles": titles}
    return ngettext(
        "Volg nog %(left)s van deze cursussen: %(titles)s.",
        "Volg nog %(left)s van deze cursussen: %(titles)s.",
        left,
    ) % {"left": left, "titles": titles}
