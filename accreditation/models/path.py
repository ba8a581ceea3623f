"""What a path reckons with, and who wants to hear of one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accreditation.enums import Level
from ledger.api import PersonalData


class PaceRule(models.Model):
    """What the network reckons with when it plans ahead, from a day on. The defaults are its proposal."""

    valid_from = models.DateField(unique=True)
    study_minutes_a_week = models.PositiveSmallIntegerField(default=120)
    meeting_weeks = models.PositiveSmallIntegerField(default=8)
    meeting_minutes = models.PositiveSmallIntegerField(default=120)
    horizon_months = models.PositiveSmallIntegerField(default=18)

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.CheckConstraint(
                condition=Q(study_minutes_a_week__gte=1, meeting_weeks__gte=1, meeting_minutes__gte=15),
                name="pace_rule_above_zero",
            ),
        )

    def __str__(self) -> str:
        return str(self.valid_from)


class PathWish(models.Model):
    """Purpose: telling somebody that there is a way to meet a criterion. Retention: with the account; answered once."""

    personal_data = PersonalData(
        subject="person",
        purpose="Laten weten dat er een weg is",
        retention="Met het account",
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="path_wishes")
    level = models.CharField(max_length=12, choices=Level.choices)
    criterion_id = models.CharField(max_length=50)
    asked_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "level", "criterion_id"),
                condition=Q(answered_at=None),
                name="one_open_path_wish",
            ),
        )

    def __str__(self) -> str:
        return f"path_wish:{self.pk}"
