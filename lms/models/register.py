"""Registers of professions: what they ask, what a session brings there, and the files that were made for them.

What an authority decides (amounts, periods, limits) is a dated row, never a constant in code.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from lms.enums import ReceiptKind, RegisterLayout, RegisterUnit


class RegisterRuleQuerySet(models.QuerySet["RegisterRule"]):
    """Reads of the rules of registers."""

    def on(self, day: date) -> "RegisterRuleQuerySet":
        """The rules that hold on a day, by name."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day).order_by(
            "name", "key"
        )


class RegisterRule(models.Model):
    """What the register of a profession asks from a day on. `amount` in `unit`, within `period_years` years.

    The limits are those of the register: `max_per_hour` in its unit, `max_module_hours` per online module.
    """

    key = models.SlugField(max_length=40)
    name = models.CharField(_("register"), max_length=120)
    profession = models.ForeignKey(
        "people.Profession", on_delete=models.PROTECT, related_name="+", verbose_name=_("beroepsgroep")
    )
    unit = models.CharField(max_length=8, choices=RegisterUnit.choices)
    amount = models.DecimalField(max_digits=6, decimal_places=1)
    period_years = models.PositiveSmallIntegerField()
    max_per_hour = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    max_module_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    ethics_per_year = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    peer_reviews_per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    keep_proof_years = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Whether a session counts only where the register approved it; elsewhere its hours count as they are.
    needs_approval = models.BooleanField(default=True)
    layout = models.CharField(max_length=8, choices=RegisterLayout.choices, default=RegisterLayout.NONE)
    is_verified = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = RegisterRuleQuerySet.as_manager()

    class Meta:
        ordering = ("name", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=("key", "valid_from"), name="one_register_rule_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="register_rule_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, period_years__gte=1), name="register_rule_asks_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.valid_from})"


class SessionApproval(models.Model):
    """What one register grants for one session: its own number of the activity, and how much for the whole session."""

    session = models.ForeignKey("lms.Session", on_delete=models.PROTECT, related_name="approvals")
    register = models.SlugField(_("register"), max_length=40)
    activity_number = models.CharField(_("activiteitnummer"), max_length=30, blank=True)
    amount = models.DecimalField(_("punten, uren of eenheden"), max_digits=5, decimal_places=1)
    is_ethics = models.BooleanField(_("telt voor ethiek en economie"), default=False)
    is_peer_review = models.BooleanField(_("is een lokaal overleg (peer review)"), default=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("register",)
        constraints = (
            models.UniqueConstraint(
                fields=("session", "register"), name="session_approved_once_per_register"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="approval_gives_something"),
        )

    def __str__(self) -> str:
        return f"{self.session_id}:{self.register}"


class RegisterCycle(models.Model):
    """Since when somebody's current period at a register runs, as they know it themselves."""

    personal_data = PersonalData(
        subject="person",
        purpose="De eigen punten volgen",
        retention="Met het account",
        moves=False,
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="register_cycles"
    )
    register = models.SlugField(max_length=40)
    starts_on = models.DateField(_("begin van je periode"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "register"), name="one_cycle_per_register"),)

    def __str__(self) -> str:
        return f"{self.person_id}:{self.register}"


class RegisterFile(models.Model):
    """One attendance file for one register and one month (its first day). Numbers run on per register.

    Only the sum of the content is kept; the lines say what was in it.
    """

    register = models.SlugField(max_length=40)
    number = models.PositiveIntegerField()
    month = models.DateField()
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("register", "number"), name="register_file_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.register}-{self.number}"


class RegisterLine(models.Model):
    """One presence in a file: never twice for the same register. A changed presence is a new line beside it."""

    personal_data = PersonalData(
        subject="person",
        purpose="Aanwezigheid melden aan het register van het beroep",
        retention="Zo lang het register bewijs vraagt",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gemeld werd; wijst naar een account zonder naam",
    )

    file = models.ForeignKey(RegisterFile, on_delete=models.PROTECT, related_name="lines")
    register = models.SlugField(max_length=40)
    attendance = models.ForeignKey("lms.Attendance", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="register_lines"
    )
    minutes = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=6, decimal_places=2)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("register", "attendance"), name="presence_once_per_register"),
        )

    def __str__(self) -> str:
        return f"{self.file_id}:{self.attendance_id}"


class RegisterReceipt(models.Model):
    """What happened to a file, row after row; nothing is ever changed."""

    file = models.ForeignKey(RegisterFile, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=10, choices=ReceiptKind.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("kenmerk"), max_length=80, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.file_id}:{self.kind}"
