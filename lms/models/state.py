from django.db import models
from django.utils import timezone

from ledger.api import PersonalData
from lms.models.enrolment import Enrolment


class ActivityState(models.Model):
    """Where a learner is in a package: its own saved state, the current attempt, and the last claimed ending."""

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="Verdergaan in een oefening",
        retention="Met het account",
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="activity_states")
    lesson = models.CharField(max_length=255)
    activity_id = models.CharField(max_length=120)
    package_version = models.ForeignKey("media.PackageVersion", on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveIntegerField(default=1)
    #: JSON text exactly as the package gave it, or "".
    state = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    #: When it first ended, in whatever attempt; a course that counts activities counts this.
    first_ended_at = models.DateTimeField(null=True, blank=True)
    #: Claimed score between 0 and 1, or None where the package gives none.
    scaled = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enrolment", "activity_id"), name="lms_state_once"),
            models.CheckConstraint(
                condition=models.Q(scaled=None) | models.Q(scaled__gte=0, scaled__lte=1),
                name="lms_state_scaled_between_0_and_1",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.attempt}"
