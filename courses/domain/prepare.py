"""From pages to a version: static blocks become safe HTML, checks split into a public and a secret half."""

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import linebreaks
from wagtail.blocks import StreamValue

from courses.domain.cases import split_case
from courses.domain.questions import Json, key_of, split_question
from courses.domain.rich_text import shown_html
from courses.domain.tree import CourseTree
from courses.enums import BlockKind
from courses.models import LessonPage, ModulePage
from media.api import current_version_id

#: Raise this when the prepared form changes: the next publication then makes a new version of the same content.
PREPARED_FORM = 2

#: What a learner does something with, and under which name the outline lists it.
OUTLINE_NAMES = {
    "check": "check_ids",
    "reflection": "reflection_ids",
    "h5p": "activity_ids",
    "decision_case": "case_ids",
    "poll": "poll_ids",
    "video": "media_ids",
    "audio": "media_ids",
}


@dataclass(frozen=True, slots=True)
class PreparedCheck:
    """Both halves of one check."""

    id: str
    public: Json
    key: Json


@dataclass(frozen=True, slots=True)
class PreparedLesson:
    """One lesson, ready for its row."""

    slug: str
    outline: Json
    blocks: list[Json]
    sources: list[Json]
    checks: list[PreparedCheck] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PreparedCourse:
    """A whole course, ready to be stored, with the hash of its content."""

    outline: Json
    lessons: list[PreparedLesson]
    content_hash: str


def prepare_course(tree: CourseTree) -> PreparedCourse:
    """Prepare every published lesson of a course. Reads images and packages; writes nothing."""
    lessons: list[PreparedLesson] = []
    modules: list[Json] = []
    for module, pages in tree.modules:
        prepared = [prepare_lesson(page, module_id=str(module.pk)) for page in pages]
        lessons += prepared
        modules.append(_module(module, prepared))
    outline = _outline(tree, modules)
    return PreparedCourse(outline=outline, lessons=lessons, content_hash=_hash(tree, outline, lessons))


def prepare_lesson(page: LessonPage, *, module_id: str = "") -> PreparedLesson:
    """Prepare one lesson; also used by the preview, so that an author sees what a learner will get."""
    blocks: list[Json] = []
    checks: list[PreparedCheck] = []
    ids: dict[str, list[str]] = {name: [] for name in OUTLINE_NAMES.values()}
    for child in page.body:
        key = key_of(child.value, child.id)
        block, check = _block(key, child)
        blocks.append(block)
        if check is not None:
            checks.append(check)
        if child.block_type in OUTLINE_NAMES:
            ids[OUTLINE_NAMES[child.block_type]].append(key)
        if child.block_type == "decision_case" and child.value["counts"]:
            ids["check_ids"].append(key)
    outline = {
        "id": str(page.pk),
        "slug": page.slug,
        "title": page.title,
        "summary": page.summary,
        "minutes": page.minutes,
        "module_id": module_id,
        **ids,
    }
    return PreparedLesson(page.slug, outline, blocks, _sources(page.sources), checks)


def _block(key: str, child: Any) -> tuple[Json, PreparedCheck | None]:
    """One block as the learner's page needs it, and the check that hangs on it."""
    kind, value = child.block_type, child.value
    if kind in ("check", "decision_case"):
        check = prepare_check(key, value) if kind == "check" else PreparedCheck(key, *split_case(key, value))
        return {"kind": kind, "id": key, "html": "", "data": check.public}, check
    if kind == "reflection":
        data: Json = {"prompt": value["prompt"], "help": value["help"] or ""}
    elif kind == "h5p":
        data = _activity(value)
    elif kind == "poll":
        data = _poll(value)
    else:
        shown = BlockKind.MEDIA if kind in ("video", "audio") else BlockKind.HTML
        return {"kind": shown.value, "id": key, "html": str(child.render()), "data": {}}, None
    return {"kind": kind, "id": key, "html": "", "data": data}, None


