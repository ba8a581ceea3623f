"""The front door."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from accreditation.api import public_numbers
from courses.api import list_courses
from lms.api import upcoming_public_sessions

SESSIONS_SHOWN = 4


class DoorBlock(blocks.StructBlock):
    """One of the three doors of the home page."""

    title = blocks.CharBlock(label=_("titel"), max_length=60)
    text = blocks.TextBlock(label=_("tekst"), max_length=240)
    link_label = blocks.CharBlock(label=_("woorden op de knop"), max_length=40)
    href = blocks.CharBlock(label=_("adres op deze site"), max_length=200, help_text=_("Begint met /"))
    illustration = blocks.CharBlock(label=_("tekening"), required=False, max_length=40)


class HomePage(Page):
    """What this is in one sentence, three doors, what is on, real numbers."""

    sentence = models.CharField(_("wat dit is, in één zin"), max_length=240)
    lead = models.TextField(_("inleiding"), blank=True, max_length=600)
    doors = StreamField([("door", DoorBlock())], verbose_name=_("deuren"), blank=True, max_num=3)

    content_panels = [*Page.content_panels, FieldPanel("sentence"), FieldPanel("lead"), FieldPanel("doors")]
    template = "cms/pages/home.html"
    max_count = 1

    class Meta:
        verbose_name = _("startpagina")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is on and the numbers of today."""

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["sessions"] = upcoming_public_sessions(limit=SESSIONS_SHOWN)
        context["numbers"] = public_numbers()
        context["course_count"] = len(list_courses())
        return context
