"""First attempts at a check, marked again, for its authors. No names come with them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from courses.api import MarkedQuestion, PublicCheck, courses_by_ids, get_check, get_outline, mark_check
from lms.domain.item_rules import FEWEST_TO_SHOW, ItemFigures, Response, analyse
from lms.models import CheckAttempt

#: Newest first attempts that are looked at; more change the figures by less than a per cent.
MOST_ATTEMPTS = 2000


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check of a course with the number of people who handed it in."""

    course_id: int
    course_title: str
    check_id: str
    title: str
    people: int


@dataclass(frozen=True, slots=True)
class CheckAnalysis:
    """What first attempts say of a check; `figures` is empty while there are too few people to show anything."""

    check: PublicCheck
    course_title: str
    people: int
    average_percent: int
    figures: dict[str, ItemFigures]


def checks_with_people() -> tuple[CheckLine, ...]:
    """Every check of the newest version of each course. A fixed number of queries, and one for each cold version."""
    counted = (
        CheckAttempt.objects.filter(number=1, submitted_at__isnull=False)
        .values_list("enrolment__course_id", "check_id")
        .annotate(Count("pk"))
    )
    people: dict[int, dict[str, int]] = defaultdict(dict)
    for course_id, check_id, count in counted:
        people[course_id][check_id] = count
    lines = []
    for course in courses_by_ids(list(people)).values():
        if course.version_id is None:
            continue
        outline = get_outline(course.version_id)
        for lesson in outline.lessons:
            for check_id in lesson.test_ids:
                title = get_check(course.version_id, check_id).title
                count = people[course.page_id].get(check_id, 0)
                lines.append(CheckLine(course.page_id, course.title, check_id, title, count))
    return tuple(sorted(lines, key=lambda line: line.course_title.casefold()))


def analyse_check(*, course_id: int, check_id: str) -> CheckAnalysis | None:
    """The figures of one check, over all versions; None when the newest version has no such check. Three queries."""
    course = courses_by_ids([course_id]).get(course_id)
    if course is None or course.version_id is None:
        return None
    outline = get_outline(course.version_id)
    if not any(check_id in lesson.test_ids for lesson in outline.lessons):
        return None
    check = get_check(course.version_id, check_id)
    attempts = list(
        CheckAttempt.objects.filter(
            enrolment__course_id=course_id, check_id=check_id, number=1, submitted_at__isnull=False
        )
        .order_by("-submitted_at")
        .values_list("enrolment__version_id", "answers", "drawn", "percent")[:MOST_ATTEMPTS]
    )
    responses: list[Response] = []
    correct: dict[str, frozenset[str]] = {}
    for version_id, answers, drawn, _percent in attempts:
        marked = mark_check(version_id, check_id, answers, drawn or None)
        responses.append(_response(marked.questions))
        correct |= {question.id: frozenset(question.correct_options) for question in marked.questions}
    known = {question.id for question in check.questions}
    shown = len(attempts) >= FEWEST_TO_SHOW
    figures = analyse(responses, correct) if shown else {}
    return CheckAnalysis(
        check=check,
        course_title=course.title,
        people=len(attempts),
        average_percent=sum(row[3] or 0 for row in attempts) // len(attempts) if shown else 0,
        figures={
            question: found
            for question, found in figures.items()
            if question in known and found.people >= FEWEST_TO_SHOW
        },
    )


def _response(questions: tuple[MarkedQuestion, ...]) -> Response:
    return Response(
        right={question.id: question.correct for question in questions},
        chosen={question.id: question.chosen for question in questions},
    )
