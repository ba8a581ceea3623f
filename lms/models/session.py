"""Dated meetings of a cohort, and who leads them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from lms.enums import SessionKind


class SessionQuerySet(models.QuerySet["Session"]):
    """Reads of sessions."""

    def held(self) -> "SessionQuerySet":
        """Sessions that were not called off."""
        return self.filter(cancelled_at=None)

    def upcoming(self) -> "SessionQuerySet":
        """Sessions that have not ended yet, soonest first."""
        return self.held().filter(ends_at__gte=timezone.now()).order_by("starts_at", "id")

    def today(self) -> "SessionQuerySet":
        """Sessions that begin today, soonest first."""
        return self.held().filter(starts_at__date=timezone.localdate()).order_by("starts_at", "id")


class Session(models.Model):
    """One meeting of a cohort. `sequence` grows with every change that a calendar must hear of."""

    cohort = models.ForeignKey("lms.Cohort", on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(_("titel"), max_length=160)
    kind = models.CharField(
        _("vorm"), max_length=12, choices=SessionKind.choices, default=SessionKind.IN_PERSON
    )
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    place = models.CharField(_("plaats"), max_length=200, blank=True)
    online_url = models.URLField(_("link om online deel te nemen"), max_length=500, blank=True)
    location = models.ForeignKey(
        "lms.Location",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("locatie"),
    )
    preparation = models.TextField(_("voorbereiding"), max_length=2000, blank=True)
    series = models.ForeignKey(
        "lms.SessionSeries",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="sessions",
    )
    #: Changed by hand: a change of the whole series leaves it alone.
    is_exception = models.BooleanField(default=False, editable=False)
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="lms.SessionTrainer",
        related_name="led_sessions",
        verbose_name=_("trainers"),
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="session_closed_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("starts_at",), name="session_starts_at"),)

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """Length in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def is_cancelled(self) -> bool:
        """Whether the session was called off."""
        return self.cancelled_at is not None

    @property
    def is_closed(self) -> bool:
        """Whether the attendance list was closed."""
        return self.closed_at is not None


class SessionTrainer(models.Model):
    """A trainer of a session. A trigger refuses somebody whose attendance was recorded there."""

    personal_data = PersonalData(
        subject="trainer",
        purpose="Een bijeenkomst begeleiden",
        retention="Met de bijeenkomst",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gebeurde; wijst naar een account zonder naam",
    )

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="session_trainers")
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="session_trainers"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "trainer"), name="trainer_once_per_session"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}:{self.trainer_id}"
