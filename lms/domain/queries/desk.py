"""The learner's desk: go on here, all courses, what is next and when."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from courses.api import Outline, get_outline
from lms.domain.completion_rules import judge
from lms.domain.lessons import continue_with
from lms.domain.queries.attendance import attendance_shares
from lms.domain.queries.soon import SessionFact, next_sessions
from lms.domain.queries.work import OpenEnrolment, work_of_person


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """One course of a person. `percent` runs from 0 to 100; `done` and `total` count lessons; minutes are online."""

    slug: str
    title: str
    url: str
    percent: int
    done: int
    total: int
    minutes_left: int
    completed_on: date | None
    next_lesson_title: str
    next_url: str
    illustration: str


@dataclass(frozen=True, slots=True)
class DeskLearning:
    """All that the desk shows about learning."""

    continue_with: CourseProgress | None
    courses: tuple[CourseProgress, ...]
    next_sessions: tuple[SessionFact, ...]


def desk_learning(person_id: int) -> DeskLearning:
    """Courses latest first and the next appointments. Four queries at most, whatever the number of courses."""
    enrolments = work_of_person(person_id=person_id)
    outlines = {enrolment.version_id: get_outline(enrolment.version_id) for enrolment in enrolments}
    asked = {
        enrolment.enrolment_id: (enrolment.cohort_id, person_id)
        for enrolment in enrolments
        if enrolment.cohort_id and outlines[enrolment.version_id].rule.attendance_share
    }
    shares = attendance_shares(asked) if asked else {}
    courses = tuple(
        course_progress(enrolment, outlines[enrolment.version_id], shares.get(enrolment.enrolment_id, 0))
        for enrolment in enrolments
    )
    return DeskLearning(
        continue_with=next((course for course in courses if course.completed_on is None), None),
        courses=courses,
        next_sessions=next_sessions(person_id),
    )


def course_progress(enrolment: OpenEnrolment, outline: Outline, attendance_share: int = 0) -> CourseProgress:
    """How far somebody is in one course, and where to go on. No query."""
    work = replace(enrolment.work, attendance_share=attendance_share)
    verdict = judge(outline.rule, outline.lessons, work)
    goal = continue_with(outline, verdict.done, enrolment.last_lesson)
    url = f"/mijn/leren/{enrolment.course_slug}/"
    return CourseProgress(
        slug=enrolment.course_slug,
        title=outline.title,
        url=url,
        percent=100 if enrolment.completed_at else verdict.percent,
        done=len(verdict.done),
        total=verdict.total,
        minutes_left=verdict.minutes_left,
        completed_on=timezone.localdate(enrolment.completed_at) if enrolment.completed_at else None,
        next_lesson_title=goal.title if goal else "",
        next_url=f"{url}{goal.slug}/" if goal else url,
        illustration=outline.illustration,
    )
