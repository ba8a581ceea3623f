"""A learner moves through the lessons."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import get_outline
from lms.domain.completion import complete_if_due
from lms.domain.completion_rules import Verdict
from lms.domain.lessons import neighbours
from lms.domain.queries.enrolments import lock_enrolment
from lms.exceptions import LmsError
from lms.models import Enrolment, LessonProgress
from people.api import User


@dataclass(frozen=True, slots=True)
class LessonMarked:
    """What marking a lesson led to. `waits_for_check` means: read, but its check is still to be passed.

    `next_lesson` is the slug of the lesson after it, or "".
    """

    verdict: Verdict
    next_lesson: str
    waits_for_check: bool
    completed_now: bool


@transaction.atomic
def mark_lesson(*, person: User, course_slug: str, lesson_slug: str) -> LessonMarked:
    """The learner says a lesson is read. Twice is once; the last lesson may complete the course.

    Raises EnrolmentError (not_enrolled) and LmsError (lesson_unknown).
    """
    enrolment = lock_enrolment(person_id=person.pk, course_slug=course_slug)
    outline = get_outline(enrolment.version_id)
    lesson = outline.lesson(lesson_slug)
    if lesson is None:
        raise LmsError("lesson_unknown", _("Deze les hoort niet bij jouw versie van de cursus."))
    was_completed = enrolment.is_completed
    LessonProgress.objects.bulk_create(
        [LessonProgress(enrolment=enrolment, lesson=lesson.slug)], ignore_conflicts=True
    )
    verdict = complete_if_due(enrolment)
    after = neighbours(outline, lesson.slug)[1]
    return LessonMarked(
        verdict=verdict,
        next_lesson=after.slug if after else "",
        waits_for_check=lesson.slug not in verdict.done,
        completed_now=enrolment.is_completed and not was_completed,
    )


def remember_lesson(*, enrolment: Enrolment, lesson_slug: str) -> None:
    """Keep where the learner is, so that the desk can say "go on here". A query only when it moved."""
    if enrolment.last_lesson != lesson_slug:
        Enrolment.objects.filter(pk=enrolment.pk).update(
            last_lesson=lesson_slug, last_opened_at=timezone.now()
        )
        enrolment.last_lesson = lesson_slug
