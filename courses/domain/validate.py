"""What keeps a course from being published, as sentences that an author can act on. Pure: no database."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.domain.prepare import PreparedCheck, PreparedCourse, PreparedLesson
from courses.domain.question_problems import case_problems, pool_problems, question_problems, twice


def problems_of(course: PreparedCourse) -> tuple[str, ...]:
    """Every reason why this course cannot become a version yet; empty when it can."""
    return (*_course_problems(course), *_duplicate_problems(course), *_lesson_problems(course))


def _course_problems(course: PreparedCourse) -> Iterable[str]:
    outline = course.outline
    attendance = outline["rule"]["attendance_share"]
    if not course.lessons and not attendance:
        yield _(
            "Deze cursus heeft nog geen gepubliceerde lessen. Publiceer eerst een les, of vraag aanwezigheid "
            "bij de bijeenkomsten."
        )
    claims = outline["rule"].get("activities", False)
    if not any(
        (
            outline["rule"]["lessons"],
            outline["rule"]["checks"],
            attendance,
            outline["rule"]["reflections"],
            claims,
        )
    ):
        yield _("Kies minstens één voorwaarde bij 'Wanneer is de cursus afgewerkt?'.")
    if claims and not any(lesson.outline["activity_ids"] for lesson in course.lessons):
        yield _("De cursus vraagt alle oefeningen, maar er staat er geen in de lessen.")
    if claims and _counts_for_recognition(outline) and not attendance and not _has_asked_check(course):
        yield _(
            "Oefeningen meldt de browser van de deelnemer zelf. Uren voor een erkenning vragen meer: vraag ook een "
            "toets of aanwezigheid, of zet de uren op nul."
        )
    for module in outline["modules"]:
        if not module["lessons"]:
            yield _("Module '%(title)s' heeft nog geen gepubliceerde lessen.") % {"title": module["title"]}
    reflections = sum(len(lesson.outline["reflection_ids"]) for lesson in course.lessons)
    if outline["rule"]["reflections"] > reflections:
        yield _("De cursus vraagt %(asked)s reflecties, maar er staan er maar %(there)s in de lessen.") % {
            "asked": outline["rule"]["reflections"],
            "there": reflections,
        }


def _counts_for_recognition(outline: dict[str, Any]) -> bool:
    names = ("continued_training_hours", "permanent_education_hours")
    return any(Decimal(outline[name]) > 0 for name in names)


def _has_asked_check(course: PreparedCourse) -> bool:
    return course.outline["rule"]["checks"] and any(lesson.checks for lesson in course.lessons)


def _duplicate_problems(course: PreparedCourse) -> Iterable[str]:
    for slug in twice(lesson.slug for lesson in course.lessons):
        yield _("Twee lessen hebben hetzelfde adres '%(slug)s'. Geef één ervan een ander adres.") % {
            "slug": slug
        }
    for key in twice(block["id"] for lesson in course.lessons for block in lesson.blocks):
        yield _("De vaste naam '%(key)s' staat twee keer in de cursus. Geef één blok een andere naam.") % {
            "key": key
        }


def _lesson_problems(course: PreparedCourse) -> Iterable[str]:
    for lesson in course.lessons:
        if not lesson.blocks:
            yield _("Les '%(title)s' is nog leeg.") % {"title": lesson.outline["title"]}
        yield from _check_problems(lesson)
        for block in lesson.blocks:
            if block["kind"] == "h5p" and block["data"]["package_version_id"] is None:
                yield _(
                    "Les '%(title)s': het leerpakket van oefening '%(block)s' is er niet of wacht nog op goedkeuring."
                ) % {"title": lesson.outline["title"], "block": block["data"]["title"]}


def _check_problems(lesson: PreparedLesson) -> Iterable[str]:
    for check in lesson.checks:
        place = {"title": lesson.outline["title"], "check": check.public["title"]}
        if check.public["kind"] == "case":
            yield from _case_problems(lesson, check)
            continue
        if not check.key["questions"]:
            yield _("Les '%(title)s': toets '%(check)s' heeft nog geen vragen.") % place
        for key in twice(question["id"] for question in check.key["questions"]):
            yield _("Les '%(title)s': in toets '%(check)s' heten twee vragen '%(key)s'.") % {
                **place,
                "key": key,
            }
        pools = [(name, draw) for name, draw in check.public["pools"]]
        used = [question["pool"] for question in check.public["questions"] if question["pool"]]
        for problem in pool_problems(pools, used):
            yield _("Les '%(title)s', toets '%(check)s': %(problem)s") % {**place, "problem": problem}
        for question, public in zip(check.key["questions"], check.public["questions"], strict=True):
            yield from (
                _("Les '%(title)s', toets '%(check)s', vraag '%(prompt)s': %(problem)s")
                % {**place, "prompt": public["prompt"][:60], "problem": problem}
                for problem in question_problems(public, question)
            )


def _case_problems(lesson: PreparedLesson, check: PreparedCheck) -> Iterable[str]:
    steps = {step["id"]: step for step in check.key["steps"]}
    order = [step["id"] for step in check.key["steps"]]
    for problem in case_problems(steps, order, counts=check.key["counts"]):
        yield _("Les '%(title)s', casus '%(case)s': %(problem)s") % {
            "title": lesson.outline["title"],
            "case": check.public["title"],
            "problem": problem,
        }
