"""What goes to the outside: which recognitions are listed, and the stream of their versions."""

import uuid

from django.db import models
from django.utils import timezone

from accreditation.models.recognition import Recognition


class Listing(models.Model):
    """The public side of one recognition. Purpose: families and referrers can find it. Retention: with the recognition.

    `public_id` stands in the stream instead of anything that says who it is. Whether somebody is listed right now is
    always worked out from the consent and the dates; `is_announced` only says what the stream said last.
    """

    recognition = models.OneToOneField(Recognition, on_delete=models.PROTECT, related_name="listing")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    is_announced = models.BooleanField(default=False)
    #: Digest of what the public saw last, so that nothing is announced twice.
    shown_digest = models.CharField(max_length=64, blank=True)
    #: Keyed digest of the RIZIV number, for partners who ask about one number; empty without one.
    riziv_digest = models.CharField(max_length=64, blank=True, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"listing:{self.pk}"


class FeedEvent(models.Model):
    """One version of one listed recognition, in the order of the stream. Append-only (database trigger).

    `payload` holds no name and no contact: a stream is copied and cannot be called back.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="feed_events")
    version = models.PositiveIntegerField()
    payload = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("recognition", "version"), name="feed_version_once"),)

    def __str__(self) -> str:
        return f"{self.sequence}"
