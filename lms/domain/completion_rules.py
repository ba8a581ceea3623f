"""When is a course completed? Pure: no database, no clock, no settings.

The rule is pinned to the course version and shown before the start. A lesson is done when the learner marked it and
every check in it is passed. What a browser reports (activities) counts where the rule asks it, beside the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Need(StrEnum):
    """What can still be missing."""

    LESSON = "lesson"
    CHECK = "check"
    ACTIVITY = "activity"
    REFLECTIONS = "reflections"
    ATTENDANCE = "attendance"


class Rule(Protocol):
    """What a course version asks (`courses.api.CompletionRule`). `attendance_share` is a percentage."""

    @property
    def lessons(self) -> bool: ...
    @property
    def checks(self) -> bool: ...
    @property
    def attendance_share(self) -> int: ...
    @property
    def reflections(self) -> int: ...
    @property
    def activities(self) -> bool: ...


class LessonShape(Protocol):
    """A lesson as far as the rule needs it (`courses.api.OutlineLesson`). `minutes` is reading time."""

    @property
    def slug(self) -> str: ...
    @property
    def minutes(self) -> int: ...
    @property
    def check_ids(self) -> tuple[str, ...]: ...
    @property
    def reflection_ids(self) -> tuple[str, ...]: ...
    @property
    def activity_ids(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Work:
    """What one learner did. `attendance_share` is a percentage of the cohort's sessions.

    `activities` are the packages that ended by what a browser said.
    """

    marked: frozenset[str] = frozenset()
    passed_checks: frozenset[str] = frozenset()
    reflections: frozenset[str] = frozenset()
    attendance_share: int = 0
    activities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing the rule still asks. `ids` are slugs or check ids; `have` of `required` in numbers or per cent."""

    need: Need
    ids: tuple[str, ...] = ()
    have: int = 0
    required: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome for one learner. `percent` (0 to 100) is for the arc; only `met` decides."""

    met: bool
    done: frozenset[str]
    total: int
    percent: int
    minutes_left: int
    missing: tuple[Missing, ...] = ()


def lesson_is_done(rule: Rule, lesson: LessonShape, work: Work) -> bool:
    """Marked by the learner, every check in it passed, and where the rule asks it every activity ended."""
    if lesson.slug not in work.marked or not all(check in work.passed_checks for check in lesson.check_ids):
        return False
    return not rule.activities or all(activity in work.activities for activity in lesson.activity_ids)


def judge(rule: Rule, lessons: Sequence[LessonShape], work: Work) -> Verdict:
    """Weigh what a learner did against the rule of the version they started with."""
    done = frozenset(lesson.slug for lesson in lessons if lesson_is_done(rule, lesson, work))
    missing = _missing(rule, lessons, work)
    # A course that asks nothing is never completed by doing nothing.
    asks = bool(lessons) or rule.attendance_share > 0 or rule.reflections > 0
    met = asks and not missing
    return Verdict(
        met=met,
        done=done,
        total=len(lessons),
        percent=_percent(rule, lessons, work, done, met),
        minutes_left=sum(lesson.minutes for lesson in lessons if lesson.slug not in done),
        missing=missing,
    )


def _missing(rule: Rule, lessons: Sequence[LessonShape], work: Work) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if rule.lessons:
        unmarked = tuple(lesson.slug for lesson in lessons if lesson.slug not in work.marked)
        if unmarked:
            found.append(Missing(Need.LESSON, unmarked, len(lessons) - len(unmarked), len(lessons)))
    if rule.checks:
        checks = tuple(check for lesson in lessons for check in lesson.check_ids)
        unpassed = tuple(check for check in checks if check not in work.passed_checks)
        if unpassed:
            found.append(Missing(Need.CHECK, unpassed, len(checks) - len(unpassed), len(checks)))
    if rule.activities:
        activities = tuple(activity for lesson in lessons for activity in lesson.activity_ids)
        unended = tuple(activity for activity in activities if activity not in work.activities)
        if unended:
            found.append(Missing(Need.ACTIVITY, unended, len(activities) - len(unended), len(activities)))
    if rule.reflections:
        known = {reflection for lesson in lessons for reflection in lesson.reflection_ids}
        written = len(known & work.reflections)
        if written < rule.reflections:
            found.append(Missing(Need.REFLECTIONS, (), written, rule.reflections))
    if work.attendance_share < rule.attendance_share:
        found.append(Missing(Need.ATTENDANCE, (), work.attendance_share, rule.attendance_share))
    return tuple(found)


def _percent(rule: Rule, lessons: Sequence[LessonShape], work: Work, done: frozenset[str], met: bool) -> int:
    """Share of the way: lessons, and attendance as much as half where the rule asks it. Below 100 until `met`."""
    if met:
        return 100
    parts: list[float] = []
    if lessons:
        parts.append(len(done) / len(lessons))
    if rule.attendance_share:
        parts.append(min(work.attendance_share / rule.attendance_share, 1.0))
    share = sum(parts) / len(parts) if parts else 0.0
    return min(int(share * 100), 99)
