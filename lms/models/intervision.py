"""Intervision groups, their meetings, and who confirms whose presence. There is no field for a case."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from lms.enums import (
    Frequency,
    GroupLanguage,
    GroupMode,
    LateReason,
    MeetingForm,
    MeetingKind,
    MeetingMethod,
)


def default_counted_kinds() -> list[str]:
    """The kinds of the network's proposal: only these two count for criterion 3."""
    return [MeetingKind.INTERVISION.value, MeetingKind.SUPERVISION.value]


class IntervisionRule(models.Model):
    """What the network asks of a group from a date on. The latest rule that has begun is in force."""

    valid_from = models.DateField(unique=True)
    min_members = models.PositiveSmallIntegerField(default=4)
    max_members = models.PositiveSmallIntegerField(default=8)
    co_signers = models.PositiveSmallIntegerField(default=2)
    #: Whether the moderator's word is enough instead of that of `co_signers` others.
    moderator_suffices = models.BooleanField(default=True)
    #: Kinds (`MeetingKind`) that count as permanent education.
    counted_kinds = models.JSONField(default=default_counted_kinds)
    #: Whether members sign the agreement on confidentiality before their presence is taken in.
    agreement_required = models.BooleanField(default=True)
    #: Whether supervision is led by somebody with a licence as supervisor on that day.
    supervisor_required = models.BooleanField(default=True)
    #: How many per cent of the meetings staff ask about.
    sample_percent = models.PositiveSmallIntegerField(default=5)
    #: From how many meetings on two people who only confirm each other stand out.
    reciprocal_meetings = models.PositiveSmallIntegerField(default=3)
    entry_days = models.PositiveSmallIntegerField(default=30)
    last_entry_days = models.PositiveSmallIntegerField(default=365)

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.CheckConstraint(
                condition=Q(max_members__gte=F("min_members"), min_members__gte=2),
                name="intervision_rule_sizes",
            ),
            models.CheckConstraint(condition=Q(co_signers__gte=1), name="intervision_rule_co_signers"),
            models.CheckConstraint(
                condition=Q(last_entry_days__gte=F("entry_days")), name="intervision_rule_days"
            ),
        )

    def __str__(self) -> str:
        return f"{self.min_members}-{self.max_members} ({self.valid_from})"


class IntervisionGroup(models.Model):
    """A fixed, confidential group of peers."""

    name = models.CharField(_("naam van de groep"), max_length=120, unique=True)
    region = models.ForeignKey(
        "people.ReferenceRegion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="intervision_groups",
        verbose_name=_("regio"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    #: Since when the group welcomes newcomers; None while it does not.
    open_since = models.DateField(null=True, blank=True, editable=False)
    language = models.CharField(
        _("taal"), max_length=8, choices=GroupLanguage.choices, default=GroupLanguage.DUTCH
    )
    form = models.CharField(_("vorm"), max_length=12, choices=GroupMode.choices, default=GroupMode.IN_PERSON)
    frequency = models.CharField(
        _("hoe vaak"), max_length=12, choices=Frequency.choices, default=Frequency.TWO_MONTHS
    )
    #: The team whose duty this group carries: its members follow those of the team. None for a group of peers.
    team = models.OneToOneField(
        "people.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="intervision_group",
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("intervisiegroep")

    def __str__(self) -> str:
        return self.name


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    """Reads of memberships."""

    def on(self, day: date) -> "GroupMemberQuerySet":
        """Members on a day."""
        return self.filter(joined_on__lte=day).filter(Q(left_on=None) | Q(left_on__gte=day))


class GroupMember(models.Model):
    """A person in a group over a period. Purpose: permanent education. Retention: with the account."""

    personal_data = PersonalData(
        subject="person",
        purpose="Lid zijn van een intervisiegroep",
        retention="Met het account",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gebeurde; wijst naar een account zonder naam",
    )

    group = models.ForeignKey(IntervisionGroup, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="group_memberships"
    )
    is_moderator = models.BooleanField(default=False)
    joined_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("group", "person"), condition=Q(left_on=None), name="one_open_membership_per_group"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="member_leaves_after_joining"
            ),
        )

    def __str__(self) -> str:
        return f"{self.group_id}:{self.person_id}"


class Meeting(models.Model):
    """One meeting of a group: when, how long, in which form. What was said stays in the room."""

    group = models.ForeignKey(IntervisionGroup, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(
        _("soort"), max_length=12, choices=MeetingKind.choices, default=MeetingKind.INTERVISION
    )
    held_on = models.DateField(_("datum"))
    starts_at = models.DateTimeField(_("begint"))
    minutes = models.PositiveSmallIntegerField(_("duur in minuten"), default=120)
    form = models.CharField(
        _("vorm"), max_length=12, choices=MeetingForm.choices, default=MeetingForm.IN_PERSON
    )
    method = models.CharField(_("methode"), max_length=12, choices=MeetingMethod.choices, blank=True)
    #: Whether it counts as permanent education, by the rule on its day or the outcome of a check.
    counts = models.BooleanField(default=True, editable=False)
    #: The supervisor, or the expert of the pool.
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_meetings",
        verbose_name=_("begeleid door"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    is_late_entry = models.BooleanField(default=False, editable=False)
    late_reason = models.CharField(_("waarom nu pas"), max_length=20, choices=LateReason.choices, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-starts_at", "-id")
        verbose_name = _("overleg")
        constraints = (
            models.UniqueConstraint(
                fields=("group", "starts_at"), condition=Q(cancelled_at=None), name="one_meeting_per_moment"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=480), name="meeting_lasts_15_to_480_minutes"
            ),
            models.CheckConstraint(
                condition=Q(is_late_entry=False) | ~Q(late_reason=""), name="late_meeting_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.group_id}:{self.held_on}"

    @property
    def ends_at(self) -> datetime:
        """When the meeting ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_cancelled(self) -> bool:
        """Whether the meeting was called off."""
        return self.cancelled_at is not None


class MeetingPresence(models.Model):
    """A member says: I was there. It counts from the moment `confirmed_at` is set, and that is set once."""

    personal_data = PersonalData(
        subject="person",
        purpose="Aanwezig zijn bij intervisie",
        retention="Met het account",
        on_erasure=OnErasure.KEEP,
        why_kept="De uren van de andere leden steunen hierop",
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meeting_presences"
    )
    claimed_at = models.DateTimeField(default=timezone.now)
    is_late = models.BooleanField(default=False)
    overlaps = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "person"), name="one_presence_per_member"),)

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.person_id}"


class PresenceConfirmation(models.Model):
    """Another member says: this person was there."""

    personal_data = PersonalData(
        subject="person",
        purpose="Aanwezigheid laten bevestigen",
        retention="Met het account",
        on_erasure=OnErasure.KEEP,
        why_kept="De uren van de andere leden steunen hierop",
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="confirmations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="presence_confirmations"
    )
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "person", "confirmed_by"), name="one_confirmation_per_pair"
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=F("person")), name="nobody_confirms_themselves"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.person_id}:{self.confirmed_by_id}"
