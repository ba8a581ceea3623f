"""The sheets for trainers of a course, as facts."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from courses.domain.rich_text import shown_html
from courses.models import TrainerSheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet for trainers. `kind` is a SheetKind; `html` has passed the allow-list."""

    slug: str
    kind: str
    kind_name: str
    title: str
    summary: str
    html: SafeString
    reviewed_on: date | None


def trainer_sheets(course_page_id: int) -> tuple[Sheet, ...]:
    """The script and the materials of a course in their order; empty when it has none. One query."""
    rows = TrainerSheet.objects.filter(course_id=course_page_id).select_related("course")
    return tuple(
        Sheet(
            slug=row.slug,
            kind=row.kind,
            kind_name=row.get_kind_display(),
            title=row.title,
            summary=row.summary,
            html=shown_html(row.body),
            reviewed_on=row.course.reviewed_on,
        )
        for row in rows.order_by("sort_order", "pk")
    )


def has_trainer_sheets(course_page_id: int) -> bool:
    """Whether a course has anything for its trainers. One query."""
    return TrainerSheet.objects.filter(course_id=course_page_id).exists()
