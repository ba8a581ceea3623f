"""Somebody asks to join a group of peers; the group decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import PersonalData


class GroupJoinRequest(models.Model):
    """Purpose: finding a group. Retention: with the account. Decided once; a refused one may be followed by another.

    `decided_by` gave the voice that settled it.
    """

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


class GroupJoinVoice(models.Model):
    """What a member says to somebody who asks for a place. The group sees numbers, the asker the outcome only."""

    personal_data = PersonalData(
        subject="person",
        purpose="Samen beslissen wie erbij komt in een intervisiegroep",
        retention="Met het account",
    )

    request = models.ForeignKey(GroupJoinRequest, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="group_join_voices"
    )
    welcome = models.BooleanField()
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("given_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("request", "person"), name="one_voice_per_member_and_request"),
        )

    def __str__(self) -> str:
        return f"{self.request_id}:{self.person_id}"
