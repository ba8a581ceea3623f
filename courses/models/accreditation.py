"""Accreditation points of a course, per profession, as the authority granted them for a time."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class CourseAccreditation(Orderable):
    """What a course brings one profession under one scheme, from a day on until a day (or without end)."""

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="accreditations")
    profession = models.ForeignKey(
        "people.Profession", on_delete=models.PROTECT, related_name="+", verbose_name=_("beroepsgroep")
    )
    scheme = models.CharField(
        _("regeling"), max_length=120, help_text=_("Wie kent de punten toe, en waarvoor.")
    )
    points = models.DecimalField(_("punten"), max_digits=5, decimal_places=1)
    valid_from = models.DateField(_("geldig van"))
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("accreditatie")
        verbose_name_plural = _("accreditaties")
        constraints = (
            models.CheckConstraint(condition=Q(points__gt=0), name="accreditation_gives_points"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="accreditation_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.profession_id}: {self.points}"

    def holds_on(self, day: date) -> bool:
        """Whether the points are granted to somebody who finishes on this day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
