"""The key of a person's own calendar feed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ledger.api import PersonalData


class CalendarKey(models.Model):
    """Which number of a person's signed calendar link is in force; a higher number revokes the earlier links."""

    personal_data = PersonalData(
        subject="person",
        purpose="De eigen agenda volgen",
        retention="Met het account",
        moves=False,
    )

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    number = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.person_id}:{self.number}"
