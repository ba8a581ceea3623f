"""Who may supervise, lead the intervision of teams, or train the own team; and when the experts of the pool can."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from lms.enums import Half, LicenceKind


class LicenceQuerySet(models.QuerySet["Licence"]):
    """Reads of licences."""

    def on(self, day: object) -> "LicenceQuerySet":
        """Licences that hold on a day, of people with an open account."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=day),
            valid_from__lte=day,
            valid_until__gte=day,
            person__is_active=True,
        )


class Licence(models.Model):
    """The network's recognition of a supervisor, an expert or an in-house trainer, over a period."""

    personal_data = PersonalData(
        subject="person",
        purpose="Supervisie, intervisie van teams of opleiding in het eigen team geven",
        retention="Met het account",
        on_erasure=OnErasure.KEEP,
        why_kept="De uren van anderen steunen hierop; wijst naar een account zonder naam",
        moves=False,
    )

    kind = models.CharField(max_length=12, choices=LicenceKind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="licences")
    valid_from = models.DateField(_("geldig vanaf"), default=timezone.localdate)
    valid_until = models.DateField(_("geldig tot en met"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    #: The first day on which it no longer holds, when the network ended it early.
    ended_on = models.DateField(null=True, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "valid_until", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "person", "valid_from"),
                condition=Q(ended_on=None),
                name="licence_once_per_start",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="licence_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}:{self.person_id}:{self.valid_until}"


class ExpertProfile(models.Model):
    """When and where an expert of the pool can lead intervision, and how much."""

    personal_data = PersonalData(
        subject="person",
        purpose="Beschikbaar zijn voor intervisie van teams",
        retention="Met het account",
    )

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expert_profile"
    )
    #: Regions the expert travels to; none: everywhere.
    regions = models.ManyToManyField("people.ReferenceRegion", blank=True, related_name="+")
    #: Half days of a week, such as "1-0" for Monday morning; none: any working day.
    half_days = models.JSONField(default=list)
    most_per_month = models.PositiveSmallIntegerField(default=4)

    def __str__(self) -> str:
        return f"expert:{self.person_id}"


class ExpertAbsence(models.Model):
    """Days on which an expert is away, both included."""

    personal_data = PersonalData(
        subject="person",
        purpose="Beschikbaar zijn voor intervisie van teams",
        retention="Met het account",
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expert_absences"
    )
    first_day = models.DateField(_("eerste dag"))
    last_day = models.DateField(_("laatste dag"))

    class Meta:
        ordering = ("first_day", "id")
        constraints = (
            models.UniqueConstraint(fields=("person", "first_day", "last_day"), name="expert_absence_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="expert_absence_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}:{self.first_day}"


class ExpertBooking(models.Model):
    """An expert leads a meeting of a team: one in a half day, by a constraint."""

    personal_data = PersonalData(
        subject="expert",
        purpose="Intervisie van teams begeleiden",
        retention="Met het overleg",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gebeurde; wijst naar een account zonder naam",
    )

    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert_bookings"
    )
    day = models.DateField()
    half = models.PositiveSmallIntegerField(choices=Half.choices)
    meeting = models.OneToOneField("lms.Meeting", on_delete=models.PROTECT, related_name="booking")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("expert", "day", "half"),
                condition=Q(cancelled_at=None),
                name="expert_once_per_half_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.expert_id}:{self.day}:{self.half}"
