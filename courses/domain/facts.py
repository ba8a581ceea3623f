"""What the courses floor hands to the floors above: frozen facts, no models."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A course as a card or a line: what the live page says now."""

    page_id: int
    slug: str
    title: str
    subtitle: str
    summary: str
    url: str
    level: str
    form: str
    minutes: int
    days: Decimal
    profession_keys: tuple[str, ...]
    version_id: int | None
    continued_training_hours: Decimal
    illustration: str


@dataclass(frozen=True, slots=True)
class CompletionRule:
    """What finishes a course. `attendance_share` is a percentage of the sessions, `reflections` a number."""

    lessons: bool = True
    checks: bool = True
    attendance_share: int = 0
    reflections: int = 0
    #: Packages played to their end. A browser says so: never enough alone for hours that count for a recognition.
    activities: bool = False


def rule_sentences(rule: CompletionRule) -> tuple[str, ...]:
    """The completion rule in plain Dutch, one sentence for each part; shown before somebody starts."""
    sentences: list[str] = []
    if rule.lessons:
        sentences.append(_("Je doorloopt alle lessen, in je eigen tempo."))
    if rule.checks:
        sentences.append(_("Je slaagt voor elke toets. Je mag zo vaak opnieuw proberen als je wilt."))
    if rule.activities:
        sentences.append(_("Je werkt alle oefeningen af."))
    if rule.reflections:
        sentences.append(
            ngettext(
                "Je schrijft minstens %(count)s reflectie. Alleen jij leest die.",
                "Je schrijft minstens %(count)s reflecties. Alleen jij leest die.",
                rule.reflections,
            )
            % {"count": rule.reflections}
        )
    if rule.attendance_share >= 100:
        sentences.append(_("Je bent bij alle bijeenkomsten aanwezig."))
    elif rule.attendance_share > 0:
        sentences.append(
            _("Je bent bij minstens %(share)s %% van de bijeenkomsten aanwezig.")
            % {"share": rule.attendance_share}
        )
    return tuple(sentences)


@dataclass(frozen=True, slots=True)
class OutlineLesson:
    """One lesson in the outline of a version."""

    id: str
    slug: str
    title: str
    summary: str
    minutes: int
    module_id: str
    check_ids: tuple[str, ...] = ()
    reflection_ids: tuple[str, ...] = ()
    activity_ids: tuple[str, ...] = ()
    case_ids: tuple[str, ...] = ()
    poll_ids: tuple[str, ...] = ()
    media_ids: tuple[str, ...] = ()

    @property
    def test_ids(self) -> tuple[str, ...]:
        """The knowledge checks; `check_ids` also has the cases that count."""
        return tuple(check for check in self.check_ids if check not in self.case_ids)


@dataclass(frozen=True, slots=True)
class OutlineModule:
    """One module with its lessons."""

    id: str
    title: str
    goal: str
    intro_html: str
    minutes: int
    lessons: tuple[OutlineLesson, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole of one course version, without the lessons' text."""

    version_id: int
    number: int
    course_page_id: int
    slug: str
    title: str
    goals: tuple[str, ...]
    rule: CompletionRule
    modules: tuple[OutlineModule, ...]
    minutes: int
    level: str
    continued_training_hours: Decimal
    published_on: date
    permanent_education_hours: Decimal = Decimal(0)
    form: str = ""
    days: Decimal = Decimal(0)
    illustration: str = ""

    @property
    def lessons(self) -> tuple[OutlineLesson, ...]:
        """All lessons in reading order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def check_ids(self) -> tuple[str, ...]:
        """All checks in reading order."""
        return tuple(check for lesson in self.lessons for check in lesson.check_ids)

    @property
    def reflection_ids(self) -> tuple[str, ...]:
        """All reflections in reading order."""
        return tuple(reflection for lesson in self.lessons for reflection in lesson.reflection_ids)

    @property
    def activity_ids(self) -> tuple[str, ...]:
        """All activities in reading order."""
        return tuple(activity for lesson in self.lessons for activity in lesson.activity_ids)

    @property
    def rule_sentences(self) -> tuple[str, ...]:
        """The completion rule in plain Dutch, without the parts of which this course has none."""
        there = replace(
            self.rule,
            lessons=self.rule.lessons and bool(self.lessons),
            checks=self.rule.checks and bool(self.check_ids),
            activities=self.rule.activities and bool(self.activity_ids),
        )
        return rule_sentences(there)

    def lesson(self, slug: str) -> OutlineLesson | None:
        """The lesson with this slug, or None."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)


@dataclass(frozen=True, slots=True)
class LessonBlock:
    """One block of a lesson. `kind` is a BlockKind; `html` is safe and prepared.

    html and media: static. check and decision_case: `data` holds what may be seen before answering. reflection: prompt
    and help. poll: question, options and closing_html. h5p: package_version_id, title and intro_html.
    """

    kind: str
    id: str
    html: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a lesson's facts come from."""

    title: str
    publisher: str
    year: int | None


@dataclass(frozen=True, slots=True)
class LessonContent:
    """One lesson of a version, ready to show."""

    lesson: OutlineLesson
    blocks: tuple[LessonBlock, ...]
    sources: tuple[Source, ...]
