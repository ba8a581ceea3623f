"""Reading versions. They never change, so each process keeps what it read: a warm read makes no query."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from django.utils.safestring import mark_safe

from courses.domain.case_rules import follow
from courses.domain.check_facts import CaseKey, CaseWay, CheckKey, MarkedCheck, PublicCheck
from courses.domain.check_rules import mark
from courses.domain.facts import (
    CompletionRule,
    LessonBlock,
    LessonContent,
    Outline,
    OutlineLesson,
    OutlineModule,
    Source,
)
from courses.domain.prepare import OUTLINE_NAMES
from courses.domain.queries.stored_checks import case_key, check_key, public_check
from courses.exceptions import UnknownContentError
from courses.models import CourseVersion, VersionCheck, VersionCheckKey, VersionLesson


@lru_cache(maxsize=256)
def get_outline(version_id: int) -> Outline:
    """The outline of a version. One query, none when warm. Raises UnknownContentError."""
    row = CourseVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise UnknownContentError(f"version {version_id}")
    return outline_from_row(row)


@lru_cache(maxsize=1024)
def get_lesson(version_id: int, lesson_slug: str) -> LessonContent:
    """One lesson of a version with its prepared blocks. One query and the outline's. Raises UnknownContentError."""
    lesson = get_outline(version_id).lesson(lesson_slug)
    row = VersionLesson.objects.filter(version_id=version_id, slug=lesson_slug).first() if lesson else None
    if lesson is None or row is None:
        raise UnknownContentError(f"lesson {lesson_slug} of version {version_id}")
    return LessonContent(
        lesson=lesson,
        blocks=tuple(
            LessonBlock(
                kind=block["kind"],
                id=block["id"],
                html=mark_safe(block["html"]),  # prepared at publication from allow-listed text
                data=MappingProxyType(block["data"]),
            )
            for block in row.blocks
        ),
        sources=tuple(Source(**source) for source in row.sources),
    )


@lru_cache(maxsize=1024)
def get_check(version_id: int, check_id: str) -> PublicCheck:
    """The public half of a check or case. One query, none when warm. Raises UnknownContentError."""
    row = VersionCheck.objects.filter(version_id=version_id, check_id=check_id).first()
    if row is None:
        raise UnknownContentError(f"check {check_id} of version {version_id}")
    return public_check(check_id, row.public, row.lesson_slug)


@lru_cache(maxsize=1024)
def _key(version_id: int, check_id: str) -> CheckKey | CaseKey:
    """The secret half of a check or case; stays in this process."""
    row = VersionCheckKey.objects.filter(
        version_check__version_id=version_id, version_check__check_id=check_id
    ).first()
    if row is None:
        raise UnknownContentError(f"check {check_id} of version {version_id}")
    return case_key(row.key) if row.key.get("kind") == "case" else check_key(check_id, row.key)


def mark_check(
    version_id: int, check_id: str, answers: Mapping[str, Sequence[str]], asked: Collection[str] | None = None
) -> MarkedCheck:
    """Mark answers on the server (see check_rules.mark). One query, none when warm.

    Raises UnknownContentError, CheckAnswerError.
    """
    key = _key(version_id, check_id)
    if not isinstance(key, CheckKey):
        raise UnknownContentError(f"{check_id} of version {version_id} is no check")
    return mark(key, answers, asked)


def follow_case(version_id: int, case_id: str, decisions: Mapping[str, Sequence[str]]) -> CaseWay:
    """Where decisions lead in a case (see case_rules.follow). One query, none when warm.

    Raises UnknownContentError, CheckAnswerError.
    """
    key = _key(version_id, case_id)
    if not isinstance(key, CaseKey):
        raise UnknownContentError(f"{case_id} of version {version_id} is no case")
    return follow(key, decisions)


def forget_versions() -> None:
    """Empty this process's memory of versions; for the publisher and for tests that reuse row numbers."""
    for read in (get_outline, get_lesson, get_check, _key):
        read.cache_clear()


def outline_from_row(row: CourseVersion) -> Outline:
    """The outline that a row holds."""
    data = row.outline
    return Outline(
        version_id=row.pk,
        number=row.number,
        course_page_id=row.course_id,
        slug=data["slug"],
        title=data["title"],
        goals=tuple(data["goals"]),
        rule=CompletionRule(**data["rule"]),
        modules=tuple(_module(module) for module in data["modules"]),
        minutes=data["minutes"],
        level=data["level"],
        continued_training_hours=Decimal(data["continued_training_hours"]),
        published_on=timezone.localdate(row.published_at),
        permanent_education_hours=Decimal(data["permanent_education_hours"]),
        form=data["form"],
        days=Decimal(data["days"]),
        illustration=data["illustration"],
    )


def _module(data: dict[str, Any]) -> OutlineModule:
    return OutlineModule(
        id=data["id"],
        title=data["title"],
        goal=data["goal"],
        intro_html=mark_safe(data["intro_html"]),  # allow-listed at publication
        minutes=data["minutes"],
        lessons=tuple(_lesson(lesson) for lesson in data["lessons"]),
    )


def _lesson(data: dict[str, Any]) -> OutlineLesson:
    """Versions of an earlier form lack the names that came later."""
    ids = {name: tuple(data.get(name, ())) for name in dict.fromkeys(OUTLINE_NAMES.values())}
    return OutlineLesson(**{**data, **ids})
