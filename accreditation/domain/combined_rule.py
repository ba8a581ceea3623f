"""A criterion made of several small rules: all of them must hold, or one of them is enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from accreditation.domain.evidence_facts import Finding, UnusedEvidence, UsedEvidence
from accreditation.enums import CriterionState

#: From what is worst to what is best for somebody.
ORDER = (CriterionState.MISSING, CriterionState.PENDING, CriterionState.EXPIRING, CriterionState.MET)


@dataclass(frozen=True)
class AllRule:
    """Every part must hold. A part is a rule of another kind, never again a combination."""

    parts: tuple[Any, ...]


@dataclass(frozen=True)
class AnyRule:
    """One part is enough."""

    parts: tuple[Any, ...]


def combine_all(findings: tuple[Finding, ...]) -> Finding:
    """The weakest part decides the state and names what to do; evidence of all parts counts."""
    weakest = min(findings, key=lambda f: ORDER.index(CriterionState(f.state)))
    if weakest.state == CriterionState.MET:
        reasons = [f.reason for f in findings]
    else:
        reasons = [f.reason for f in findings if f.state == weakest.state]
    ends = [f.until for f in findings if f.until is not None]
    used = _each_once(use for f in findings for use in f.used)
    return Finding(
        state=weakest.state,
        reason=" ".join(dict.fromkeys(reasons)),
        used=used,
        unused=_aside(findings, used),
        next_step=weakest.next_step,
        until=min(ends, default=None),
        measure=weakest.measure,
    )


def combine_any(findings: tuple[Finding, ...]) -> Finding:
    """The strongest part decides; where none holds yet, the part that is nearest comes first."""
    best = max(findings, key=lambda f: (ORDER.index(CriterionState(f.state)), f.until or date.max, _share(f)))
    return Finding(
        state=best.state,
        reason=best.reason,
        used=best.used,
        unused=_aside((best, *(f for f in findings if f is not best)), best.used),
        next_step=best.next_step,
        until=best.until,
        measure=best.measure,
    )


def _share(finding: Finding) -> float:
    measure = finding.measure
    return float(measure.have / measure.want) if measure and measure.want else 0.0


def _each_once(used: Iterable[UsedEvidence]) -> tuple[UsedEvidence, ...]:
    return tuple({use.ref: use for use in used}.values())


def _aside(findings: tuple[Finding, ...], used: tuple[UsedEvidence, ...]) -> tuple[UnusedEvidence, ...]:
    """What no part uses, once each, with the first part's word on it; pieces of another part say so."""
    counted = {use.ref for use in used}
    found: dict[str, UnusedEvidence] = {}
    for finding in findings:
        for left in finding.unused:
            found.setdefault(left.ref, left)
    for finding in findings:
        for use in finding.used:
            found.setdefault(use.ref, UnusedEvidence(use.ref, use.title, finding.reason))
    return tuple(left for ref, left in found.items() if ref not in counted)
