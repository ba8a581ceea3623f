"""Small news for a person that waits for the one mail of the day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import PersonalData


class DigestItem(models.Model):
    """One line of the daily digest. Purpose: telling people what needs them, once a day. Retention: 60 days.

    `text` is one Dutch sentence without case content; `path` leads to the screen where the rest is told.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Eén mail per dag met kleine berichten",
        retention="60 dagen",
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_items"
    )
    #: Names the cause, such as "evidence-ends:12:30"; written twice is written once.
    key = models.CharField(max_length=200, unique=True)
    text = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    #: After this day the line says nothing any more and is left out.
    until = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("person",), name="digest_waiting", condition=Q(sent_on=None, dropped_at=None)
            ),
            models.Index(fields=("person", "sent_on"), name="digest_sent"),
        )

    def __str__(self) -> str:
        return self.key
