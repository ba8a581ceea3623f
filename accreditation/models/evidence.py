"""What supports a criterion: a file with facts, or a fact that came in by itself."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums import EvidenceKind, EvidenceOrigin, EvidenceStatus
from ledger.api import OnErasure, PersonalData


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reads of evidence."""

    def in_portfolio(self) -> "EvidenceQuerySet":
        """Pieces that still stand: not withdrawn, not replaced by a newer one."""
        return self.filter(withdrawn_at=None, replaced_by=None)

    def waiting(self) -> "EvidenceQuerySet":
        """Pieces that the network's office still has to look at."""
        return self.in_portfolio().filter(status=EvidenceStatus.WAITING)


class Evidence(models.Model):
    """Purpose: showing that a criterion is met. Retention: with the account, and as long as a decision rests on it.

    `facts` holds only what the kind asks for: never a premium, a national number or anything clinical.
    A piece that a dossier round froze is never changed: replacing makes a new row.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Tonen dat een criterium in orde is",
        retention="Met het account, en zo lang een beslissing erop steunt",
        on_erasure=OnErasure.BLANK,
        why_kept="Vragen en oordelen wijzen hierheen; de inhoud is weg",
        blanked={"title": "gewist", "facts": {}, "reason": "", "file": None},
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    criterion_ids = models.JSONField(default=list)
    title = models.CharField(_("titel"), max_length=200)
    facts = models.JSONField(default=dict)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=12, choices=EvidenceStatus.choices, default=EvidenceStatus.WAITING, db_index=True
    )
    file = models.ForeignKey(
        "media.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    origin = models.CharField(max_length=8, choices=EvidenceOrigin.choices, default=EvidenceOrigin.UPLOAD)
    #: Idempotency key within the person: "upload:<form token>", "course:<enrolment>", "meeting:<presence>".
    origin_ref = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("uitleg"), blank=True)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    #: The piece whose document also shows this; such a part is verified, replaced and taken back with it.
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("bewijsstuk")
        verbose_name_plural = _("bewijsstukken")
        indexes = (models.Index(fields=("status", "created_at"), name="evidence_queue"),)
        constraints = (
            models.UniqueConstraint(fields=("person", "origin_ref"), name="evidence_origin_once_per_person"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="evidence_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("person")),
                name="evidence_not_verified_by_owner",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def is_valid_on(self, day: date) -> bool:
        """Whether the day lies within the period of validity; an open end counts as valid."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or self.valid_until >= day)
