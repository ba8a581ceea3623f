"""What is on."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.models.text import TEXT_FEATURES
from lms.api import upcoming_public_sessions

SESSIONS_SHOWN = 60


class AgendaPage(Page):
    """Training days that are open to professionals, by month."""

    lead = models.TextField(_("inleiding"), blank=True, max_length=600)
    body = RichTextField(_("tekst"), features=TEXT_FEATURES, blank=True)
    empty = models.TextField(_("als er niets gepland is"), blank=True, max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), FieldPanel("empty")]
    template = "cms/pages/agenda.html"
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("agenda")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the coming sessions."""

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["sessions"] = upcoming_public_sessions(limit=SESSIONS_SHOWN)
        return context
