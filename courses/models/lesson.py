"""Modules and lessons: written by authors, read by learners through a course version."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from courses.blocks import LessonStreamBlock, SourceStreamBlock
from courses.domain.rich_text import SHORT_FEATURES, clean_stored


class ModulePage(Page):
    """A part of a course with one learning goal. Has no public page of its own."""

    goal = models.TextField(_("leerdoel"), max_length=600, blank=True)
    intro = RichTextField(_("inleiding"), features=SHORT_FEATURES, blank=True)
    minutes = models.PositiveIntegerField(
        _("minuten"), default=0, help_text=_("Laat 0 staan om de minuten van de lessen op te tellen.")
    )

    template = "courses/module_page.html"
    parent_page_types = ("courses.CoursePage",)
    subpage_types = ("courses.LessonPage",)
    show_in_menus_default = False
    content_panels = (*Page.content_panels, FieldPanel("goal"), FieldPanel("intro"), FieldPanel("minutes"))
    promote_panels = (FieldPanel("slug"),)

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def clean(self) -> None:
        """Rich text passes the allow-list, whatever the editor sent."""
        super().clean()
        self.intro = clean_stored(self.intro or "")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """To the course."""
        from courses.views.redirects import to_course

        return to_course(self)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Nothing to find here."""
        return []


class LessonPage(Page):
    """A lesson: its blocks and its sources. Learners read it below `/mijn/leren/`."""

    summary = models.CharField(_("in één zin"), max_length=300, blank=True)
    minutes = models.PositiveIntegerField(_("minuten"), default=5)
    body = StreamField(LessonStreamBlock(), verbose_name=_("inhoud"), blank=True)
    sources = StreamField(SourceStreamBlock(), verbose_name=_("bronnen"), blank=True)

    template = "courses/lesson_preview.html"
    parent_page_types = ("courses.ModulePage",)
    subpage_types: tuple[str, ...] = ()
    show_in_menus_default = False
    content_panels = (
        *Page.content_panels,
        FieldRowPanel([FieldPanel("summary"), FieldPanel("minutes")]),
        FieldPanel("body"),
        FieldPanel("sources"),
    )
    promote_panels = (FieldPanel("slug"),)

    class Meta:
        verbose_name = _("les")
        verbose_name_plural = _("lessen")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """To the learner's page of this lesson."""
        from courses.views.redirects import to_lesson

        return to_lesson(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the preview in the back office: the lesson as a learner will read it."""
        from courses.views.preview import preview_context

        return {**super().get_context(request, *args, **kwargs), **preview_context(self)}

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Nothing to find here."""
        return []
