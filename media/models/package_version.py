from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.enums import PackageKind, VersionState
from media.models.h5p_library import H5PLibrary
from media.models.learning_package import LearningPackage


class PackageVersion(models.Model):
    """One uploaded package, exactly as it came in. Immutable but for its state; a replacement is a new row."""

    package = models.ForeignKey(LearningPackage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("versie"))
    #: Of the uploaded file: the same file twice is the same version.
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=PackageKind.choices)
    title = models.CharField(_("titel"), max_length=255)
    language = models.CharField(_("taal"), max_length=20, blank=True)
    #: "H5P.MultiChoice 1.16" for H5P.
    main_library = models.CharField(max_length=280, blank=True)
    original_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(_("uitgepakte grootte"))
    file_count = models.PositiveIntegerField()
    #: SCORM and cmi5: `units` in order with what each needs to start (domain/packages/*_manifest.py).
    structure = models.JSONField(default=dict, blank=True)
    #: Values of CspRelaxation, decided at import.
    csp_relaxations = models.JSONField(default=list)
    remote_hosts = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    storage_prefix = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.WAITING)
    libraries = models.ManyToManyField(H5PLibrary, through="VersionLibrary", related_name="versions")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pakketversie")
        verbose_name_plural = _("pakketversies")
        ordering = ["package", "-number"]
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="media_version_number")]

    def __str__(self) -> str:
        return f"{self.title} (v{self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change a stored version: running learners keep what they started with."""
        if self.pk and set(kwargs.get("update_fields") or {"*"}) - {"state"}:
            raise TypeError("A package version is immutable; only its state may change.")
        super().save(*args, **kwargs)

    @property
    def is_ready(self) -> bool:
        return self.state == VersionState.READY


class VersionLibrary(models.Model):
    """Which exact library a version plays with, and in which order it is loaded."""

    version = models.ForeignKey(PackageVersion, on_delete=models.CASCADE, related_name="library_links")
    library = models.ForeignKey(H5PLibrary, on_delete=models.PROTECT, related_name="version_links")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "library"], name="media_version_library_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.library}"
