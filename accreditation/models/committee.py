"""Who reads which dossier, who must not, and what was said. What was said is never changed (database triggers)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums import ConflictGround, Outcome, ReasonCode, ReleaseReason
from accreditation.enums_committee import DisagreementWay
from ledger.api import OnErasure, PersonalData


class ProcedureRule(models.Model):
    """Periods of the procedure from a date on. The latest rule that has begun is in force.

    The first rule holds the proposals of the training policy (5 years, 6 months before, 3 months after).
    """

    valid_from = models.DateField(unique=True)
    validity_years = models.PositiveSmallIntegerField(default=5)
    renewal_months_before = models.PositiveSmallIntegerField(default=6)
    grace_months_after = models.PositiveSmallIntegerField(default=3)
    reading_days = models.PositiveSmallIntegerField(default=21)
    decision_days = models.PositiveSmallIntegerField(default=60)
    appeal_days = models.PositiveSmallIntegerField(default=30)
    #: Days for the panel to decide on an appeal, and how many other members read it.
    appeal_decision_days = models.PositiveSmallIntegerField(default=45)
    appeal_panel = models.PositiveSmallIntegerField(default=3)
    #: Members who must be in the room for a decision of a meeting.
    quorum = models.PositiveSmallIntegerField(default=3)
    #: What happens first when two readers disagree.
    disagreement = models.CharField(
        max_length=12, choices=DisagreementWay.choices, default=DisagreementWay.THIRD_READER
    )
    #: Days to answer an intended withdrawal.
    hearing_days = models.PositiveSmallIntegerField(default=21)
    #: Months that all deferrals of one recognition may take together.
    deferral_months = models.PositiveSmallIntegerField(default=12)

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.CheckConstraint(
                condition=Q(validity_years__gte=1, reading_days__gte=1, decision_days__gte=1),
                name="procedure_rule_periods",
            ),
            models.CheckConstraint(
                condition=Q(appeal_panel__gte=2, quorum__gte=2), name="procedure_rule_four_eyes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.valid_from}"


class ReaderAssignmentQuerySet(models.QuerySet["ReaderAssignment"]):
    """Reads of assignments."""

    def active(self) -> "ReaderAssignmentQuerySet":
        """Assignments that were not taken back."""
        return self.filter(released_at=None)


class ReaderAssignment(models.Model):
    """A committee member reads a round. A trigger refuses the applicant and whoever has a conflict of interest."""

    personal_data = PersonalData(
        subject="reader",
        purpose="Een dossier lezen voor de commissie",
        retention="Zo lang de beslissing kan worden nagekeken",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gebeurde; wijst naar een account zonder naam",
        moves=False,
    )

    round = models.ForeignKey(
        "accreditation.DossierRound", on_delete=models.PROTECT, related_name="assignments"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reader_assignments"
    )
    assigned_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)
    release_reason = models.CharField(max_length=12, choices=ReleaseReason.choices, blank=True)

    objects = ReaderAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("assigned_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("round", "reader"), name="reader_once_per_round"),
            models.CheckConstraint(
                condition=Q(released_at=None, release_reason="")
                | (Q(released_at__isnull=False) & ~Q(release_reason="")),
                name="released_assignment_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id}:{self.reader_id}"


class ConflictOfInterest(models.Model):
    """A member who must not read or decide a dossier, and on what ground. Append-only.

    Purpose: fair judgement. Retention: with the dossier. `reason` is only what a member declared about themselves.
    """

    personal_data = PersonalData(
        subject="member",
        purpose="Eerlijk oordelen",
        retention="Zo lang de beslissing kan worden nagekeken",
        on_erasure=OnErasure.KEEP,
        why_kept="De beslissing moet kunnen worden nagekeken; kan niet veranderen",
        moves=False,
    )

    dossier = models.ForeignKey("accreditation.Dossier", on_delete=models.PROTECT, related_name="conflicts")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts_of_interest"
    )
    ground = models.CharField(max_length=12, choices=ConflictGround.choices)
    reason = models.CharField(_("uitleg"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("dossier_id", "member_id", "ground")
        constraints = (
            models.UniqueConstraint(fields=("dossier", "member", "ground"), name="conflict_once_per_ground"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.member_id}:{self.ground}"

    @property
    def source(self) -> str:
        """Either "declared" by the member or "computed" from relations."""
        return "declared" if self.ground == ConflictGround.DECLARED else "computed"


class Opinion(models.Model):
    """What one reader advises. Append-only; the other reader sees it only after giving their own."""

    assignment = models.OneToOneField(ReaderAssignment, on_delete=models.PROTECT, related_name="opinion")
    outcome = models.CharField(_("advies"), max_length=16, choices=Outcome.choices)
    reason_codes = models.JSONField(_("redenen"), default=list)
    text = models.TextField(_("motivering"))
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("given_at", "id")

    def __str__(self) -> str:
        return f"opinion:{self.pk}"

    @property
    def reason_words(self) -> list[str]:
        """The reasons in words."""
        return [str(ReasonCode(code).label) for code in self.reason_codes]


class Decision(models.Model):
    """The one outcome of a dossier round. Append-only; an appeal is a new round with a decision of its own."""

    personal_data = PersonalData(
        subject="decided_by",
        purpose="Beslissen over een dossier",
        retention="Zo lang de beslissing kan worden nagekeken",
        on_erasure=OnErasure.KEEP,
        why_kept="De beslissing moet kunnen worden nagekeken; kan niet veranderen",
        moves=False,
    )

    round = models.OneToOneField(
        "accreditation.DossierRound", on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(_("beslissing"), max_length=16, choices=Outcome.choices)
    reason_codes = models.JSONField(_("redenen"), default=list)
    text = models.TextField(_("motivering"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-decided_at", "-id")

    def __str__(self) -> str:
        return f"decision:{self.pk}"

    @property
    def reason_words(self) -> list[str]:
        """The reasons in words."""
        return [str(ReasonCode(code).label) for code in self.reason_codes]
