"""Lists of people that were brought in at once, row by row, so that a whole list can be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import OnErasure, PersonalData
from people.enums import ImportFate, ImportState


class ImportBatch(models.Model):
    """One file: who brought it in, and what became of it. The file itself is not kept."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.PREVIEW)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: Name, delimiter and character set that were recognised, and columns that were left aside.
    reading = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"import:{self.pk}"


class ImportRow(models.Model):
    """One row of a file. Purpose: bringing people in, and taking it back. Retention: 30 days, then only the counts.

    `before` and `after` hold what the import changed, so that undoing puts back only what nobody changed since.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Mensen inschrijven met een lijst, en dat kunnen terugdraaien",
        retention="30 dagen",
        on_erasure=OnErasure.DELETE,
    )

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    fate = models.CharField(max_length=10, choices=ImportFate.choices)
    field = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40, blank=True)
    #: What the row says, cleaned: email, first_name, last_name, profession, region, employer.
    values = models.JSONField(default=dict)
    email_key = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    is_applied = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="import_row_once"),
            models.UniqueConstraint(
                fields=("batch", "email_key"),
                condition=~Q(email_key="") & ~Q(fate="refused") & ~Q(fate="duplicate"),
                name="import_address_once",
            ),
        )
        indexes = (models.Index(fields=("batch", "fate"), name="import_rows_by_fate"),)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"
