"""Somebody asks to join a group of peers; the group decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import PersonalData


class GroupJoinRequest(models.Model):
    """Purpose: finding a group. Retention: with the account. Decided once; a refused one may be followed by another."""

    personal_data = PersonalData(
        subject="person",
        purpose="Een intervisiegroep vinden",
        retention="Met het account",
    )

    group = models.ForeignKey("lms.IntervisionGroup", on_delete=models.PROTECT, related_name="join_requests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="group_join_requests"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("group", "person"), condition=Q(decided_at=None), name="one_open_join_request"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, accepted=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, accepted__isnull=False),
                name="join_request_decided_as_a_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.group_id}:{self.person_id}"
