"""Who was present: rows that are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from lms.enums import AttendanceMethod, AttendanceState, SessionKind

#: How somebody says for themselves that they are there: by scanning, or by typing the code of the screen.
OWN_METHODS = (AttendanceMethod.QR, AttendanceMethod.CODE)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Reads of attendance."""

    def current(self) -> "AttendanceQuerySet":
        """The rows that count: those that no later row replaces."""
        return self.filter(~Exists(Attendance.objects.filter(replaces=OuterRef("pk"))))

    def present(self) -> "AttendanceQuerySet":
        """The rows that count and say present."""
        return self.current().filter(state=AttendanceState.PRESENT)


class Attendance(models.Model):
    """One statement about one person at one session. Purpose: completion and hours. Retention: with the account.

    A first row is unique per person and session; every later row replaces exactly one other, so that the
    rows of a person form one chain and its end is the state that counts. `received_at` is the server's clock.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Aanwezig zijn bij een bijeenkomst",
        retention="Zo lang het getuigschrift bestaat",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gebeurde; wijst naar een account zonder naam",
        secret=("device",),
    )

    session = models.ForeignKey("lms.Session", on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=8, choices=AttendanceState.choices)
    method = models.CharField(max_length=12, choices=AttendanceMethod.choices)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField(max_length=200, blank=True)
    device = models.CharField(max_length=32, blank=True)
    #: When the person came and went, where that is known; nothing means from the beginning, or until the end.
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    #: Names one tick of a phone without a connection, so that sending it twice is one row.
    sync_key = models.UUIDField(null=True, blank=True, unique=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("session", "person"), condition=Q(replaces=None), name="one_first_attendance"
            ),
            models.CheckConstraint(
                condition=Q(method__in=OWN_METHODS, recorded_by=F("person"), state=AttendanceState.PRESENT)
                | (~Q(method__in=OWN_METHODS) & ~Q(recorded_by=F("person"))),
                name="attendance_not_recorded_for_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(method=AttendanceMethod.CORRECTION) | ~Q(reason=""),
                name="attendance_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="attendance_left_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(state=AttendanceState.PRESENT) | Q(arrived_at=None, left_at=None),
                name="attendance_absent_has_no_moments",
            ),
        )
        indexes = (models.Index(fields=("person", "session"), name="attendance_person_session"),)

    def __str__(self) -> str:
        return f"{self.session_id}:{self.person_id}:{self.state}"

    @property
    def is_present(self) -> bool:
        """Whether this row says present."""
        return self.state == AttendanceState.PRESENT


class AttendanceRule(models.Model):
    """What counts as presence at one kind of session, from a date on. The latest rule that has begun is in force.

    `min_share` is a percentage of the session's time; minutes count from its begin and before its end.
    """

    kind = models.CharField(_("vorm"), max_length=12, choices=SessionKind.choices)
    valid_from = models.DateField(_("geldig vanaf"))
    min_share = models.PositiveSmallIntegerField(_("minstens aanwezig (% van de tijd)"), default=80)
    late_minutes = models.PositiveSmallIntegerField(_("te laat na (minuten)"), default=15)
    early_minutes = models.PositiveSmallIntegerField(
        _("te vroeg weg vanaf (minuten voor het einde)"), default=15
    )
    asks_check_out = models.BooleanField(_("vraagt ook om af te melden"), default=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("kind", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=("kind", "valid_from"), name="one_attendance_rule_a_day"),
            models.CheckConstraint(
                condition=Q(min_share__gte=1, min_share__lte=100), name="attendance_rule_is_a_percentage"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}: {self.min_share} %"
