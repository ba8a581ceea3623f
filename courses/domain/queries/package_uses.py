"""Where packages are used: which lessons of which course versions pinned which package version."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Q, TextField
from django.db.models.functions import Cast

from courses.enums import BlockKind
from courses.models import CourseVersion, VersionLesson


@dataclass(frozen=True, slots=True)
class PackageUse:
    """One exercise in one lesson. `is_current` says that new learners of the course get this version."""

    package_version_id: int
    course_version_id: int
    course_page_id: int
    course_title: str
    course_slug: str
    course_number: int
    lesson_slug: str
    block_id: str
    block_title: str
    is_current: bool


def package_uses(version_ids: Collection[int]) -> tuple[PackageUse, ...]:
    """Every use of these package versions, newest course version first. Two queries."""
    if not version_ids:
        return ()
    wanted = Q()
    for version_id in version_ids:
        # Both engines write a JSON number after its name like this; what only looks like it is left out below.
        wanted |= Q(text__contains=f'"package_version_id": {version_id}')
    rows = list(
        VersionLesson.objects.annotate(text=Cast("blocks", TextField()))
        .filter(wanted)
        .select_related("version__course")
        .order_by("version__course__title", "-version__number", "position")
    )
    if not rows:
        return ()
    courses = {row.version.course_id for row in rows}
    newest = CourseVersion.objects.filter(course__in=courses).values_list("course").annotate(Max("number"))
    current = dict(newest)
    uses = []
    for row in rows:
        for block in row.blocks:
            pinned = block["data"].get("package_version_id") if block["kind"] == BlockKind.H5P else None
            if pinned is not None and pinned in version_ids:
                version = row.version
                uses.append(
                    PackageUse(
                        package_version_id=pinned,
                        course_version_id=version.pk,
                        course_page_id=version.course_id,
                        course_title=version.course.title,
                        course_slug=version.course.slug,
                        course_number=version.number,
                        lesson_slug=row.slug,
                        block_id=block["id"],
                        block_title=block["data"].get("title", ""),
                        is_current=current.get(version.course_id) == version.number,
                    )
                )
    return tuple(uses)
