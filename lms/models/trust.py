"""What makes intervision trustworthy: a signed agreement, a private learning point, a check of a sample."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import OnErasure, PersonalData
from lms.enums import CheckOutcome


class AgreementSignature(models.Model):
    """A member signs the agreement on confidentiality of a group; `version` is that of its words."""

    personal_data = PersonalData(
        subject="person",
        purpose="Afspraken over vertrouwelijkheid in een intervisiegroep",
        retention="Met het account",
        on_erasure=OnErasure.KEEP,
        why_kept="De afspraak geldt ook voor de andere leden; wijst naar een account zonder naam",
    )

    group = models.ForeignKey("lms.IntervisionGroup", on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agreement_signatures"
    )
    version = models.PositiveSmallIntegerField(default=1)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "person", "version"), name="agreement_signed_once"),
        )

    def __str__(self) -> str:
        return f"{self.group_id}:{self.person_id}:{self.version}"


class LearningPoint(models.Model):
    """What a member takes along from a meeting. Only this member ever reads it: no screen shows it to others.

    Purpose: the member's own learning. Retention: until the member clears it or is erased.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Onthouden wat je meeneemt uit een overleg",
        retention="Met het account",
    )

    meeting = models.ForeignKey("lms.Meeting", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learning_points"
    )
    text = models.TextField(blank=True)
    #: Rises with every change, so that a second device cannot overwrite what it never saw.
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "person"), name="one_learning_point_per_member"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.person_id}"


class MeetingCheck(models.Model):
    """A meeting of the sample that staff ask about, with the outcome."""

    meeting = models.OneToOneField("lms.Meeting", on_delete=models.PROTECT, related_name="check_of_sample")
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=CheckOutcome.choices, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("drawn_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", checked_at=None, checked_by=None)
                | (~Q(outcome="") & Q(checked_at__isnull=False, checked_by__isnull=False)),
                name="meeting_check_as_a_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.outcome}"
