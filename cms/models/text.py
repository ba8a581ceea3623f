"""A page of running text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class TextPage(Page):
    """About, privacy, accessibility, how the recognition works."""

    lead = models.TextField(_("inleiding"), blank=True, max_length=600)
    body = RichTextField(_("tekst"), features=TEXT_FEATURES, blank=True)
    illustration = models.CharField(_("tekening"), max_length=40, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("illustration"),
    ]
    template = "cms/pages/text.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("tekstpagina")
