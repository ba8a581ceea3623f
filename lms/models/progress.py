from django.db import models
from django.utils import timezone

from ledger.api import PersonalData
from lms.models.enrolment import Enrolment


class LessonProgress(models.Model):
    """The learner's own mark that a lesson is read. Whether the lesson is done also depends on its checks."""

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="Weten waar je gebleven was",
        retention="Met het account",
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="lesson_progress")
    lesson = models.CharField(max_length=255)
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enrolment", "lesson"), name="lms_lesson_marked_once"),
        )

    def __str__(self) -> str:
        return self.lesson
