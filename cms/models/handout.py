"""Handouts: one page of practical help per profession."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.models.text import TEXT_FEATURES


class HandoutIndexPage(Page):
    """All handouts."""

    lead = models.TextField(_("inleiding"), blank=True, max_length=600)
    body = RichTextField(_("tekst"), features=TEXT_FEATURES, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "cms/pages/handouts.html"
    subpage_types = ["cms.HandoutPage"]
    max_count = 1

    class Meta:
        verbose_name = _("overzicht van handvatten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the handouts, with their profession, in two queries."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        handouts = HandoutPage.objects.live().child_of(self).select_related("profession").order_by("title")
        context["handouts"] = [(page, self.url + page.slug + "/") for page in handouts]
        return context


class HandoutPage(Page):
    """One sheet of A4, made to print and to hang up."""

    profession = models.ForeignKey(
        "people.Profession",
        verbose_name=_("beroepsgroep"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    summary = models.TextField(_("samenvatting"), max_length=400)
    body = RichTextField(_("tekst"), features=TEXT_FEATURES)
    sources = models.TextField(_("bronnen"), blank=True, help_text=_("Eén bron per regel."))
    reviewed_on = models.DateField(_("nagekeken op"), null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("profession"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("reviewed_on"),
    ]
    template = "cms/pages/handout.html"
    parent_page_types = ["cms.HandoutIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("handvat")
