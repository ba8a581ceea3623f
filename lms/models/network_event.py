"""Days of the network: meetings per care zone and series of case consultation. They never count for criterion 3."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import PersonalData
from lms.enums import NetworkEventKind


class NetworkEvent(models.Model):
    """One day with its hour and place; minutes only for network meetings, never for case consultation."""

    kind = models.CharField(
        _("soort"), max_length=8, choices=NetworkEventKind.choices, default=NetworkEventKind.MEETING
    )
    title = models.CharField(_("titel"), max_length=160)
    zone = models.ForeignKey(
        "people.PrimaryCareZone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="network_events",
        verbose_name=_("zorgzone"),
    )
    region = models.ForeignKey(
        "people.ReferenceRegion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="network_events",
        verbose_name=_("regio"),
    )
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    place = models.CharField(_("plaats"), max_length=200, blank=True)
    online_url = models.URLField(_("link om online deel te nemen"), max_length=500, blank=True)
    seats = models.PositiveSmallIntegerField(_("aantal plaatsen"), null=True, blank=True)
    #: Only the date is certain: nobody can sign up yet.
    save_the_date = models.BooleanField(_("alleen de dag staat vast"), default=False)
    presentation_url = models.URLField(_("link naar de presentatie"), max_length=500, blank=True)
    minutes = models.TextField(_("verslag"), blank=True)
    minutes_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("starts_at", "id")
        verbose_name = _("netwerkmoment")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="network_event_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(kind="meeting") | Q(minutes="", minutes_published_at=None),
                name="no_minutes_of_case_consultation",
            ),
            models.UniqueConstraint(
                fields=("title", "starts_at"), condition=Q(cancelled_at=None), name="network_event_once"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        """Whether the day was called off."""
        return self.cancelled_at is not None


class NetworkEventSeat(models.Model):
    """Somebody signed up for a day of the network; `present` is noted by staff afterwards."""

    personal_data = PersonalData(
        subject="person",
        purpose="Deelnemen aan een netwerkmoment",
        retention="Met het account",
    )

    event = models.ForeignKey(NetworkEvent, on_delete=models.PROTECT, related_name="seats_taken")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="network_event_seats"
    )
    signed_up_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    present = models.BooleanField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "person"), name="one_seat_per_event"),)

    def __str__(self) -> str:
        return f"{self.event_id}:{self.person_id}"
