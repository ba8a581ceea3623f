from django.db import models
from django.utils import timezone

from ledger.api import PersonalData
from lms.models.enrolment import Enrolment


class MediaPosition(models.Model):
    """The second at which somebody stopped a film or a recording.

    Purpose: go on there. Retention: with the enrolment.
    """

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="Verder kijken waar je stopte",
        retention="Met het account",
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="media_positions")
    lesson = models.CharField(max_length=255)
    media_id = models.CharField(max_length=120)
    second = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("enrolment", "media_id"), name="lms_position_once"),)

    def __str__(self) -> str:
        return f"{self.media_id} {self.second}"
