"""Proof of completed training or of a recognition."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums import CertificateKind
from ledger.api import OnErasure, PersonalData


class RunningNumber(models.Model):
    """The last number given out in a series. Locking its row puts writers in line, so no number is lost or doubled."""

    series = models.CharField(max_length=40, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series} {self.value}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Reads of certificates."""

    def newest_versions(self) -> "CertificateQuerySet":
        """Only the version of each entitlement that was not replaced."""
        return self.filter(superseded_by=None)


class Certificate(models.Model):
    """Purpose: proof that the holder can show to anyone. Retention: as long as the entitlement can be questioned.

    What stands on paper never changes afterwards (database trigger): a correction is a new version of the same
    entitlement that replaces this one. Only the link to that newer version, the withdrawal and the rendered file are
    filled in later.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Tonen wat je behaalde",
        retention="Zo lang het recht kan worden betwist",
        on_erasure=OnErasure.BLANK,
        why_kept="Nummers blijven op rij; de naam is weg en het getuigschrift is ingetrokken",
        blanked={"holder_name": ""},
    )

    number = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=19, unique=True)
    kind = models.CharField(max_length=12, choices=CertificateKind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    holder_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    #: What it proves, such as "enrolment:12" or "recognition:3".
    entitlement_key = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    #: The words around name and title; none for the built-in ones. Never changes either (trigger).
    template_version = models.ForeignKey(
        "accreditation.TemplateVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
    )
    issued_at = models.DateTimeField(default=timezone.now)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    #: Shown on the public page: a short sentence of the office, never a private reason.
    revocation_reason = models.CharField(max_length=200, blank=True)
    #: Name in the private storage; empty until the file is made.
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_engine = models.CharField(max_length=20, blank=True)
    #: Why the last try to make the file failed, in words for the office.
    render_error = models.CharField(max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-id")
        verbose_name = _("getuigschrift")
        verbose_name_plural = _("getuigschriften")
        constraints = (
            models.UniqueConstraint(
                fields=("entitlement_key", "version"), name="certificate_version_once_per_entitlement"
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("id")),
                name="certificate_does_not_replace_itself",
            ),
            models.CheckConstraint(
                condition=Q(file_name="", file_sha256="") | ~Q(file_name="") & ~Q(file_sha256=""),
                name="certificate_file_has_hash",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} versie {self.version}"

    @property
    def has_file(self) -> bool:
        """Whether the PDF was made."""
        return bool(self.file_name)
