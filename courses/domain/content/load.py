"""Loading content folders into pages: idempotent by slug and content hash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from courses.domain.content.blocks import stream_data
from courses.domain.content.files import CONTENT, CourseFolder, course_folders, read_course
from courses.domain.content.ids import stream_id
from courses.domain.content.index import ensure_course_index
from courses.domain.content.media import CourseMedia
from courses.domain.content.packages import load_packages
from courses.domain.publish import publish_course
from courses.domain.rich_text import from_markdown
from courses.enums import Level
from courses.exceptions import ContentError, CourseNotPublishableError
from courses.models import (
    ContentSource,
    CourseAccreditation,
    CoursePage,
    LessonPage,
    ModulePage,
    TrainerSheet,
)
from ledger.api import record_audit, ref

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedCourse:
    """What came of one folder. `state` is loaded or unchanged; `version` the number of the version that holds."""

    slug: str
    title: str
    state: str
    modules: int
    lessons: int
    packages: int
    version: int


def load_content(*, root: Path = CONTENT, force: bool = False) -> Iterator[LoadedCourse]:
    """Load every course folder below `root`, one after the other; each in a transaction of its own.

    A folder that was loaded before with the same content is left alone, also when an author changed the pages since;
    `force` loads it again. All folders are read and checked before the first is written. Raises ContentError.
    """
    paths = course_folders(root)
    if not paths:
        raise ContentError(f"{root}: no course.yaml found")
    folders = sorted((read_course(path) for path in paths), key=_from_broad_to_deep)
    ensure_course_index()
    for folder in folders:
        yield _load_course(folder, force=force)


def _from_broad_to_deep(folder: CourseFolder) -> tuple[int, str]:
    """The order of the catalogue on first load; authors may drag courses elsewhere later."""
    return Level.values.index(folder.course["level"]), folder.slug


def _load_course(folder: CourseFolder, *, force: bool) -> LoadedCourse:
    known = ContentSource.objects.filter(slug=folder.slug, content_hash=folder.content_hash).exists()
    page = CoursePage.objects.filter(slug=folder.slug).first()
    unchanged = known and page is not None and not force
    lessons = sum(len(module["lessons"]) for module in folder.modules)
    changed = load_packages(folder)
    if not unchanged:
        with transaction.atomic():
            page = _write_course(folder)
            _publish(page, folder)
    elif changed and page is not None:
        publish_course(course=page)
    newest = page.versions.order_by("-number").first() if page is not None else None
    return LoadedCourse(
        slug=folder.slug,
        title=folder.course["title"],
        state="unchanged" if unchanged else "loaded",
        modules=len(folder.modules),
        lessons=lessons,
        packages=len(folder.packages),
        version=newest.number if newest else 0,
    )


def _publish(page: CoursePage, folder: CourseFolder) -> None:
    try:
        publish_course(course=page)
    except CourseNotPublishableError as error:
        raise ContentError(f"{folder.path}: {error}") from error
    ContentSource.objects.update_or_create(
        slug=folder.slug, defaults={"content_hash": folder.content_hash, "loaded_at": timezone.now()}
    )
    record_audit(verb="content.loaded", subject=ref(page), data={"content_hash": folder.content_hash})


def _write_course(folder: CourseFolder) -> CoursePage:
    """Lessons and modules first, the course last, so that its publication finds all of them."""
    course = _course(folder)
    media = CourseMedia(folder)
    for data in folder.modules:
        module = _put(ModulePage, course, data["slug"], _module_fields(data))
        for lesson in data["lessons"]:
            _put(LessonPage, module, lesson["slug"], _lesson_fields(folder, lesson, media))
        _take_offline(module, {lesson["slug"] for lesson in data["lessons"]})
    _take_offline(course, {module["slug"] for module in folder.modules})
    course.trainer_sheets = [_sheet(number, sheet) for number, sheet in enumerate(folder.sheets)]
    course.save_revision().publish()
    return course


def _sheet(number: int, data: Data) -> TrainerSheet:
    return TrainerSheet(
        sort_order=number,
        slug=data["slug"],
        kind=data["kind"],
        title=data["title"],
        summary=data.get("summary", ""),
        body=from_markdown(data["markdown"]),
    )


def _course(folder: CourseFolder) -> CoursePage:
    """The course page with its facts; saved but not announced yet."""
    fields = _course_fields(folder.course)
    keys = list(folder.course["professions"])
    course: CoursePage | None = CoursePage.objects.filter(slug=folder.slug).first()
    if course is None:
        course = CoursePage(slug=folder.slug, live=False, **fields)
        ensure_course_index().add_child(instance=course)
    for name, value in fields.items():
        setattr(course, name, value)
    profession = CoursePage._meta.get_field("professions").related_model
    found = {row.key: row for row in profession.objects.filter(key__in=keys)}
    if missing := [key for key in keys if key not in found]:
        raise ContentError(f"{folder.path / 'course.yaml'}: unknown professions {', '.join(missing)}")
    course.professions.set([found[key] for key in keys])
    course.accreditations.set(_accreditations(folder, profession))
    course.save()
    return course


def _accreditations(folder: CourseFolder, profession: Any) -> list[CourseAccreditation]:
    """The points that the file names, with their dates."""
    rows = folder.course.get("accreditation") or []
    found = {row.key: row for row in profession.objects.filter(key__in=[row["profession"] for row in rows])}
    if missing := [row["profession"] for row in rows if row["profession"] not in found]:
        raise ContentError(f"{folder.path / 'course.yaml'}: unknown professions {', '.join(missing)}")
    return [
        CourseAccreditation(
            profession=found[row["profession"]],
            scheme=row["scheme"],
            points=Decimal(str(row["points"])),
            valid_from=_day(row["from"]),
            valid_until=_day(row.get("until")),
            sort_order=number,
        )
        for number, row in enumerate(rows)
    ]


def _put(model: type[Page], parent: Page, slug: str, fields: Data) -> Page:
    """The child with this slug, made or changed, and published only when something is new."""
    page = model.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = model(slug=slug, live=False, **fields)
        parent.add_child(instance=page)
    elif page.live and all(_same(page, name, value) for name, value in fields.items()):
        return page
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def _same(page: Page, name: str, value: Any) -> bool:
    """Whether a field holds this value already; stream fields compare as stored data."""
    held = getattr(page, name)
    if name in {"body", "sources"}:
        block = model_block(page, name)
        return bool(held.get_prep_value() == block.to_python(value).get_prep_value())
    return bool(held == value)


def model_block(page: Page, name: str) -> Any:
    """The block that a stream field of a page is made of."""
    return page._meta.get_field(name).stream_block


def _take_offline(parent: Page, keep: set[str]) -> None:
    """Children that the files no longer know leave the next version; nothing is thrown away."""
    for page in parent.get_children().live().exclude(slug__in=keep):
        page.specific.unpublish()


def _course_fields(data: Data) -> Data:
    rule = data["completion"]
    return {
        "title": data["title"],
        "subtitle": data.get("subtitle", ""),
        "summary": data["summary"].strip(),
        "audience": (data.get("audience") or "").strip(),
        "level": data["level"],
        "form": data["form"],
        "minutes": data.get("minutes", 0),
        "days": Decimal(str(data.get("days", 0))),
        "illustration": data.get("illustration", ""),
        "goals": [
            {"type": "goal", "value": goal, "id": stream_id(data["slug"], "goal", number)}
            for number, goal in enumerate(data["goals"], start=1)
        ],
        "programme": from_markdown(data.get("programme") or ""),
        "made_by": data.get("made_by", ""),
        "reviewed_on": _day(data.get("reviewed_on")),
        "review_due": _day(data.get("review_due")),
        "complete_lessons": rule.get("lessons") == "all",
        "complete_checks": rule.get("checks") == "all",
        "complete_activities": rule.get("activities") == "all",
        "complete_reflections": rule.get("reflections", 0),
        "complete_attendance": rule.get("attendance_share", 0),
        "continued_training_hours": Decimal(str(data.get("continued_training_hours", 0))),
        "permanent_education_hours": Decimal(str(data.get("permanent_education_hours", 0))),
    }


def _module_fields(data: Data) -> Data:
    return {
        "title": data["title"],
        "goal": (data.get("goal") or "").strip(),
        "intro": from_markdown(data.get("intro") or ""),
        "minutes": data.get("minutes", 0),
    }


def _lesson_fields(folder: CourseFolder, data: Data, media: CourseMedia) -> Data:
    place = f"{folder.slug}/{data['slug']}"
    return {
        "title": data["title"],
        "summary": (data.get("summary") or "").strip(),
        "minutes": data["minutes"],
        "body": stream_data(data["blocks"], place, media),
        "sources": [
            {"type": "source", "value": source, "id": stream_id(place, "source", number)}
            for number, source in enumerate(data.get("sources") or [], start=1)
        ],
    }


def _day(value: Any) -> date | None:
    """YAML reads a bare day as a date already."""
    return value if isinstance(value, date) else date.fromisoformat(value) if value else None
