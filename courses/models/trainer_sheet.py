"""What trainers hold in their hands on a course day: the script, and sheets to print for the group."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from courses.domain.rich_text import EDITOR_FEATURES, clean_stored
from courses.enums import SheetKind


class TrainerSheet(Orderable):
    """One script or handout of a course day. Trainers read it; the group gets it on paper. Holds no personal data."""

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="trainer_sheets")
    slug = models.SlugField(_("adres"), max_length=60)
    kind = models.CharField(_("soort"), max_length=10, choices=SheetKind.choices, default=SheetKind.MATERIAL)
    title = models.CharField(_("titel"), max_length=120)
    summary = models.CharField(_("waarvoor"), max_length=300, blank=True)
    body = RichTextField(_("tekst"), features=EDITOR_FEATURES)

    panels = (
        FieldRowPanel([FieldPanel("title"), FieldPanel("slug"), FieldPanel("kind")]),
        FieldPanel("summary"),
        FieldPanel("body"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("blad voor begeleiders")
        verbose_name_plural = _("bladen voor begeleiders")
        constraints = (models.UniqueConstraint(fields=("course", "slug"), name="trainer_sheet_slug_once"),)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Rich text passes the allow-list, whatever the editor sent."""
        super().clean()
        self.body = clean_stored(self.body or "")
