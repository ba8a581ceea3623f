"""Filters of the courses floor."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from courses.domain.rich_text import shown_html

register = template.Library()


@register.filter
def course_html(value: Any) -> SafeString:
    """Rich text of an author as safe HTML, links looked up, everything outside the allow-list removed."""
    return shown_html(getattr(value, "source", value) or "")


@register.filter
def deeper_headings(value: SafeString) -> SafeString:
    """Headings one level down, for text that stands below a heading of the page itself."""
    text = str(value)
    for level in (3, 2):
        text = text.replace(f"<h{level}>", f"<h{level + 1}>").replace(f"</h{level}>", f"</h{level + 1}>")
    return mark_safe(text)  # safe before, and headings only became other headings


@register.filter
def course_goal(value: str) -> str:
    """A goal without its fixed opening, because the heading above the list already says it."""
    opening = "Na deze cursus kun je "
    rest = value.removeprefix(opening)
    return rest[:1].upper() + rest[1:]


@register.filter
def course_days(value: Decimal | None) -> str:
    """0.5 gives "een halve dag", 1 "één dag", 3 "3 dagen"; nothing for no days."""
    days = Decimal(value or 0)
    words = {Decimal("0.5"): gettext("een halve dag"), Decimal(1): gettext("één dag")}
    if not days:
        return ""
    return words.get(days) or gettext("%(count)s dagen") % {"count": number_format(days.normalize())}


@register.filter
def recording_url(document: Any) -> str:
    """Where a player gets a film, a recording or captions, in ranges."""
    return reverse("courses:recording", kwargs={"document": document.pk, "name": document.filename})


@register.filter
def recording_type(document: Any, kind: str = "video") -> str:
    """The content type that goes with the ending; .webm may be either."""
    ending = document.filename.rpartition(".")[2].lower()
    words = {
        "mp3": "audio/mpeg",
        "m4a": "audio/mp4",
        "ogg": "audio/ogg",
        "wav": "audio/wav",
        "mp4": "video/mp4",
    }
    return words.get(ending, f"{kind}/webm")
