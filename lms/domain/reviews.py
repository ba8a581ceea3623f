"""Reviews: who finished a course says how useful it was; others see the average."""

from django.db import transaction
from django.db.models import Avg, Count
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import ReviewFigures
from lms.domain.queries.enrolments import lock_enrolment
from lms.exceptions import LmsError
from lms.models import CourseReview, Enrolment

#: With fewer people an average could tell who said what.
FEWEST_REVIEWS = 5
SCORES = (1, 2, 3, 4, 5)


@transaction.atomic
def review_course(*, person_id: int, course_slug: str, score: int) -> int:
    """Give or change a score from 1 to 5; the newest counts.

    Raises EnrolmentError (not_enrolled), LmsError (not_finished, score_unknown).
    """
    enrolment = lock_enrolment(person_id=person_id, course_slug=course_slug)
    if not enrolment.is_completed:
        raise LmsError("not_finished", _("Rond de cursus eerst af. Daarna horen we graag wat je ervan vond."))
    if score not in SCORES:
        raise LmsError("score_unknown", _("Kies een cijfer van 1 tot 5."))
    CourseReview.objects.update_or_create(
        enrolment=enrolment,
        defaults={"course_id": enrolment.course_id, "score": score, "given_at": timezone.now()},
    )
    return score


def score_of(enrolment: Enrolment) -> int | None:
    """What this learner said before. One query, none before the course is finished."""
    if not enrolment.is_completed:
        return None
    return CourseReview.objects.filter(enrolment=enrolment).values_list("score", flat=True).first()


def review_figures(course_id: int) -> ReviewFigures | None:
    """The average of a course, from five reviews on. One query."""
    found = CourseReview.objects.filter(course_id=course_id).aggregate(
        people=Count("pk"), average=Avg("score")
    )
    if found["people"] < FEWEST_REVIEWS:
        return None
    return ReviewFigures(people=found["people"], average=round(float(found["average"]), 1))
