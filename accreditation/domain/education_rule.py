"""Rule kind: intervision and supervision over a moving window."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accreditation.domain.evidence_facts import (
    NOTHING,
    EvidencePiece,
    Finding,
    Measure,
    NextStep,
    left_out,
    not_yet,
    sort_out,
    spell_day,
    spell_number,
    use,
)
from accreditation.domain.periods import is_in_window, leaves_window_on
from accreditation.enums import CriterionState, EvidenceKind

KINDS = (EvidenceKind.MEETING, EvidenceKind.STATEMENT)
SUPERVISION = "supervision"
Pieces = tuple[EvidencePiece, ...]


@dataclass(frozen=True)
class EducationRule:
    """Hours, number of meetings and hours of supervision within the last months, counted back from the day."""

    window_months: int
    hours: Decimal
    meetings: int
    supervision_hours: Decimal
    warn_days: int


def judge_education(rule: EducationRule, pieces: Pieces, on: date) -> Finding:
    """Met while the window holds enough; expiring when it soon will not, without anything new."""
    found = sort_out(pieces, kinds=KINDS, on=on)
    verified = _in_window(found.verified, rule, on)
    both = _in_window((*found.verified, *found.waiting), rule, on)
    old = tuple(
        left_out(
            p, _("Te lang geleden: we tellen de laatste %(months)s maanden.") % {"months": rule.window_months}
        )
        for p in (*found.verified, *found.waiting)
        if not is_in_window(_day(p), on=on, months=rule.window_months)
    )
    unused = old + found.unused
    measure = Measure(min(_hours(both), rule.hours), rule.hours, "hours")
    if _enough(verified, rule):
        unused = not_yet(p for p in both if p not in verified) + unused
        last = _holds_until(verified, rule)
        reason = _("Je was er %(hours)s uur bij in de laatste %(months)s maanden.") % {
            "hours": spell_number(_hours(verified)),
            "months": rule.window_months,
        }
        if last == date.max or last - on > timedelta(days=rule.warn_days):
            return Finding(CriterionState.MET, reason, use(verified), unused, until=last, measure=measure)
        soon = _("In orde tot en met %(day)s. Plan op tijd je volgende bijeenkomst.") % {
            "day": spell_day(last)
        }
        return Finding(
            CriterionState.EXPIRING, soon, use(verified), unused, _plan(), until=last, measure=measure
        )
    if _enough(both, rule):
        reason = _("Je hebt genoeg uren. Een deel wacht nog op bevestiging.")
        return Finding(CriterionState.PENDING, reason, use(both), unused, measure=measure)
    step, reason = _plan(), _lacks(both, rule)
    if found.asked:
        step = NextStep(_("Vul aan"), "accreditation:evidence_replace", found.asked.ref.partition(":")[2])
        reason += " " + _("We vragen je nog iets over een verklaring.")
    return Finding(CriterionState.MISSING, reason, use(both), unused, step, measure=measure)


def _plan() -> NextStep:
    return NextStep(_("Bekijk je intervisie"), "/mijn/intervisie/")


def _day(piece: EvidencePiece) -> date:
    """A meeting counts on its day; a statement over a period counts on the last day of it."""
    return piece.valid_until or piece.valid_from or date.min


def _in_window(pieces: Pieces, rule: EducationRule, on: date) -> Pieces:
    return tuple(p for p in pieces if is_in_window(_day(p), on=on, months=rule.window_months))


def _hours(pieces: Pieces, form: str = "") -> Decimal:
    return sum((max(p.hours, NOTHING) for p in pieces if not form or p.form == form), NOTHING)


def _meetings(pieces: Pieces) -> int:
    return sum(max(p.meetings, 0) for p in pieces)


def _enough(pieces: Pieces, rule: EducationRule) -> bool:
    return (
        _hours(pieces) >= rule.hours
        and _meetings(pieces) >= rule.meetings
        and _hours(pieces, SUPERVISION) >= rule.supervision_hours
    )


def _holds_until(pieces: Pieces, rule: EducationRule) -> date:
    """The last day on which these pieces alone are enough; `date.max` when nothing is asked."""
    left = sorted(pieces, key=lambda p: (_day(p), p.ref))
    while left:
        leaving = leaves_window_on(_day(left[0]), months=rule.window_months)
        left = [p for p in left if leaves_window_on(_day(p), months=rule.window_months) > leaving]
        if not _enough(tuple(left), rule):
            return leaving - timedelta(days=1)
    return date.max


def _lacks(pieces: Pieces, rule: EducationRule) -> str:
    have, want = _hours(pieces), rule.hours
    if have < want:
        return _(
            "Je hebt %(have)s van de %(want)s uur intervisie of supervisie in de laatste %(months)s maanden."
        ) % {
            "have": spell_number(have),
            "want": spell_number(want),
            "months": rule.window_months,
        }
    supervision = _hours(pieces, SUPERVISION)
    if supervision < rule.supervision_hours:
        left = spell_number(rule.supervision_hours - supervision)
        return _("Je hebt genoeg uren. We missen nog %(left)s uur supervisie.") % {"left": left}
    return _(
        "Je hebt genoeg uren, maar de uren zijn over te weinig bijeenkomsten gespreid: %(have)s van de %(want)s."
    ) % {
        "have": _meetings(pieces),
        "want": rule.meetings,
    }
