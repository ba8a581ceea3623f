"""From where somebody stands to everything in order: the steps, when they count, what they cost. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accreditation.domain.combined_rule import AllRule, AnyRule
from accreditation.domain.course_path import best_booking, course_gain, course_needs, plan_courses
from accreditation.domain.course_rule import CoursesRule
from accreditation.domain.criteria_rules import Criterion, CriterionResult, Evaluation, Rules
from accreditation.domain.criterion_kinds import (
    ADD,
    MEND,
    CommitteeRule,
    DegreeRule,
    ExperienceRule,
    Rule,
    judge,
    small_rules,
)
from accreditation.domain.document_rule import DocumentRule
from accreditation.domain.education_rule import EducationRule
from accreditation.domain.evidence_facts import EvidencePiece, NextStep
from accreditation.domain.group_path import plan_groups
from accreditation.domain.path_facts import Booking, Gap, Market, Path, PathCourse, PathGroup, Step
from accreditation.domain.training_rule import TrainingRule
from accreditation.enums import CriterionState, EvidenceKind, PathPreference

MOST_WAYS = 5
Pieces = tuple[EvidencePiece, ...]


@dataclass(frozen=True)
class _Plan:
    """Steps for one rule, or why there are none."""

    steps: tuple[Step, ...] = ()
    gaps: tuple[Gap, ...] = field(default=())

    @property
    def done_on(self) -> date:
        return max((step.done_on for step in self.steps if step.done_on), default=date.min)

    @property
    def price(self) -> Decimal:
        return sum((step.price for step in self.steps), Decimal(0))

    @property
    def distance(self) -> int:
        return sum(step.distance for step in self.steps)


def plan_path(
    rules: Rules, evaluation: Evaluation, evidence: Iterable[EvidencePiece], market: Market
) -> Path:
    """The best plan by the preference of the market, and beside it all ways for each missing criterion.

    Never raises. A criterion without a way is a gap that says why; the plan then has no day on which all is ready.
    """
    pieces = tuple(evidence)
    by_id = {criterion.id: criterion for criterion in rules.criteria}
    open_ones = [r for r in evaluation.criteria if r.needed and r.state == CriterionState.MISSING]
    plans = [_plan(by_id[result.id], result, pieces, market) for result in open_ones]
    steps = tuple(sorted((s for plan in plans for s in plan.steps), key=lambda s: s.starts_on or market.on))
    gaps = tuple(gap for plan in plans for gap in plan.gaps)
    ends = [step.done_on for step in steps if step.done_on is not None]
    return Path(
        preference=str(market.preference),
        steps=steps,
        gaps=gaps,
        ready_on=None if gaps else max(ends, default=market.on),
        price=sum((step.price for step in steps), Decimal(0)),
        ways={r.id: _ways(by_id[r.id], r, pieces, market) for r in open_ones},
    )


def _plan(criterion: Criterion, result: CriterionResult, pieces: Pieces, market: Market) -> _Plan:
    step = result.next_step
    if step is not None and step.url_name == MEND:
        # The office asked something about a piece: answering that comes before anything new.
        return _Plan((Step(criterion.id, "mend", step.label, action=step, done_on=market.on),))
    return _plan_rule(criterion, criterion.rule, pieces, market)


def _plan_rule(criterion: Criterion, rule: Rule, pieces: Pieces, market: Market) -> _Plan:
    if isinstance(rule, AnyRule):
        plans = [_plan_rule(criterion, part, pieces, market) for part in rule.parts]
        return min(plans, key=lambda plan: (len(plan.gaps), _key(plan, market)))
    learned = [p for p in small_rules(rule) if isinstance(p, TrainingRule | CoursesRule)]
    others = [p for p in small_rules(rule) if not isinstance(p, TrainingRule | CoursesRule)]
    plans = [_plan_learning(criterion, learned, pieces, market)] if learned else []
    plans += [
        _plan_other(criterion, part, pieces, market) for part in others if _lacks(part, rule, pieces, market)
    ]
    return _Plan(
        tuple(step for plan in plans for step in plan.steps),
        tuple(gap for plan in plans for gap in plan.gaps),
    )


def _lacks(part: Rule, whole: Rule, pieces: Pieces, market: Market) -> bool:
    """Whether a rule itself still misses something: a part of a combination, or experience that waits for others."""
    if not isinstance(whole, AllRule | ExperienceRule):
        return True
    return judge(part, pieces, market.on).state == CriterionState.MISSING


def _key(plan: _Plan, market: Market) -> tuple[object, ...]:
    if market.preference == PathPreference.CHEAPEST:
        return (plan.price, plan.done_on, len(plan.steps))
    if market.preference == PathPreference.NEAREST:
        return (plan.distance, plan.done_on, len(plan.steps))
    return (plan.done_on, len(plan.steps), plan.price)


def _plan_learning(
    criterion: Criterion, rules: list[TrainingRule | CoursesRule], pieces: Pieces, market: Market
) -> _Plan:
    plan = plan_courses(rules, pieces, market)
    if plan is None:
        return _Plan(gaps=(Gap(criterion.id, criterion.title, _why_no_course(rules, market)),))
    return _Plan(tuple(course_step(criterion.id, course, booking) for course, booking in plan.courses))


def _why_no_course(rules: list[TrainingRule | CoursesRule], market: Market) -> str:
    known = {course.slug for course in market.courses} | market.completed
    gone = [
        named.title
        for rule in rules
        if isinstance(rule, CoursesRule)
        for named in rule.courses
        if named.slug not in known
    ]
    if gone:
        return _("Deze cursus is nu niet te volgen: %(titles)s.") % {"titles": ", ".join(gone)}
    return _("Wat er nu te volgen is, volstaat niet. Er komen nieuwe groepen bij.")


def _plan_other(criterion: Criterion, rule: Rule, pieces: Pieces, market: Market) -> _Plan:
    if isinstance(rule, EducationRule):
        plan = plan_groups(rule, pieces, market)
        if plan is None:
            reason = _("Er is nu geen groep met vrije plaatsen waarmee je aan dit criterium komt.")
            return _Plan(gaps=(Gap(criterion.id, criterion.title, reason),))
        return _Plan(
            tuple(
                group_step(criterion.id, group, done_on=plan.done_on, is_estimate=plan.is_estimate)
                for group in plan.groups
            )
        )
    return _Plan(tuple(_uploads(criterion.id, rule, market)))


def course_step(criterion_id: str, course: PathCourse, booking: Booking) -> Step:
    """Following a course, by oneself, with a cohort, or going on with it."""
    taken = course.taken_until is not None
    cohort = booking.cohort_id
    return Step(
        criterion_id=criterion_id,
        kind="carry_on" if taken else ("course" if cohort is None else "cohort"),
        title=course.title,
        url=f"/mijn/leren/{course.slug}/" if taken else course.url,
        ref=""
        if taken
        else (f"course:{course.slug}" if cohort is None else f"cohort:{cohort}:{course.slug}"),
        note=booking.name,
        place=booking.place,
        starts_on=booking.starts_on,
        done_on=booking.ends_on,
        price=Decimal(0) if taken else booking.price,
        distance=booking.distance,
        places_left=booking.places_left,
    )


def group_step(criterion_id: str, group: PathGroup, *, done_on: date | None, is_estimate: bool) -> Step:
    """Taking part in a group, one's own or a new one."""
    note = _("ongeveer, als de groep op het gewone tempo samenkomt") if is_estimate else ""
    return Step(
        criterion_id=criterion_id,
        kind="carry_on" if group.is_mine else "group",
        title=group.name,
        url="/mijn/intervisie/" if group.is_mine else "",
        ref="" if group.is_mine else f"group:{group.group_id}",
        note=note,
        place=group.place,
        starts_on=min((meeting.held_on for meeting in group.meetings), default=None),
        done_on=done_on,
        distance=group.distance,
        places_left=None if group.is_mine else group.places_left,
        is_asked=group.is_asked,
    )


