"""What must be mended before a version of the criteria may be approved. Pure: no database, no clock."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accreditation.domain.combined_rule import AnyRule
from accreditation.domain.course_rule import CoursesRule
from accreditation.domain.criteria_rules import Rules
from accreditation.domain.criterion_kinds import Rule, small_rules
from accreditation.domain.evidence_facts import spell_day


@dataclass(frozen=True)
class Begin:
    """When a version starts, and what else is known about that day."""

    valid_from: date
    today: date
    #: Days on which other approved versions of the level begin.
    taken: frozenset[date]
    transition_until: date | None = None


def problems_of(rules: Rules, begin: Begin, *, open_courses: Collection[str]) -> tuple[str, ...]:
    """Everything that stands in the way of approval, in Dutch that says what to do; empty when all is well."""
    return (*_begin_problems(begin), *archived_courses(rules, open_courses=open_courses))


def archived_courses(rules: Rules, *, open_courses: Collection[str]) -> tuple[str, ...]:
    """Courses that are asked and can no longer be followed, where nothing else would do instead."""
    return tuple(
        line
        for criterion in rules.criteria
        for line in _archived(criterion.title, criterion.rule, open_courses)
    )


def _archived(title: str, rule: Rule, open_courses: Collection[str]) -> Iterable[str]:
    parts = [part for part in small_rules(rule) if isinstance(part, CoursesRule)]
    # Where one part is enough, another one still leads there.
    if isinstance(rule, AnyRule) and len(parts) < len(rule.parts):
        return
    for part in parts:
        gone = [course.title for course in part.courses if course.slug not in open_courses]
        if len(part.courses) - len(gone) < part.at_least:
            yield _(
                "%(criterion)s vraagt een cursus die niet meer te volgen is: %(courses)s. Kies een andere cursus, "
                "of zet er iets naast dat ook volstaat."
            ) % {"criterion": title, "courses": ", ".join(gone)}


def _begin_problems(begin: Begin) -> list[str]:
    problems = []
    if begin.valid_from <= begin.today:
        problems.append(
            _(
                "Criteria beginnen ten vroegste morgen: een regel geldt nooit voor wat al gebeurd is. "
                "Kies een latere dag."
            )
        )
    if begin.valid_from in begin.taken:
        problems.append(
            _("Op %(day)s begint al een andere goedgekeurde versie. Kies een andere dag.")
            % {"day": spell_day(begin.valid_from)}
        )
    if begin.transition_until is not None and begin.transition_until < begin.valid_from:
        problems.append(_("De overgang eindigt voor de nieuwe criteria beginnen. Kies een latere dag."))
    return problems
