"""Criteria that explain themselves: pure, total and deterministic. No database, no clock, no settings.

`evaluate` looks at one person's evidence on one day with one version of the rules. The same arguments always give the
same answer, so a decision can be replayed years later with the version of its own day. Source of the six criteria:
the network's training policy, chapter on quality criteria and recognition.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accreditation.domain.criterion_kinds import KIND_READERS, ExperienceRule, Rule, judge
from accreditation.domain.evidence_facts import (
    EvidencePiece,
    Finding,
    Measure,
    NextStep,
    UnusedEvidence,
    UsedEvidence,
    in_order,
)
from accreditation.enums import CriterionState, DossierRoute
from accreditation.exceptions import CriteriaError

HOLDS = (CriterionState.MET, CriterionState.EXPIRING)


@dataclass(frozen=True)
class Criterion:
    """One quality criterion with its rule."""

    id: str
    number: int
    title: str
    about: str
    rule: Rule


@dataclass(frozen=True)
class Rules:
    """All criteria of one level, in order."""

    level: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class CriterionResult:
    """Where somebody stands on one criterion, and why.

    `needed` is False where the chosen route does not ask for it. `until`: the last day on which the state
    holds, where that is known.
    """

    id: str
    number: int
    title: str
    state: str
    reason: str
    used: tuple[UsedEvidence, ...] = ()
    unused: tuple[UnusedEvidence, ...] = ()
    next_step: NextStep | None = None
    needed: bool = True
    about: str = ""
    until: date | None = None
    measure: Measure | None = None


@dataclass(frozen=True)
class Evaluation:
    """All criteria of a level for one person on one day.

    `met`: every needed criterion holds. `ready`: nothing is missing, so that the dossier may be handed in.
    """

    level: str
    route: str
    on: date
    met: bool
    ready: bool
    criteria: tuple[CriterionResult, ...] = field(default=())

    @property
    def missing(self) -> tuple[CriterionResult, ...]:
        """Needed criteria that still miss something, in order."""
        return tuple(c for c in self.criteria if c.needed and c.state == CriterionState.MISSING)

    @property
    def met_count(self) -> int:
        """How many of the criteria hold on this route."""
        return sum(c.state in HOLDS for c in self.criteria)


def parse_rules(data: Mapping[str, Any]) -> Rules:
    """Read stored rules.

    Raises CriteriaError for rules without criteria, a kind that does not exist, a parameter that is missing or
    impossible, the same criterion twice, or an alternative for a criterion that is not there.
    """
    try:
        criteria = tuple(
            Criterion(
                id=str(entry["id"]),
                number=int(entry["number"]),
                title=str(entry["title"]),
                about=str(entry.get("about", "")),
                rule=KIND_READERS[entry["rule"]["kind"]](entry["rule"]),
            )
            for entry in data["criteria"]
        )
        level = str(data["level"])
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise CriteriaError(f"Deze kwaliteitscriteria zijn niet leesbaar: {error!r}.") from error
    ids = [criterion.id for criterion in criteria]
    if not ids or len(set(ids)) != len(ids):
        raise CriteriaError("Kwaliteitscriteria hebben minstens één criterium, en elk maar één keer.")
    for criterion in criteria:
        if isinstance(criterion.rule, ExperienceRule) and not {
            criterion.rule.replaces,
            *criterion.rule.requires,
            *criterion.rule.not_required,
        } <= set(ids) - {criterion.id}:
            raise CriteriaError("Een criterium verwijst naar een criterium dat er niet is.")
    return Rules(level=level, criteria=tuple(sorted(criteria, key=lambda c: c.number)))


def evaluate(
    rules: Rules,
    evidence: Iterable[EvidencePiece],
    on: date,
    *,
    route: str = DossierRoute.DEGREE,
    found: MutableMapping[Rule, Finding] | None = None,
) -> Evaluation:
    """Judge every criterion on a day. Never raises: whatever the evidence says, there is an answer with a reason.

    The order of the evidence does not matter and a piece that is given twice counts once. More valid evidence never
    makes a state worse; time alone only makes things expire.

    `found`: findings of the same evidence on the same day, by rule; who judges by two versions of the criteria hands
    the same mapping to both, so that a rule they share is judged once.
    """
    pieces = in_order(evidence)
    findings: MutableMapping[Rule, Finding] = {} if found is None else found
    results = {}
    for criterion in rules.criteria:
        if criterion.rule not in findings:
            findings[criterion.rule] = judge(criterion.rule, pieces, on)
        results[criterion.id] = _result(criterion, findings[criterion.rule])
    for criterion in rules.criteria:
        if isinstance(criterion.rule, ExperienceRule):
            if route == DossierRoute.EXPERIENCE:
                _experience_route(criterion, criterion.rule, results)
            else:
                _degree_route(criterion, criterion.rule, results)
    ordered = tuple(results[c.id] for c in rules.criteria)
    needed = [result for result in ordered if result.needed]
    return Evaluation(
        level=rules.level,
        route=str(route),
        on=on,
        met=bool(needed) and all(result.state in HOLDS for result in needed),
        ready=bool(needed) and all(result.state != CriterionState.MISSING for result in needed),
        criteria=ordered,
    )


def lacking(
    rules: Rules,
    pieces: tuple[EvidencePiece, ...],
    on: date,
    *,
    route: str = DossierRoute.DEGREE,
    found: MutableMapping[Rule, Finding] | None = None,
) -> frozenset[str]:
    """Ids of the needed criteria that miss something: what `evaluate` would say, without its words.

    `pieces`: already in the fixed order of `in_order`. `found`: as for `evaluate`.
    """
    findings: MutableMapping[Rule, Finding] = {} if found is None else found
    if route != DossierRoute.DEGREE:
        answer = evaluate(rules, pieces, on, route=route, found=findings)
        return frozenset(result.id for result in answer.missing)
    missing = set()
    for criterion in rules.criteria:
        rule = criterion.rule
        # On the degree route nobody is asked for experience.
        if isinstance(rule, ExperienceRule):
            continue
        if rule not in findings:
            findings[rule] = judge(rule, pieces, on)
        if findings[rule].state == CriterionState.MISSING:
            missing.add(criterion.id)
    return frozenset(missing)


def _result(criterion: Criterion, finding: Finding) -> CriterionResult:
    return CriterionResult(
        id=criterion.id,
        number=criterion.number,
        title=criterion.title,
        about=criterion.about,
        state=finding.state,
        reason=finding.reason,
        used=finding.used,
        unused=finding.unused,
        next_step=finding.next_step,
        until=finding.until,
        measure=finding.measure,
    )


def _degree_route(criterion: Criterion, rule: ExperienceRule, results: dict[str, CriterionResult]) -> None:
    """Experience is not asked: its arc follows the criterion that it could have replaced."""
    replaced, own = results[rule.replaces], results[criterion.id]
    if replaced.state == CriterionState.MISSING:
        reason = _("Alleen nodig als je geen diploma uit de lijst hebt.")
        step = NextStep(label=_("Kies de ervaringsroute"), url_name="accreditation:dossier_route")
    elif replaced.state == CriterionState.PENDING:
        reason, step = _("Niet nodig als je diploma in orde is."), None
    else:
        reason, step = _("Niet nodig: je diploma telt al."), None
    why = _("Telt niet mee op de gewone route. Je diploma volstaat.")
    known = {piece.ref for piece in own.unused}
    aside = tuple(UnusedEvidence(u.ref, u.title, why) for u in own.used if u.ref not in known)
    results[criterion.id] = replace(
        own,
        state=replaced.state,
        reason=reason,
        used=(),
        unused=aside + own.unused,
        next_step=step,
        needed=False,
        until=replaced.until,
        measure=None,
    )


def _experience_route(
    criterion: Criterion, rule: ExperienceRule, results: dict[str, CriterionResult]
) -> None:
    """Experience replaces one criterion only, needs others, and is always left to the committee."""
    own = results[criterion.id]
    lacking = [results[other] for other in rule.requires if results[other].state == CriterionState.MISSING]
    if own.state != CriterionState.MISSING and lacking:
        titles = ", ".join(result.title.lower() for result in lacking)
        own = replace(
            own,
            state=CriterionState.MISSING,
            reason=_("Je ervaring is genoeg. Eerst moet nog in orde zijn: %(titles)s.") % {"titles": titles},
            next_step=lacking[0].next_step,
        )
    results[criterion.id] = own
    results[rule.replaces] = replace(
        results[rule.replaces],
        state=own.state,
        reason=_("Niet nodig: je ervaring komt in de plaats van een diploma uit de lijst."),
        next_step=None,
        needed=False,
        until=None,
    )
    for other in rule.not_required:
        result = results[other]
        if result.state not in HOLDS:
            reason = _("Niet nodig op de ervaringsroute. Ben je lid? Dan mag je het tonen.")
            results[other] = replace(result, reason=reason, until=None)
        results[other] = replace(results[other], state=CriterionState.MET, needed=False)
