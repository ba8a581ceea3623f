"""Reads of criteria versions for the network's office."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from accreditation.domain.criteria_comparison import SAME, ComparedCriterion, compare
from accreditation.domain.criteria_rules import parse_rules
from accreditation.domain.criteria_words import spell_rules
from accreditation.enums import Level, Transition
from accreditation.models import CriteriaVersion
from courses.api import list_courses
from people.api import base_degree_names


@dataclass(frozen=True)
class VersionLine:
    """A version in the list. `state`: draft, half (one approval), coming, holds or past; `until`: its last day."""

    version: CriteriaVersion
    state: str
    until: date | None = None


@dataclass(frozen=True)
class LevelVersions:
    """All versions of a level, newest first; `draft` when somebody is writing one."""

    level: str
    name: str
    lines: tuple[VersionLine, ...]
    draft: VersionLine | None = None


@dataclass(frozen=True)
class EditorChoices:
    """What an editor may choose from, in the order that people expect."""

    degrees: tuple[str, ...]
    courses: tuple[tuple[str, str], ...] = field(default=())


def versions_by_level(on: date) -> tuple[LevelVersions, ...]:
    """Every version of both levels. One query."""
    rows = list(
        CriteriaVersion.objects.select_related("author", "approved_by_first", "approved_by_second")
        .defer("rules")
        .order_by("level", "-valid_from", "-number")
    )
    return tuple(_of_level(level, [row for row in rows if row.level == level], on) for level in Level.values)


def _of_level(level: str, rows: list[CriteriaVersion], on: date) -> LevelVersions:
    approved = [row for row in rows if row.approved_at]
    ends = {newer: older for older, newer in pairwise(reversed(approved))}
    until = {older.pk: newer.valid_from for newer, older in ends.items()}
    lines = tuple(_line(row, until.get(row.pk), on) for row in approved)
    draft = next((VersionLine(row, draft_state(row)) for row in rows if not row.approved_at), None)
    return LevelVersions(level=level, name=str(Level(level).label), lines=lines, draft=draft)


def draft_state(row: CriteriaVersion) -> str:
    """How far a draft is: without an approval, or with one."""
    return "half" if row.approved_by_first_id else "draft"


def _line(row: CriteriaVersion, next_from: date | None, on: date) -> VersionLine:
    last = date.fromordinal(next_from.toordinal() - 1) if next_from else None
    if row.valid_from > on:
        return VersionLine(row, "coming", last)
    return VersionLine(row, "past" if last is not None and last < on else "holds", last)


def version_before(version: CriteriaVersion) -> CriteriaVersion | None:
    """The approved version that holds until this one begins; None for the first. One query."""
    earlier = CriteriaVersion.objects.filter(
        level=version.level, approved_at__isnull=False, valid_from__lt=version.valid_from
    ).exclude(pk=version.pk)
    return earlier.order_by("-valid_from", "-number").first()


@dataclass(frozen=True)
class ComingChange:
    """The version after the one that somebody follows: from when, what it means for who is busy, and what changes.

    `has_begun`: it holds for others already; this person may still follow the one before.
    """

    valid_from: date
    has_begun: bool
    transition: str
    transition_until: date | None
    rows: tuple[ComparedCriterion, ...]


def coming_change(version: CriteriaVersion, on: date) -> ComingChange | None:
    """The next version after the one that somebody follows, in words; None when there is none. One query."""
    later = CriteriaVersion.objects.filter(
        level=version.level, approved_at__isnull=False, valid_from__gt=version.valid_from
    )
    coming = later.order_by("valid_from", "number").first()
    if coming is None:
        return None
    before, after = spell_rules(parse_rules(version.rules)), spell_rules(parse_rules(coming.rules))
    return ComingChange(
        valid_from=coming.valid_from,
        has_begun=coming.valid_from <= on,
        transition=str(Transition(coming.transition).label),
        transition_until=coming.transition_until,
        rows=tuple(row for row in compare(before, after) if row.verdict != SAME),
    )


def editor_choices(version: CriteriaVersion, on: date) -> EditorChoices:
    """Degrees of the table and courses that can be followed, with those that the version names already.

    Queries: the degrees, and those of `courses.api.list_courses`.
    """
    degrees = dict.fromkeys(base_degree_names(on))
    courses = {course.slug: course.title for course in list_courses()}
    for entry in version.rules.get("criteria", ()):
        rule = entry["rule"]
        for part in rule.get("rules", (rule,)):
            degrees |= dict.fromkeys(part.get("degrees", ()))
            for course in part.get("courses", ()):
                courses.setdefault(course["slug"], course.get("title", course["slug"]))
    return EditorChoices(degrees=tuple(degrees), courses=tuple(courses.items()))
