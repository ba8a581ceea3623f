"""Lists of things: figures, steps, talk, timeline, tabs, pages, breadcrumb."""

import datetime as dt
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from cms.look import formats
from cms.look.states import SPEAKERS, member
from cms.look.tags_actions import nest_query

register = template.Library()


@register.inclusion_tag("cms/components/figures.html")
def nest_figures(items: Any, title: str = "", level: int = 2) -> dict[str, object]:
    """Key figures, big."""
    return {"items": items, "title": title, "level": level}


@register.inclusion_tag("cms/components/steps.html")
def nest_steps(items: Any, title: str = "", level: int = 2) -> dict[str, object]:
    """A numbered approach."""
    return {"items": items, "title": title, "level": level, "inner": int(level) + 1 if title else level}


@register.inclusion_tag("cms/components/dialogue.html")
def nest_dialogue(lines: Any, title: str = "", level: int = 2) -> dict[str, object]:
    """A short talk, line by line."""
    spoken = []
    for line in lines or ():
        who = str(member(line, "who"))
        name, own = SPEAKERS.get(who, (who.capitalize(), False))
        spoken.append({"name": name, "own": own, "text": member(line, "text"), "note": member(line, "note")})
    return {"lines": spoken, "title": title, "level": level}


@register.inclusion_tag("cms/components/timeline.html")
def nest_timeline(items: Any) -> dict[str, object]:
    """What happened when."""
    rows = []
    for item in items or ():
        when = member(item, "when")
        if isinstance(when, dt.datetime):
            iso, words = when.isoformat(), formats.as_datetime(when)
        elif isinstance(when, dt.date):
            iso, words = when.isoformat(), formats.as_date(when)
        else:
            iso, words = "", str(when or "")
        rows.append({"iso": iso, "words": words, "item": item})
    return {"rows": rows}


@register.inclusion_tag("cms/components/tabs.html")
def nest_tabs(tabs: Any, label: str = "") -> dict[str, object]:
    """Tabs that are links: one page each."""
    return {"tabs": tabs, "label": label}


@register.simple_tag
def nest_crumbs(*parts: object) -> SafeString:
    """Label, url, label, url, ... and the last label without url."""
    crumbs = list(zip(parts[::2], [*parts[1::2], None], strict=False))
    rows = [
        format_html('<li class="crumbs__item"><a href="{}">{}</a></li>', url, label)
        if url
        else format_html('<li class="crumbs__item" aria-current="page">{}</li>', label)
        for label, url in crumbs
    ]
    label = gettext("Kruimelpad")
    items = mark_safe("".join(rows))
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol class="crumbs__list">{}</ol></nav>', label, items
    )


@register.inclusion_tag("cms/components/pagination.html", takes_context=True)
def nest_pagination(context: Context, page: Page[Any], page_param: str = "bladzijde") -> dict[str, object]:
    """Previous, numbers, next; keeps the filters of the list."""
    links = [
        {"number": number, "href": nest_query(context, **{page_param: number})}
        if isinstance(number, int)
        else {"number": None, "href": ""}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    previous = nest_query(context, **{page_param: page.previous_page_number()}) if page.has_previous() else ""
    following = nest_query(context, **{page_param: page.next_page_number()}) if page.has_next() else ""
    return {"page": page, "links": links, "previous": previous, "next": following}


@register.inclusion_tag("cms/components/lesson_bar.html")
def nest_lesson_bar(
    title: str, back_url: str = "", back_label: str = "", percent: float = 0, text: str = ""
) -> dict[str, object]:
    """The only frame of a lesson: back, title, a thin arc."""
    return {"title": title, "back_url": back_url, "back_label": back_label, "percent": percent, "text": text}
