"""Partners' servers that want to be told at once: who, what waits for them, and what they answered."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums import ReceiptOutcome
from accreditation.models.feed import FeedEvent


class WebhookEndpoint(models.Model):
    """One address of a partner. Secrets lie sealed; the former one keeps signing along until `former_until`."""

    name = models.CharField(_("partner"), max_length=120, unique=True)
    url = models.CharField(_("adres"), max_length=500)
    sealed_secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    stopped_reason = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    #: Failures in a row; while it rests until `next_try_at`, nothing is sent.
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Reads of deliveries."""

    def waiting(self) -> "WebhookDeliveryQuerySet":
        """Neither delivered nor given up."""
        return self.filter(delivered_at=None, given_up_at=None)

    def due(self, *, now: datetime) -> "WebhookDeliveryQuerySet":
        """Waiting, and their moment has come."""
        return self.waiting().filter(next_try_at__lte=now)


class WebhookDelivery(models.Model):
    """One version of one recognition on its way to one partner; written in the transaction of the version itself."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(FeedEvent, on_delete=models.PROTECT, related_name="deliveries")
    #: The same at every try, so that a receiver drops repeats.
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_revocation = models.BooleanField()
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("event_id",)
        constraints = (
            models.UniqueConstraint(fields=("endpoint", "event"), name="webhook_version_once_per_endpoint"),
        )
        indexes = (
            models.Index(
                fields=("endpoint", "event"),
                name="webhook_waiting",
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.endpoint_id}:{self.event_id}"


class WebhookReceipt(models.Model):
    """One attempt and what came of it. Never the body of an answer. Retention: ninety days."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="receipts")
    #: None for a test message.
    delivery = models.ForeignKey(
        WebhookDelivery, on_delete=models.CASCADE, null=True, blank=True, related_name="receipts"
    )
    message_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now, db_index=True)
    outcome = models.CharField(max_length=12, choices=ReceiptOutcome.choices)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.message_id}: {self.outcome}"
