"""A professional's application for recognition, and its frozen rounds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums import CLOSED_STAGES, EDITABLE_STAGES, DossierRoute, DossierStage, Level
from ledger.api import OnErasure, PersonalData


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Reads of dossiers."""

    def open(self) -> "DossierQuerySet":
        """Dossiers that are not granted, refused or withdrawn."""
        return self.exclude(stage__in=CLOSED_STAGES)


class Dossier(models.Model):
    """One application for one level. Purpose: recognition. Retention: as long as the decision can be reviewed."""

    personal_data = PersonalData(
        subject="person",
        purpose="Erkend worden",
        retention="Zo lang de beslissing kan worden nagekeken",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gebeurde; wijst naar een account zonder naam",
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dossiers")
    level = models.CharField(max_length=12, choices=Level.choices)
    route = models.CharField(max_length=12, choices=DossierRoute.choices, default=DossierRoute.DEGREE)
    stage = models.CharField(
        max_length=18, choices=DossierStage.choices, default=DossierStage.COLLECTING, db_index=True
    )
    stage_since = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("dossier")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "level"),
                condition=~Q(stage__in=[stage.value for stage in CLOSED_STAGES]),
                name="one_open_dossier_per_level",
            ),
            models.CheckConstraint(
                condition=Q(stage=DossierStage.WITHDRAWN.value, withdrawn_at__isnull=False)
                | (~Q(stage=DossierStage.WITHDRAWN.value) & Q(withdrawn_at=None)),
                name="dossier_withdrawn_has_moment",
            ),
        )

    def __str__(self) -> str:
        return f"dossier:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the dossier can still lead to a decision."""
        return self.stage not in CLOSED_STAGES

    @property
    def is_editable(self) -> bool:
        """Whether it is the professional's turn."""
        return self.stage in EDITABLE_STAGES


class DossierRound(models.Model):
    """What was handed in, frozen: facts and file hashes, with the criteria of that day. Append-only (trigger)."""

    personal_data = PersonalData(
        subject="dossier__person",
        purpose="Wat ingediend werd, bevroren",
        retention="Zo lang de beslissing kan worden nagekeken",
        on_erasure=OnErasure.KEEP,
        why_kept="De beslissing moet kunnen worden nagekeken; kan niet veranderen",
    )

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    submitted_at = models.DateTimeField(default=timezone.now)
    criteria_version = models.ForeignKey(
        "accreditation.CriteriaVersion", on_delete=models.PROTECT, related_name="rounds"
    )
    #: See domain/snapshot.py for its form; evidence ids within it are those of Evidence rows.
    snapshot = models.JSONField()
    #: SHA-256 of the canonical JSON of `snapshot`, hexadecimal.
    snapshot_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("dossier_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("dossier", "number"), name="round_number_once_per_dossier"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}.{self.number}"
