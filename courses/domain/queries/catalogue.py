"""Reading courses as they are published now."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from courses.domain.facts import CourseSummary
from courses.models import CoursePage, CourseVersion

COURSES_PATH = "/cursussen/"


def live_courses() -> QuerySet[CoursePage]:
    """Published courses in the order of the tree, with professions and newest version; three queries."""
    courses: QuerySet[CoursePage] = _with_newest(CoursePage.objects.live().public()).order_by("path")
    return courses


def _with_newest(pages: QuerySet[CoursePage]) -> QuerySet[CoursePage]:
    """The newest version of each course, and the minutes that it adds up to."""
    newest = CourseVersion.objects.filter(course_id=OuterRef("pk")).order_by("-number")
    minutes = Cast(KeyTextTransform("minutes", "outline"), IntegerField())
    return (
        pages.annotate(
            latest_version_id=Subquery(newest.values("pk")[:1]),
            latest_minutes=Subquery(newest.annotate(minutes=minutes).values("minutes")[:1]),
        )
        .prefetch_related("professions")
        .defer("goals", "programme", "materials")
    )


def summary_of(page: CoursePage) -> CourseSummary:
    """The card of a course that came from live_courses()."""
    return CourseSummary(
        page_id=page.pk,
        slug=page.slug,
        title=page.title,
        subtitle=page.subtitle,
        summary=page.summary,
        url=f"{COURSES_PATH}{page.slug}/",
        level=page.level,
        form=page.form,
        minutes=page.minutes or page.latest_minutes or 0,
        days=Decimal(page.days),
        profession_keys=tuple(profession.key for profession in page.professions.all()),
        version_id=page.latest_version_id,
        continued_training_hours=Decimal(page.continued_training_hours),
        illustration=page.illustration,
    )


def course_by_slug(slug: str) -> CourseSummary | None:
    """The published course with this slug, or None. Three queries."""
    page = live_courses().filter(slug=slug).first()
    return summary_of(page) if page else None


def courses_by_ids(ids: Iterable[int]) -> dict[int, CourseSummary]:
    """Courses by page id, also those that are offline now (people have finished them). Two queries."""
    pages = _with_newest(CoursePage.objects.filter(pk__in=set(ids)))
    return {page.pk: summary_of(page) for page in pages}


def list_courses() -> tuple[CourseSummary, ...]:
    """All published courses. Three queries."""
    return tuple(summary_of(page) for page in live_courses())


def latest_version_id(course_page_id: int) -> int | None:
    """The newest version of a course, or None before its first publication. One query."""
    newest = CourseVersion.objects.filter(course_id=course_page_id).order_by("-number")
    return newest.values_list("pk", flat=True).first()
