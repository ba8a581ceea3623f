"""Where readers disagree: a third reader, or a meeting with an agenda, a quorum and minutes; and appeals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums_committee import AgendaReason, DisagreementWay
from ledger.api import OnErasure, PersonalData


class Disagreement(models.Model):
    """Two readers of a round said different things, and how that is settled."""

    round = models.OneToOneField(
        "accreditation.DossierRound", on_delete=models.PROTECT, related_name="disagreement"
    )
    way = models.CharField(max_length=12, choices=DisagreementWay.choices)
    noted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.round_id}:{self.way}"


class CommitteeMeeting(models.Model):
    """A meeting of the committee. What it decided stands in the decisions; `minutes` are frozen when it closes.

    Purpose: accountable decisions. Retention: with the decisions.
    """

    starts_at = models.DateTimeField(_("begint op"))
    place = models.CharField(_("waar"), max_length=200)
    #: Members who must be in the room for a decision, those who left for it not counted.
    quorum = models.PositiveSmallIntegerField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(quorum__gte=2), name="meeting_quorum_of_two"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="closed_meeting_was_open"
            ),
            models.UniqueConstraint(fields=("starts_at",), name="one_meeting_at_a_time"),
        )

    def __str__(self) -> str:
        return f"meeting:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the meeting is going on."""
        return self.opened_at is not None and self.closed_at is None


class Attendee(models.Model):
    """A member in the room, from when to when. Leaving and coming back are two rows."""

    personal_data = PersonalData(
        subject="member",
        purpose="Quorum van een vergadering",
        retention="Met het verslag",
        on_erasure=OnErasure.KEEP,
        why_kept="De beslissing moet kunnen worden nagekeken",
        moves=False,
    )

    meeting = models.ForeignKey(CommitteeMeeting, on_delete=models.PROTECT, related_name="attendees")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("arrived_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "member"), condition=Q(left_at=None), name="in_the_room_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.member_id}"


class AgendaItem(models.Model):
    """A dossier round on the agenda. `in_room` and `left_room` hold ids of members at the moment of deciding."""

    meeting = models.ForeignKey(CommitteeMeeting, on_delete=models.PROTECT, related_name="items")
    round = models.ForeignKey(
        "accreditation.DossierRound", on_delete=models.PROTECT, related_name="agenda_items"
    )
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=12, choices=AgendaReason.choices)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.OneToOneField(
        "accreditation.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_item"
    )
    adjourned_at = models.DateTimeField(null=True, blank=True)
    in_room = models.JSONField(default=list)
    left_room = models.JSONField(default=list)

    class Meta:
        ordering = ("meeting_id", "position", "id")
        constraints = (models.UniqueConstraint(fields=("meeting", "round"), name="round_once_per_agenda"),)

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.position}"


class Appeal(models.Model):
    """Somebody does not agree with a decision. Other members read the same dossier anew. Append-only.

    Purpose: the right to a second look. Retention: with the decision. `round` is a new round with the same snapshot;
    its decision is the outcome of the appeal.
    """

    decision = models.OneToOneField("accreditation.Decision", on_delete=models.PROTECT, related_name="appeal")
    round = models.OneToOneField(
        "accreditation.DossierRound", on_delete=models.PROTECT, related_name="appeal"
    )
    text = models.TextField(_("waarom je het er niet mee eens bent"))
    lodged_at = models.DateTimeField(default=timezone.now)
    decide_by = models.DateField()

    class Meta:
        ordering = ("lodged_at", "id")

    def __str__(self) -> str:
        return f"appeal:{self.pk}"


class WithdrawalAppeal(models.Model):
    """The appeal is about the withdrawal of a recognition, not about a decision of the committee. Append-only.

    Purpose: the right to a second look. Retention: with the decision. `appeal.decision` is then the decision that
    granted the recognition; a yes gives the rest of its time back.
    """

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="withdrawal")
    recognition = models.OneToOneField(
        "accreditation.Recognition", on_delete=models.PROTECT, related_name="withdrawal_appeal"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"withdrawal-appeal:{self.pk}"
