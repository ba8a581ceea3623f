from django.db import models
from django.utils import timezone

from ledger.api import PersonalData
from lms.models.enrolment import Enrolment


class LessonNote(models.Model):
    """A learner's own notes at a lesson. Nobody else reads them.

    Purpose: the learner's memory. Retention: until the learner clears it or is erased.
    """

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="Onthouden wat je bij een les noteerde",
        retention="Met het account",
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes")
    lesson = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    #: Rises with every change, so that a second device cannot overwrite what it never saw.
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("enrolment", "lesson"), name="lms_note_once"),)

    def __str__(self) -> str:
        return self.lesson
