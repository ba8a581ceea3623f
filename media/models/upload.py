"""An upload that comes in pieces over a slow line, and goes on where it stopped."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ledger.api import PersonalData


class ResumableUpload(models.Model):
    """Purpose: letting a large file arrive over a bad line. Retention: one day, or until it is whole.

    `parts`: names and sizes of the pieces in the private storage, in order. `received` is their sum in bytes.
    """

    personal_data = PersonalData(
        subject="owner",
        purpose="Een groot bestand over een trage lijn",
        retention="Eén dag",
        secret=("parts",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    parts = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_not_longer_than_said"),
        )

    def __str__(self) -> str:
        return f"{self.id} {self.received}/{self.size}"
