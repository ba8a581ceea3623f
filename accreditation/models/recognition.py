"""The granted level, with its period. What it is worth today is computed from its dates at read time."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accreditation.enums import Level
from ledger.api import OnErasure, PersonalData


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    """Reads of recognitions."""

    def standing(self) -> "RecognitionQuerySet":
        """Neither withdrawn nor replaced; at most one per person and level. Dates may still say otherwise."""
        return self.filter(withdrawn_at=None, replaced_at=None)

    def running_on(self, day: date) -> "RecognitionQuerySet":
        """Standing and within its dates, suspended or not."""
        return self.standing().filter(valid_from__lte=day, valid_until__gte=day)

    def holding_on(self, day: date) -> "RecognitionQuerySet":
        """Standing, within its dates and not suspended."""
        return self.running_on(day).exclude(suspended_on(day))


def suspended_on(day: date) -> Q:
    """Rows that rest on a day: from the first to the last day of the suspension, or until it is lifted."""
    return Q(suspended_from__isnull=False, suspended_from__lte=day) & (
        Q(suspended_until=None) | Q(suspended_until__gte=day)
    )


class Recognition(models.Model):
    """Purpose: showing who is recognised. Retention: for ever as history, without contact data.

    Dates are fixed at the grant, from the procedure rule of that day; only a deferral moves the end (trigger).
    `version` grows with every change, so that a receiver of the feed knows which of two messages is the later one.
    A trigger refuses to undo a withdrawal.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Tonen wie erkend is",
        retention="Als geschiedenis, zonder contactgegevens",
        on_erasure=OnErasure.KEEP,
        why_kept="Geschiedenis van erkenningen; wijst naar een account zonder naam",
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recognitions"
    )
    level = models.CharField(max_length=12, choices=Level.choices)
    decision = models.OneToOneField(
        "accreditation.Decision", on_delete=models.PROTECT, related_name="recognition"
    )
    valid_from = models.DateField()
    valid_until = models.DateField()
    renewal_from = models.DateField()
    grace_until = models.DateField()
    granted_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)
    #: First and last day of a suspension; no last day means until it is lifted. History: RecognitionTransition.
    suspended_from = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-id")
        indexes = (models.Index(fields=("valid_until",), name="recognition_valid_until"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "level"),
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_standing_recognition_per_level",
            ),
            models.CheckConstraint(
                condition=Q(
                    valid_until__gte=F("valid_from"),
                    renewal_from__lte=F("valid_until"),
                    grace_until__gte=F("valid_until"),
                ),
                name="recognition_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="withdrawn_recognition_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"recognition:{self.pk}"

    def rests_on(self, day: date) -> bool:
        """Whether it is suspended on a day; the same rule as `suspended_on`, for a row at hand."""
        begun = self.suspended_from is not None and self.suspended_from <= day
        return begun and (self.suspended_until is None or self.suspended_until >= day)
