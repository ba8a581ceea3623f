"""Where families and referrers find recognised professionals."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.domain.care_directory import care_directory
from cms.look.region_map import HEIGHT, WIDTH
from cms.models.text import TEXT_FEATURES


class HelpLineBlock(blocks.StructBlock):
    """A number to call."""

    number = blocks.CharBlock(label=_("nummer"), max_length=20)
    label = blocks.CharBlock(label=_("naam"), max_length=60)
    text = blocks.CharBlock(label=_("uitleg"), max_length=240)


class CarePage(Page):
    """First what to do when it cannot wait, then who is recognised near you."""

    lead = models.TextField(_("inleiding"), blank=True, max_length=600)
    urgent_title = models.CharField(_("titel dringend"), max_length=80, blank=True)
    urgent = RichTextField(_("als het dringend is"), features=TEXT_FEATURES, blank=True)
    help_lines = StreamField([("line", HelpLineBlock())], verbose_name=_("nummers"), blank=True)
    families_title = models.CharField(_("titel voor ouders"), max_length=80, blank=True)
    families = RichTextField(_("voor ouders"), features=TEXT_FEATURES, blank=True)
    referrers_title = models.CharField(_("titel voor verwijzers"), max_length=80, blank=True)
    referrers = RichTextField(_("voor verwijzers"), features=TEXT_FEATURES, blank=True)
    empty = models.TextField(_("als er niemand gevonden is"), blank=True, max_length=400)
    note = models.TextField(_("noot onderaan"), blank=True, max_length=400)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("urgent_title"),
        FieldPanel("urgent"),
        FieldPanel("help_lines"),
        FieldPanel("families_title"),
        FieldPanel("families"),
        FieldPanel("referrers_title"),
        FieldPanel("referrers"),
        FieldPanel("empty"),
        FieldPanel("note"),
    ]
    template = "cms/pages/care.html"
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("zorgaanbod")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the recognised professionals who want to be shown; an unknown filter value finds nobody."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["care"] = care_directory(request.GET)
        context["map_width"], context["map_height"] = WIDTH, HEIGHT
        return context
