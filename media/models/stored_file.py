import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.api import PersonalData
from media.enums import FilePurpose


class StoredFile(models.Model):
    """A private file of a person. Its bytes lie in the storage `private`, outside every public address.

    The row says nothing about who may read it: the floor that asks for it decides that, per request.
    """

    personal_data = PersonalData(
        subject="owner",
        purpose="Bewijs bij een criterium, of materiaal dat een trainer deelt",
        retention="Met het bewijsstuk of het materiaal",
        secret=("storage_name",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stored_files")
    purpose = models.CharField(max_length=20, choices=FilePurpose.choices)
    #: Of the bytes that we keep (after cleaning), so that a restore drill can compare.
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(default=1)
    original_name = models.CharField(_("naam van het bestand"), max_length=255)
    storage_name = models.CharField(max_length=200, unique=True)
    #: Fingerprint of the first page as it is seen, hexadecimal; empty for files without one.
    look = models.CharField(max_length=64, blank=True, default="")
    #: SHA-256 of the letters and digits of a PDF's first pages; empty for pictures and scans.
    words = models.CharField(max_length=64, blank=True, default="", db_index=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.original_name


class FileLookBand(models.Model):
    """One sixteenth of a file's fingerprint, so that files that look alike are found by an index."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="look_bands")
    place = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("place", "value"), name="file_look_band"),)
        constraints = (models.UniqueConstraint(fields=("file", "place"), name="look_band_once_per_place"),)

    def __str__(self) -> str:
        return f"{self.file_id}:{self.place}"
