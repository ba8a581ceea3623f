"""Everything that leaves the house waits here, written in the transaction that caused it."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutboxQuerySet(models.QuerySet["OutboxEvent"]):
    """Reads of the outbox."""

    def waiting(self) -> "OutboxQuerySet":
        """Events that are neither delivered nor given up."""
        return self.filter(delivered_at__isnull=True, given_up_at__isnull=True)

    def due(self, *, now: datetime) -> "OutboxQuerySet":
        """Waiting events whose moment has come and that no other process holds."""
        return (
            self.waiting()
            .filter(available_at__lte=now)
            .filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
        )


class OutboxEvent(models.Model):
    """One message for outside: e-mail, webhook, feed event, rendering job."""

    event_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    available_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("available_at", "id"),
                name="outbox_waiting",
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(fields=("topic", "subject", "id"), name="outbox_order"),
        )

    def __str__(self) -> str:
        return f"{self.topic} {self.subject} ({self.event_id})"
