"""What was published: append-only rows (database triggers) that enrolments and completions pin."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CourseVersionQuerySet(models.QuerySet["CourseVersion"]):
    """Reads of versions."""

    def latest_of(self, course_id: int) -> "CourseVersion | None":
        """The newest version of a course, or None."""
        return self.filter(course_id=course_id).order_by("-number").first()


class CourseVersion(models.Model):
    """A course as it was on the day of its publication. Never changes."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("nummer"))
    #: SHA-256 over the content with its answers, so that publishing the same twice makes one version.
    content_hash = models.CharField(max_length=64)
    outline = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CourseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("cursusversie")
        verbose_name_plural = _("cursusversies")
        ordering = ("course", "-number")
        constraints = (
            models.UniqueConstraint(fields=("course", "number"), name="course_version_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.course_id} v{self.number}"


class VersionLesson(models.Model):
    """One lesson of a version: prepared blocks and sources."""

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveIntegerField()
    slug = models.SlugField(max_length=255)
    blocks = models.JSONField()
    sources = models.JSONField(default=list)

    class Meta:
        ordering = ("version", "position")
        constraints = (
            models.UniqueConstraint(fields=("version", "slug"), name="version_lesson_slug_once"),
            models.UniqueConstraint(fields=("version", "position"), name="version_lesson_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.version_id}/{self.slug}"


class VersionCheck(models.Model):
    """The public half of a knowledge check: questions and options, no answers."""

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="checks")
    check_id = models.CharField(max_length=60)
    lesson_slug = models.SlugField(max_length=255)
    public = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("version", "check_id"), name="version_check_id_once"),)

    def __str__(self) -> str:
        return f"{self.version_id}/{self.check_id}"


class VersionCheckKey(models.Model):
    """The secret half of a knowledge check. Read by the marker only; no page, search or API knows this table."""

    version_check = models.OneToOneField(
        VersionCheck, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    key = models.JSONField()

    class Meta:
        verbose_name = _("antwoordsleutel")

    def __str__(self) -> str:
        return str(self.pk)
