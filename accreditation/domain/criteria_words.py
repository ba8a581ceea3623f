"""Criteria in plain Dutch, as the network's office and everybody else may read them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.domain.combined_rule import AllRule, AnyRule
from accreditation.domain.course_rule import CoursesRule
from accreditation.domain.criteria_rules import Criterion, Rules
from accreditation.domain.criterion_kinds import (
    CommitteeRule,
    DegreeRule,
    ExperienceRule,
    Rule,
    small_rules,
)
from accreditation.domain.document_rule import DocumentRule
from accreditation.domain.education_rule import EducationRule
from accreditation.domain.evidence_facts import spell_number
from accreditation.domain.training_rule import Minimum, TrainingRule
from accreditation.enums import EvidenceKind

LEVEL_WORDS = {"orientation": "oriënterend", "basic": "basis", "specialised": "gespecialiseerd"}


@dataclass(frozen=True)
class SpelledCriterion:
    """One criterion in words. `lead` says how the lines go together; `details` may be long (a table of degrees)."""

    id: str
    number: int
    title: str
    about: str
    lead: str
    lines: tuple[str, ...]
    details: tuple[str, ...] = ()


def spell_rules(rules: Rules) -> tuple[SpelledCriterion, ...]:
    """All criteria in words, in order."""
    titles = {criterion.id: criterion.title for criterion in rules.criteria}
    return tuple(spell_criterion(criterion, titles) for criterion in rules.criteria)


def spell_criterion(criterion: Criterion, titles: Mapping[str, str]) -> SpelledCriterion:
    """One criterion in words. `titles`: those of all criteria by id, for the ones it refers to."""
    rule = criterion.rule
    lead = ""
    if isinstance(rule, AllRule):
        lead = _("Dit alles is nodig:")
    elif isinstance(rule, AnyRule):
        lead = _("Een van deze volstaat:")
    spelled = [_spell(part, titles) for part in small_rules(rule)]
    lines = (
        tuple(" ".join(part) for part in spelled)
        if lead
        else tuple(line for part in spelled for line in part)
    )
    degrees = [name for part in small_rules(rule) if isinstance(part, DegreeRule) for name in part.degrees]
    return SpelledCriterion(
        id=criterion.id,
        number=criterion.number,
        title=criterion.title,
        about=criterion.about,
        lead=lead,
        lines=lines,
        details=tuple(degrees),
    )


def _spell(rule: Rule, titles: Mapping[str, str]) -> list[str]:
    if isinstance(rule, DegreeRule):
        return [
            ngettext(
                "Je hebt een diploma van de lijst, met %(count)s opleiding.",
                "Je hebt een diploma van de lijst, met %(count)s opleidingen.",
                len(rule.degrees),
            )
            % {"count": len(rule.degrees)}
        ]
    if isinstance(rule, CoursesRule):
        return [_spell_courses(rule)]
    if isinstance(rule, TrainingRule):
        return [line for minimum in rule.minimums for line in _spell_minimum(minimum)]
    if isinstance(rule, EducationRule):
        return _spell_education(rule)
    if isinstance(rule, DocumentRule):
        return [_spell_document(rule)]
    if isinstance(rule, ExperienceRule):
        return _spell_experience(rule, titles)
    if isinstance(rule, CommitteeRule):
        kind = str(EvidenceKind(rule.evidence).label)
        return [_("De commissie oordeelt zelf, op basis van: %(kind)s.") % {"kind": kind}]
    return []


def _spell_courses(rule: CoursesRule) -> str:
    names = ", ".join(course.title for course in rule.courses)
    if rule.at_least == len(rule.courses):
        return ngettext(
            "Je rondde deze cursus af: %(names)s.", "Je rondde deze cursussen af: %(names)s.", rule.at_least
        ) % {"names": names}
    return _("Je rondde minstens %(count)s van deze cursussen af: %(names)s.") % {
        "count": rule.at_least,
        "names": names,
    }


def _spell_minimum(minimum: Minimum) -> list[str]:
    levels = _one_of(LEVEL_WORDS.get(level, level) for level in minimum.levels)
    lines = []
    if minimum.hours > 0:
        lines.append(
            _("Je volgde minstens %(hours)s uur opleiding, niveau %(levels)s.")
            % {"hours": spell_number(minimum.hours), "levels": levels}
        )
    if minimum.pieces > 0:
        lines.append(
            ngettext(
                "Je volgde minstens %(count)s opleiding van niveau %(levels)s.",
                "Je volgde minstens %(count)s opleidingen van niveau %(levels)s.",
                minimum.pieces,
            )
            % {"count": minimum.pieces, "levels": levels}
        )
    return lines


def _spell_education(rule: EducationRule) -> list[str]:
    lines = [
        _("Je was minstens %(hours)s uur bij intervisie of supervisie in de laatste %(months)s maanden.")
        % {"hours": spell_number(rule.hours), "months": rule.window_months}
    ]
    if rule.meetings:
        lines.append(
            ngettext(
                "Dat was over minstens %(count)s bijeenkomst gespreid.",
                "Dat was over minstens %(count)s bijeenkomsten gespreid.",
                rule.meetings,
            )
            % {"count": rule.meetings}
        )
    if rule.supervision_hours > Decimal(0):
        lines.append(
            _("Daarvan was minstens %(hours)s uur supervisie.")
            % {"hours": spell_number(rule.supervision_hours)}
        )
    lines.append(_warning(rule.warn_days))
    return lines


def _spell_document(rule: DocumentRule) -> str:
    kind = str(EvidenceKind(rule.evidence).label)
    return _("Je hebt een geldig bewijs: %(kind)s.") % {"kind": kind} + " " + _warning(rule.warn_days)


def _spell_experience(rule: ExperienceRule, titles: Mapping[str, str]) -> list[str]:
    def named(ids: tuple[str, ...]) -> str:
        return ", ".join(titles.get(one, one).lower() for one in ids)

    lines = [
        _("Je werkte minstens %(years)s jaar in het veld, en toont dat met verklaringen.")
        % {"years": rule.years},
        _("Dit komt alleen in de plaats van: %(title)s.") % {"title": named((rule.replaces,))},
    ]
    if rule.requires:
        lines.append(_("Eerst moet in orde zijn: %(titles)s.") % {"titles": named(rule.requires)})
    if rule.not_required:
        lines.append(_("Op deze route niet nodig: %(titles)s.") % {"titles": named(rule.not_required)})
    lines.append(_("De commissie oordeelt altijd zelf. Ervaringsdeskundigheid alleen volstaat nooit."))
    return lines


def _warning(days: int) -> str:
    return ngettext("We waarschuwen %(days)s dag vooraf.", "We waarschuwen %(days)s dagen vooraf.", days) % {
        "days": days
    }


def _one_of(words: Iterable[str]) -> str:
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return _("%(some)s of %(last)s") % {"some": ", ".join(found[:-1]), "last": found[-1]}