def prepare_check(key: str, value: Any) -> PreparedCheck:
    """Split one check into its public and its secret half."""
    halves = [
        split_question(child.block_type, child.value, question_id=key_of(child.value, child.id), check_id=key)
        for child in value["questions"]
    ]
    public = {
        "id": key,
        "kind": "questions",
        "title": value["title"],
        "intro_html": shown_html(linebreaks(value["intro"] or "", autoescape=True)),
        "pass_mark": value["pass_mark"],
        "shuffle": bool(value["shuffle"]),
        "time_limit": value["time_limit"] or 0,
        "attempts": value["attempts"] or 0,
        "wait_minutes": value["wait_minutes"] or 0,
        "pools": [[pool["name"], pool["draw"]] for pool in value["pools"]],
        "questions": [half for half, _key in halves],
    }
    secret = {"id": key, "pass_mark": value["pass_mark"], "questions": [half for _public, half in halves]}
    return PreparedCheck(key, public, secret)


def _poll(value: Any) -> Json:
    options = [
        [key_of(option, chr(ord("a") + number)), option["text"]]
        for number, option in enumerate(value["options"])
    ]
    return {
        "question": value["question"],
        "options": options,
        "multiple": bool(value["multiple"]),
        "closing_html": shown_html(value["closing"].source if value["closing"] else ""),
    }


def _activity(value: Any) -> Json:
    """The package version that is ready on the day of publication; None when there is none (validation says so)."""
    return {
        "package_version_id": current_version_id(slug=value["package"]),
        "package": value["package"],
        "title": value["title"],
        "intro_html": shown_html(linebreaks(value["intro"] or "", autoescape=True)),
    }


def _sources(value: StreamValue) -> list[Json]:
    return [
        {
            "title": child.value["title"],
            "publisher": child.value["publisher"] or "",
            "year": child.value["year"],
        }
        for child in value
    ]


def _module(module: ModulePage, lessons: list[PreparedLesson]) -> Json:
    return {
        "id": str(module.pk),
        "title": module.title,
        "goal": module.goal,
        "intro_html": shown_html(module.intro),
        "minutes": module.minutes or sum(lesson.outline["minutes"] for lesson in lessons),
        "lessons": [lesson.outline for lesson in lessons],
    }


def _outline(tree: CourseTree, modules: list[Json]) -> Json:
    course = tree.course
    rule = course.rule
    return {
        "slug": course.slug,
        "title": course.title,
        "goals": [str(child.value) for child in course.goals],
        "rule": {
            "lessons": rule.lessons,
            "checks": rule.checks,
            "attendance_share": rule.attendance_share,
            "reflections": rule.reflections,
            # Left out where it is not asked: versions of before the choice existed stay the same.
            **({"activities": True} if rule.activities else {}),
        },
        "modules": modules,
        "minutes": course.minutes or sum(module["minutes"] for module in modules),
        "level": course.level,
        "form": course.form,
        "days": str(_plain(course.days)),
        "illustration": course.illustration,
        "continued_training_hours": str(_plain(course.continued_training_hours)),
        "permanent_education_hours": str(_plain(course.permanent_education_hours)),
    }


def _plain(value: Decimal) -> Decimal:
    """The same number written in one way, whatever the database made of it (3, 3.0 and 3.00 are equal)."""
    number = Decimal(value).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _without_ids(value: Any) -> Any:
    """Stored stream data without the editor's ids: they say where something stands, not what it says."""
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        is_child = {"type", "value"} <= value.keys()
        return {key: _without_ids(item) for key, item in value.items() if not (is_child and key == "id")}
    return value


def _hash(tree: CourseTree, outline: Json, lessons: list[PreparedLesson]) -> str:
    """SHA-256 over what authors wrote (not over the HTML made of it) and over what it is played with."""
    content = {
        "form": PREPARED_FORM,
        "outline": outline,
        "programme": tree.course.programme,
        "bodies": [_without_ids(page.body.get_prep_value()) for page in tree.lessons],
        "sources": [lesson.sources for lesson in lessons],
        "packages": [
            block["data"]["package_version_id"]
            for lesson in lessons
            for block in lesson.blocks
            if block["kind"] == BlockKind.H5P
        ],
    }
    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
