"""Making a version: the verb that turns what authors wrote into what learners get."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from courses.domain.facts import CompletionRule, Outline
from courses.domain.prepare import PreparedCourse, PreparedLesson, prepare_course
from courses.domain.queries.versions import forget_versions, outline_from_row
from courses.domain.tree import CourseTree, course_tree
from courses.domain.validate import problems_of
from courses.exceptions import CourseNotPublishableError
from courses.models import CoursePage, CourseVersion, VersionCheck, VersionCheckKey, VersionLesson
from ledger.api import record_audit, ref
from people.api import User


@transaction.atomic
def publish_course(*, course: CoursePage, published_by: User | None = None) -> Outline:
    """Make a version of what is published now; the same content as the newest version makes none.

    Returns the outline of the version that holds. Raises CourseNotPublishableError with every problem at once.
    """
    page = CoursePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    prepared = prepare_course(course_tree(page))
    latest = CourseVersion.objects.latest_of(page.pk)
    if latest is not None and latest.content_hash == prepared.content_hash:
        return outline_from_row(latest)
    problems = problems_of(prepared)
    if problems:
        raise CourseNotPublishableError(problems)
    version = _store(page, prepared, number=latest.number + 1 if latest else 1, published_by=published_by)
    forget_versions()
    record_audit(
        verb="course.published",
        subject=ref(page),
        actor=published_by,
        data={"version": version.pk, "number": version.number, "content_hash": version.content_hash},
    )
    return outline_from_row(version)


def check_course(*, course: CoursePage, rule: CompletionRule | None = None) -> tuple[str, ...]:
    """What keeps this course from becoming a version, as sentences for the author; empty when nothing does.

    `rule` is a completion rule that is not saved yet.
    """
    tree = course_tree(course) if course.pk else CourseTree(course=course, modules=())
    prepared = prepare_course(tree)
    if rule is not None:
        prepared.outline["rule"] = asdict(rule)
    return problems_of(prepared)


def _store(
    page: CoursePage, prepared: PreparedCourse, *, number: int, published_by: User | None
) -> CourseVersion:
    version = CourseVersion.objects.create(
        course=page,
        number=number,
        content_hash=prepared.content_hash,
        outline=prepared.outline,
        published_at=timezone.now(),
        published_by=published_by,
    )
    VersionLesson.objects.bulk_create(
        VersionLesson(
            version=version,
            position=position,
            slug=lesson.slug,
            blocks=lesson.blocks,
            sources=lesson.sources,
        )
        for position, lesson in enumerate(prepared.lessons)
    )
    for lesson in prepared.lessons:
        _store_checks(version, lesson)
    return version


def _store_checks(version: CourseVersion, lesson: PreparedLesson) -> None:
    for check in lesson.checks:
        row = VersionCheck.objects.create(
            version=version, check_id=check.id, lesson_slug=lesson.slug, public=check.public
        )
        VersionCheckKey.objects.create(version_check=row, key=check.key)
