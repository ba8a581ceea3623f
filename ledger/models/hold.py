"""While one of these is open, nothing leaves the house: a restored site first looks before it speaks."""

from django.db import models
from django.utils import timezone


class DeliveryHold(models.Model):
    """One stop of all deliveries, from `since` until `released_at`. Holds no personal data."""

    since = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=60)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("reason",), condition=models.Q(released_at=None), name="one_open_hold_per_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.since:%Y-%m-%d}"