def _uploads(criterion_id: str, rule: Rule, market: Market) -> Iterable[Step]:
    kinds = {
        DegreeRule: (EvidenceKind.DIPLOMA, _("Voeg je diploma toe")),
        ExperienceRule: (EvidenceKind.EXPERIENCE, _("Voeg een verklaring over je ervaring toe")),
    }
    if isinstance(rule, DocumentRule | CommitteeRule):
        kind, words = EvidenceKind(rule.evidence), _("Voeg toe: %(kind)s")
        words = words % {"kind": str(kind.label)}
    elif type(rule) in kinds:
        kind, words = kinds[type(rule)]
    else:
        return
    action = NextStep(words, ADD, kind.value)
    yield Step(criterion_id, "upload", words, action=action, done_on=market.on)


def _ways(criterion: Criterion, result: CriterionResult, pieces: Pieces, market: Market) -> tuple[Step, ...]:
    """Every real way towards one criterion: what can be booked first, then what can be shown."""
    found: list[Step] = []
    for rule in small_rules(criterion.rule):
        if isinstance(rule, TrainingRule | CoursesRule):
            found += _course_ways(criterion.id, rule, pieces, market)
            if isinstance(rule, TrainingRule):
                found.append(
                    _elsewhere(criterion.id, EvidenceKind.TRAINING, _("Voeg een attest van elders toe"))
                )
        elif isinstance(rule, EducationRule):
            near = sorted(market.groups, key=lambda g: (not g.is_mine, g.distance, g.group_id))
            found += [group_step(criterion.id, g, done_on=None, is_estimate=False) for g in near[:MOST_WAYS]]
            found.append(
                _elsewhere(criterion.id, EvidenceKind.STATEMENT, _("Voeg een verklaring van elders toe"))
            )
        else:
            found += _uploads(criterion.id, rule, market)
            if isinstance(rule, DegreeRule):
                route = NextStep(_("Of kies de ervaringsroute"), "accreditation:dossier_route")
                found.append(Step(criterion.id, "upload", route.label, action=route))
    return tuple(found)


def _course_ways(
    criterion_id: str, rule: TrainingRule | CoursesRule, pieces: Pieces, market: Market
) -> list[Step]:
    need = course_needs(rule, pieces, market.on)
    found = []
    for course in market.courses:
        if not any(min(n, g) for n, g in zip(need, course_gain(rule, course), strict=True)):
            continue
        booking = best_booking(course, market, after=market.on)
        if booking is not None:
            step = course_step(criterion_id, course, booking)
            waits = [slug for slug in course.after if slug not in market.completed]
            found.append(replace(step, waits_for=tuple(waits)))
    keys = {
        PathPreference.SOONEST: lambda s: (s.done_on, s.price),
        PathPreference.NEAREST: lambda s: (s.distance, s.done_on),
        PathPreference.CHEAPEST: lambda s: (s.price, s.done_on),
    }
    return sorted(found, key=lambda s: (bool(s.waits_for), keys[market.preference](s)))[:MOST_WAYS]


def _elsewhere(criterion_id: str, kind: EvidenceKind, words: str) -> Step:
    return Step(criterion_id, "upload", words, action=NextStep(words, ADD, kind.value))
