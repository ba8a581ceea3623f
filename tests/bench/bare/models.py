"""The least that a Wagtail page and a written row can be."""

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class BarePage(Page):
    """A page with one body of text, as long as the page it is compared with."""

    body = models.TextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "bare/page.html"


class Note(models.Model):
    """A row for the bare insert."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    data = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)
