from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import PersonalData
from lms.models.enrolment import Enrolment


class CourseReview(models.Model):
    """How useful a course was for somebody's work, from 1 to 5; no words, so that nobody is named in it.

    Purpose: help others choose and authors improve. Retention: with the enrolment.
    """

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="Anderen helpen kiezen",
        retention="Met het account",
    )

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="review")
    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("course",), name="lms_reviews_of_course"),)
        constraints = (
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="lms_review_from_1_to_5"),
        )

    def __str__(self) -> str:
        return str(self.score)
