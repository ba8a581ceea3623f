"""The small rule kinds that criteria are made of: how each is read from stored rules, and how each judges.

| kind | parameters |
|---|---|
| degree_in_table | degrees: names |
| completed_courses | courses: list of {slug, title}, at_least (default all of them) |
| training | minimums: list of {hours, pieces, levels} that must all be reached |
| permanent_education | window_months, hours, meetings, supervision_hours, warn_days |
| valid_document, membership | evidence: kind, warn_days |
| years_of_experience | years, replaces, requires, not_required (always left to the committee) |
| committee_judgement | evidence: kind |
| all_of, any_of | rules: two or more of the kinds above, without years_of_experience |
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accreditation.domain.combined_rule import AllRule, AnyRule, combine_all, combine_any
from accreditation.domain.course_rule import CoursesRule, NamedCourse, judge_courses
from accreditation.domain.document_rule import DocumentRule, judge_document
from accreditation.domain.education_rule import EducationRule, judge_education
from accreditation.domain.evidence_facts import (
    EvidencePiece,
    Finding,
    Measure,
    NextStep,
    left_out,
    not_yet,
    sort_out,
    use,
)
from accreditation.domain.periods import days_in
from accreditation.domain.training_rule import Minimum, TrainingRule, judge_training
from accreditation.enums import CriterionState, EvidenceKind

ADD = "accreditation:evidence_add"
MEND = "accreditation:evidence_replace"
DAYS_A_YEAR = Decimal("365.25")


@dataclass(frozen=True)
class DegreeRule:
    """At least one degree from the table."""

    degrees: tuple[str, ...]


@dataclass(frozen=True)
class ExperienceRule:
    """A number of years in the field; replaces one criterion, needs others, always left to the committee."""

    years: int
    replaces: str
    requires: tuple[str, ...] = ()
    not_required: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommitteeRule:
    """Only the committee can say; with evidence of some kind it is in its hands."""

    evidence: str


SmallRule = DegreeRule | CoursesRule | TrainingRule | EducationRule | DocumentRule | CommitteeRule
Rule = SmallRule | ExperienceRule | AllRule | AnyRule
Pieces = tuple[EvidencePiece, ...]


def judge_degree(rule: DegreeRule, pieces: Pieces, on: date) -> Finding:
    """Met by one verified diploma whose title is in the table."""
    found = sort_out(pieces, kinds=(EvidenceKind.DIPLOMA,), on=on)
    table = {name.casefold().strip() for name in rule.degrees}

    def listed(piece: EvidencePiece) -> bool:
        return piece.name.casefold().strip() in table

    verified = [p for p in found.verified if listed(p)]
    waiting = [p for p in found.waiting if listed(p)]
    outside = tuple(
        left_out(p, _("Dit diploma staat niet op de lijst van basisopleidingen."))
        for p in (*found.verified, *found.waiting)
        if not listed(p)
    )
    unused = outside + found.unused
    if verified:
        reason = _("Je diploma staat op de lijst: %(title)s.") % {"title": verified[0].title}
        return Finding(CriterionState.MET, reason, use(verified), not_yet(waiting) + unused)
    if waiting:
        return Finding(CriterionState.PENDING, _("We kijken je diploma na."), use(waiting), unused)
    if found.asked:
        return _asked(found.asked, unused, _("We vragen je nog iets over je diploma."))
    reason = _("We missen nog je diploma.")
    if outside:
        reason = _("Je diploma staat niet op de lijst. Heb je er nog een, of koos je het vak via ervaring?")
    return Finding(
        CriterionState.MISSING,
        reason,
        unused=unused,
        next_step=NextStep(_("Voeg je diploma toe"), ADD, EvidenceKind.DIPLOMA),
    )


def judge_experience(rule: ExperienceRule, pieces: Pieces, on: date) -> Finding:
    """Pending once the years are there, for the committee always judges; overlapping periods count once."""
    found = sort_out(pieces, kinds=(EvidenceKind.EXPERIENCE,), on=on)
    lived = tuple(
        left_out(
            p,
            _("Fijn dat we dit weten. Ervaringsdeskundigheid is een meerwaarde, maar volstaat niet alleen."),
        )
        for p in pieces
        if p.kind == EvidenceKind.LIVED_EXPERIENCE
    )
    unused = found.unused + lived
    needed_days = int(rule.years * DAYS_A_YEAR)
    proven, claimed = _days(found.verified, on), _days((*found.verified, *found.waiting), on)
    years = (Decimal(claimed) / DAYS_A_YEAR).quantize(Decimal("0.1"))
    have = Decimal(rule.years) if claimed >= needed_days else min(years, Decimal(rule.years) - Decimal("0.1"))
    measure = Measure(have, Decimal(rule.years), "years")
    used = use((*found.verified, *found.waiting))
    if proven >= needed_days:
        reason = _("Je ervaring is aangetoond. De commissie oordeelt over je dossier.")
        return Finding(
            CriterionState.PENDING,
            reason,
            use(found.verified),
            not_yet(found.waiting) + unused,
            measure=measure,
        )
    if claimed >= needed_days:
        return Finding(
            CriterionState.PENDING, _("We kijken je verklaringen na."), used, unused, measure=measure
        )
    if found.asked:
        return replace(
            _asked(found.asked, unused, _("We vragen je nog iets over je ervaring.")),
            used=used,
            measure=measure,
        )
    reason = _("Toon %(years)s jaar ervaring met een verklaring van je werkgever of een collega-organisatie.")
    if claimed:
        reason = _("Je toonde al een deel. Samen moet het %(years)s jaar zijn.")
    return Finding(
        CriterionState.MISSING,
        reason % {"years": rule.years},
        used,
        unused,
        NextStep(_("Voeg een verklaring toe"), ADD, EvidenceKind.EXPERIENCE),
        measure=measure,
    )


def judge_committee(rule: CommitteeRule, pieces: Pieces, on: date) -> Finding:
    """Pending as soon as there is something for the committee to judge."""
    found = sort_out(pieces, kinds=(rule.evidence,), on=on)
    given = (*found.verified, *found.waiting)
    if given:
        return Finding(CriterionState.PENDING, _("De commissie oordeelt hierover."), use(given), found.unused)
    return Finding(
        CriterionState.MISSING,
        _("De commissie oordeelt hierover. Geef haar iets om op te steunen."),
        unused=found.unused,
        next_step=NextStep(_("Voeg een bewijsstuk toe"), ADD, rule.evidence),
    )


def _asked(piece: EvidencePiece, unused: tuple[Any, ...], reason: str) -> Finding:
    step = NextStep(_("Vul aan"), MEND, piece.ref.partition(":")[2])
    return Finding(CriterionState.MISSING, reason, unused=unused, next_step=step)


def _days(pieces: Pieces, on: date) -> int:
    """Different days that the statements cover, up to a day; a statement without an end runs on."""
    return days_in((p.valid_from, min(p.valid_until or on, on)) for p in pieces if p.valid_from is not None)


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError("a list is needed")
    return tuple(str(item) for item in value)


def _read_degree(rule: Mapping[str, Any]) -> DegreeRule:
    degrees = _texts(rule["degrees"])
    if not degrees:
        raise ValueError("no degrees")
    return DegreeRule(degrees)


def _read_training(rule: Mapping[str, Any]) -> TrainingRule:
    minimums = tuple(
        Minimum(
            hours=Decimal(str(entry.get("hours", "0"))),
            pieces=int(entry.get("pieces", 0)),
            levels=_texts(entry["levels"]),
        )
        for entry in rule["minimums"]
    )
    if not minimums:
        raise ValueError("no minimums")
    return TrainingRule(minimums)


def _read_education(rule: Mapping[str, Any]) -> EducationRule:
    months = int(rule["window_months"])
    if months < 1:
        raise ValueError("window_months")
    return EducationRule(
        window_months=months,
        hours=Decimal(str(rule["hours"])),
        meetings=int(rule.get("meetings", 0)),
        supervision_hours=Decimal(str(rule.get("supervision_hours", "0"))),
        warn_days=int(rule.get("warn_days", 60)),
    )


def _read_document(rule: Mapping[str, Any]) -> DocumentRule:
    return DocumentRule(_evidence(rule), int(rule.get("warn_days", 60)))


def _evidence(rule: Mapping[str, Any]) -> str:
    kind = EvidenceKind(rule["evidence"])
    if kind == EvidenceKind.LIVED_EXPERIENCE:
        raise ValueError("lived experience is never sufficient alone")
    return kind.value


def _read_experience(rule: Mapping[str, Any]) -> ExperienceRule:
    return ExperienceRule(
        years=int(rule["years"]),
        replaces=str(rule["replaces"]),
        requires=_texts(rule.get("requires", ())),
        not_required=_texts(rule.get("not_required", ())),
    )


def _read_committee(rule: Mapping[str, Any]) -> CommitteeRule:
    return CommitteeRule(_evidence(rule))


def _read_courses(rule: Mapping[str, Any]) -> CoursesRule:
    courses = tuple(
        NamedCourse(str(entry["slug"]), str(entry.get("title", entry["slug"]))) for entry in rule["courses"]
    )
    at_least = int(rule.get("at_least", len(courses)))
    if not courses or len({course.slug for course in courses}) != len(courses):
        raise ValueError("courses")
    if not 1 <= at_least <= len(courses):
        raise ValueError("at_least")
    return CoursesRule(courses, at_least)


def _read_parts(rule: Mapping[str, Any]) -> tuple[SmallRule, ...]:
    parts = tuple(SMALL_READERS[entry["kind"]](entry) for entry in rule["rules"])
    if len(parts) < 2:
        raise ValueError("rules")
    return parts


SMALL_READERS: Mapping[str, Callable[[Mapping[str, Any]], SmallRule]] = {
    "degree_in_table": _read_degree,
    "completed_courses": _read_courses,
    "training": _read_training,
    "permanent_education": _read_education,
    "valid_document": _read_document,
    "membership": _read_document,
    "committee_judgement": _read_committee,
}
KIND_READERS: Mapping[str, Callable[[Mapping[str, Any]], Rule]] = {
    **SMALL_READERS,
    "years_of_experience": _read_experience,
    "all_of": lambda rule: AllRule(_read_parts(rule)),
    "any_of": lambda rule: AnyRule(_read_parts(rule)),
}

JUDGES: Mapping[type[Rule], Callable[[Any, Pieces, date], Finding]] = {
    DegreeRule: judge_degree,
    CoursesRule: judge_courses,
    TrainingRule: judge_training,
    EducationRule: judge_education,
    DocumentRule: judge_document,
    ExperienceRule: judge_experience,
    CommitteeRule: judge_committee,
}


def judge(rule: Rule, pieces: Pieces, on: date) -> Finding:
    """What one rule, small or combined, finds in the pieces on a day."""
    if isinstance(rule, AllRule):
        return combine_all(tuple(judge(part, pieces, on) for part in rule.parts))
    if isinstance(rule, AnyRule):
        return combine_any(tuple(judge(part, pieces, on) for part in rule.parts))
    return JUDGES[type(rule)](rule, pieces, on)


def small_rules(rule: Rule) -> tuple[Any, ...]:
    """The rules that a criterion is made of: its parts, or itself."""
    return rule.parts if isinstance(rule, AllRule | AnyRule) else (rule,)
