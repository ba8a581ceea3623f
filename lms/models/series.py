"""Sessions that come back, and the plans that a course keeps for its editions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SessionSeries(models.Model):
    """The rule behind sessions that come back every so many weeks. `skipped`: days on which there is none (ISO)."""

    cohort = models.ForeignKey("lms.Cohort", on_delete=models.CASCADE, related_name="series")
    first_on = models.DateField(_("eerste dag"))
    every_weeks = models.PositiveSmallIntegerField(
        _("om de hoeveel weken"), default=1, validators=[MinValueValidator(1), MaxValueValidator(26)]
    )
    times = models.PositiveSmallIntegerField(
        _("hoeveel keer"), validators=[MinValueValidator(2), MaxValueValidator(60)]
    )
    begins = models.TimeField(_("begint om"))
    ends = models.TimeField(_("eindigt om"))
    skipped = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="series_ends_after_begin"),
        )

    def __str__(self) -> str:
        return f"{self.first_on}x{self.times}"


class CohortTemplate(models.Model):
    """How an edition of a course usually goes. `sessions`: title, day (0 is the first), begins, ends, kind."""

    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="+", verbose_name=_("cursus")
    )
    name = models.CharField(_("naam"), max_length=120)
    facts = models.JSONField(default=dict)
    sessions = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("course", "name"), name="cohort_template_name_per_course"),
        )

    def __str__(self) -> str:
        return self.name


class SessionMaterial(models.Model):
    """Something to read, bring or open for a session, or for the whole cohort when `session` is empty.

    A file belongs to whoever uploaded it and goes with their erasure; the title stays. `key` names the form it came by.
    """

    cohort = models.ForeignKey("lms.Cohort", on_delete=models.CASCADE, related_name="materials")
    session = models.ForeignKey(
        "lms.Session", on_delete=models.CASCADE, null=True, blank=True, related_name="materials"
    )
    title = models.CharField(_("titel"), max_length=160)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.ForeignKey(
        "media.StoredFile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="session_materials",
        verbose_name=_("bestand"),
    )
    for_trainers = models.BooleanField(_("alleen voor trainers"), default=False)
    key = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("session", "key"), name="material_once_per_form"),
            models.CheckConstraint(condition=Q(url="") | Q(file=None), name="material_link_or_file"),
        )

    def __str__(self) -> str:
        return self.title
