"""Real course pages and versions for tests of every floor."""

from typing import Any

from courses.domain.content.index import ensure_course_index
from courses.domain.facts import Outline
from courses.domain.publish import publish_course
from courses.models import CoursePage, LessonPage, ModulePage


def make_question(
    key: str = "vraag-1", kind: str = "single", right: tuple[str, ...] = ("a",)
) -> dict[str, Any]:
    """A question with options a, b and c as StreamField data."""
    options = [
        {
            "key": letter,
            "text": f"Antwoord {letter}",
            "correct": letter in right,
            "feedback": f"Omdat {letter}",
        }
        for letter in "abc"
    ]
    value = {"key": key, "prompt": f"Wat past bij {key}?", "options": options, "feedback": f"Onthoud {key}"}
    return {"type": kind, "value": value}


def make_check_block(key: str = "toets", questions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A check block; by default two questions, the second with several right answers."""
    asked = questions or [make_question(), make_question("vraag-2", "multiple", ("a", "c"))]
    value = {"key": key, "title": "Wat neem je mee?", "intro": "", "pass_mark": 80, "questions": asked}
    return {"type": "check", "value": value}


def make_text_block(html: str = "<p>Kleine signalen.</p>") -> dict[str, Any]:
    """A text block."""
    return {"type": "text", "value": {"text": html}}


def make_reflection_block(key: str = "stilstaan") -> dict[str, Any]:
    """A reflection block."""
    return {"type": "reflection", "value": {"key": key, "prompt": "Wat zag je vandaag?", "help": ""}}


def make_course(slug: str = "kleine-signalen", **fields: Any) -> CoursePage:
    """A live course page without modules."""
    defaults = {"title": f"Cursus {slug}", "summary": "Over kleine signalen.", "minutes": 30}
    professions = fields.pop("professions", [])
    page = CoursePage(slug=slug, **{**defaults, **fields})
    ensure_course_index().add_child(instance=page)
    if professions:
        page.professions.set(professions)
        page.save()
    return page


def add_module(course: CoursePage, slug: str = "module-1", **fields: Any) -> ModulePage:
    """A live module at the end of a course."""
    page = ModulePage(slug=slug, title=f"Module {slug}", goal="Je herkent een signaal.", **fields)
    course.add_child(instance=page)
    return page


def add_lesson(
    module: ModulePage, slug: str = "les-1", body: list[Any] | None = None, **fields: Any
) -> LessonPage:
    """A live lesson at the end of a module; by default one text block."""
    page = LessonPage(slug=slug, title=f"Les {slug}", minutes=5, body=body or [make_text_block()], **fields)
    module.add_child(instance=page)
    return page


def make_published_course(slug: str = "kleine-signalen", lessons: int = 2, **fields: Any) -> Outline:
    """A course with one module, `lessons` lessons (the last with a reflection and a check), published."""
    course = make_course(slug, **fields)
    module = add_module(course)
    for number in range(1, lessons + 1):
        body = [make_text_block()]
        if number == lessons:
            body += [make_reflection_block(f"{slug}-stilstaan"), make_check_block(f"{slug}-toets")]
        add_lesson(module, f"les-{number}", body)
    return publish_course(course=course)
