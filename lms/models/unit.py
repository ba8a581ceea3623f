import uuid

from django.db import models
from django.utils import timezone

from lms.models.enrolment import Enrolment


class UnitLaunch(models.Model):
    """One launch of one unit of a cmi5 package by one learner: what the cmi5 specification calls a session.

    Purpose: let the unit report for this learner and nobody else. Retention: with the enrolment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="unit_launches")
    lesson = models.CharField(max_length=255)
    activity_id = models.CharField(max_length=120)
    package_version = models.ForeignKey("media.PackageVersion", on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveIntegerField(default=1)
    #: Which unit of the package's structure, from 0.
    unit = models.PositiveIntegerField()
    #: The same for all launches of one attempt at one package.
    registration = models.UUIDField()
    #: SHA-256 of the two secrets; the secrets themselves are nowhere.
    fetch_key = models.CharField(max_length=64, unique=True)
    auth_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    launched_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    initialized_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    terminated_at = models.DateTimeField(null=True, blank=True)
    #: Set when the learner opened the unit anew before it had closed itself.
    abandoned_at = models.DateTimeField(null=True, blank=True)
    #: Claimed score between 0 and 1, or None where the unit gave none.
    scaled = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("registration", "unit"), name="lms_launch_of_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(scaled=None) | models.Q(scaled__gte=0, scaled__lte=1),
                name="lms_launch_scaled_between_0_and_1",
            ),
            models.UniqueConstraint(
                fields=("registration", "unit"),
                condition=models.Q(terminated_at=None, abandoned_at=None),
                name="lms_one_open_launch_per_unit",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.unit}"

    @property
    def is_open(self) -> bool:
        """Whether the unit may still report."""
        return self.terminated_at is None and self.abandoned_at is None and timezone.now() < self.expires_at
