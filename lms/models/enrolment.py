from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Reads of enrolments."""

    def current(self) -> "EnrolmentQuerySet":
        """Enrolments that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Enrolment(models.Model):
    """A learner in a course, pinned to the version it was started with.

    Purpose: give access and prove what was followed. Retention: as long as the recognition it may support.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Een cursus volgen",
        retention="Met het account",
        on_erasure=OnErasure.KEEP,
        why_kept="Bewijs van wat gebeurde; wijst naar een account zonder naam",
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("courses.CourseVersion", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(
        "lms.Cohort", on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    enrolled_at = models.DateTimeField(_("ingeschreven op"), default=timezone.now)
    #: Slug of the lesson that was opened last, or "".
    last_lesson = models.CharField(max_length=255, blank=True)
    #: When the learner last moved to another lesson; the desk goes on with the newest.
    last_opened_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(_("afgerond op"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("uitgeschreven op"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("inschrijving")
        verbose_name_plural = _("inschrijvingen")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "course"), condition=Q(withdrawn_at=None), name="lms_one_open_enrolment"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(completed_at=None), name="lms_completed_is_not_withdrawn"
            ),
        )

    def __str__(self) -> str:
        return f"inschrijving {self.pk}"

    @property
    def is_completed(self) -> bool:
        return self.completed_at is not None
