"""Open Badges credentials of certificates, the keys that sign them, and their places in the status lists."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ledger.api import PersonalData


class CredentialKey(models.Model):
    """A public key that signs or signed credentials. Published for ever; only a revoked one no longer vouches.

    The private half lies in the file of CREDENTIAL_KEY_FILE and never in the database.
    """

    #: Multikey in base 58, such as "z6Mk…"; also the fragment of its address in the DID document.
    multibase = models.CharField(max_length=64, unique=True)
    first_used_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("first_used_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("first_used_at")),
                name="credential_key_revoked_after_use",
            ),
        )

    def __str__(self) -> str:
        return self.multibase


class StatusPlace(models.Model):
    """The place of a certificate in the status lists: which block of lists, and which bit. Drawn once, at random."""

    certificate = models.OneToOneField(
        "accreditation.Certificate", on_delete=models.PROTECT, related_name="status_place"
    )
    block = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("block", "position"), name="status_place_taken_once"),
            models.CheckConstraint(condition=Q(position__lt=131072), name="status_place_within_list"),
        )

    def __str__(self) -> str:
        return f"{self.block}/{self.position}"


class Credential(models.Model):
    """Purpose: proof that machines can check. Retention: that of its certificate.

    One signed document per certificate and key; it never changes. The e-mail address is in it as a salted hash only.
    """

    personal_data = PersonalData(
        subject="certificate__person",
        purpose="Bewijs dat computers kunnen nakijken",
        retention="Met het getuigschrift",
    )

    certificate = models.ForeignKey(
        "accreditation.Certificate", on_delete=models.PROTECT, related_name="credentials"
    )
    key = models.ForeignKey(CredentialKey, on_delete=models.PROTECT, related_name="credentials")
    document = models.JSONField()
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-signed_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("certificate", "key"), name="credential_once_per_key"),
        )

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.key_id}"
