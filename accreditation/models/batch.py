"""Certificates that are issued together: what was previewed, line by line, and what came of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accreditation.enums import CertificateKind
from ledger.api import OnErasure, PersonalData


class IssueBatch(models.Model):
    """One confirmed preview. `digest` says exactly who gets what, so that the same preview is carried out once."""

    kind = models.CharField(max_length=12, choices=CertificateKind.choices)
    language = models.CharField(max_length=2, default="nl")
    #: In words for the office: which year, which group. No names.
    about = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("kind", "digest", "language"), name="a_preview_is_issued_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class IssueLine(models.Model):
    """One person of a batch: first what they are to get, then the certificate or why there is none."""

    personal_data = PersonalData(
        subject="person",
        purpose="Getuigschriften samen uitreiken",
        retention="Met de reeks, ten hoogste twee jaar",
        on_erasure=OnErasure.DELETE,
    )

    batch = models.ForeignKey(IssueBatch, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificate_lines"
    )
    entitlement_key = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    certificate = models.ForeignKey(
        "accreditation.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("batch_id", "id")
        constraints = (
            models.UniqueConstraint(fields=("batch", "entitlement_key"), name="issue_line_once"),
            models.CheckConstraint(
                condition=Q(certificate=None) | Q(refused=""), name="issue_line_has_one_outcome"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.person_id}"
