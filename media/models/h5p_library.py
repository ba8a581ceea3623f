from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.enums import LibraryState


class H5PLibrary(models.Model):
    """One version of one H5P library: foreign code, approved once by an administrator, pinned by its hash.

    The files never change after they were stored; another patch version is another row with its own approval.
    """

    machine_name = models.CharField(_("machinenaam"), max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = models.CharField(_("titel"), max_length=255, blank=True)
    #: SHA-256 over the sorted names and hashes of the files that we serve.
    content_hash = models.CharField(max_length=64, unique=True)
    file_count = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    #: Paths within the library, in the order in which the player loads them.
    scripts = models.JSONField(default=list)
    styles = models.JSONField(default=list)
    #: [[machine name, major, minor], ...] of preloaded dependencies.
    dependencies = models.JSONField(default=list)
    storage_prefix = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=10, choices=LibraryState.choices, default=LibraryState.WAITING)
    reason = models.TextField(_("reden"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("H5P-bibliotheek")
        verbose_name_plural = _("H5P-bibliotheken")
        ordering = ["machine_name", "major", "minor", "patch"]
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch"], name="media_library_version"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_at__isnull=False),
                name="media_library_approval_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}.{self.patch}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what was approved: code that learners' browsers run may not be exchanged in place."""
        if self.pk and "update_fields" not in kwargs:
            raise TypeError("An H5P library is immutable; only its decision may change (update_fields).")
        super().save(*args, **kwargs)

    @property
    def folder(self) -> str:
        """Name under which H5P's own code asks for it: "H5P.Question-1.5"."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @property
    def is_approved(self) -> bool:
        return self.state == LibraryState.APPROVED
