"""Tags and filters of the design system; a template builtin. docs/design.md is the cookbook."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.look import (
    chrome,
    drawings,
    formats,
    tags_actions,
    tags_assets,
    tags_boxes,
    tags_forms,
    tags_lists,
    tags_marks,
)
from people.api import language_name

register = template.Library()
for part in (tags_actions, tags_assets, tags_boxes, tags_forms, tags_lists, tags_marks):
    register.tags.update(part.register.tags)

register.filter("nest_date", formats.as_date)
register.filter("nest_time", formats.as_time)
register.filter("nest_datetime", formats.as_datetime)
register.filter("nest_number", formats.as_number)
register.filter("nest_percent", formats.as_percent)
register.filter("nest_duration", formats.as_duration)
register.filter("nest_filesize", formats.as_filesize)
register.filter("nest_device", formats.as_device)
register.filter("nest_initials", formats.initials)
register.simple_tag(formats.as_period, name="nest_period")
register.simple_tag(drawings.icon, name="nest_icon")
register.simple_tag(chrome.header, takes_context=True, name="nest_header")
register.simple_tag(chrome.footer, name="nest_footer")


@register.filter
def nest_languages(codes: list[str] | tuple[str, ...] | None) -> str:
    """Language codes in words: `nl, fr` becomes `Nederlands, Frans`."""
    return ", ".join(language_name(code) for code in codes or ())


@register.filter
def nest_markdown(value: object) -> SafeString:
    """Markdown to safe HTML."""
    return formats.as_markdown(str(value or ""))


@register.simple_tag
def nest_illustration(name: str, label: str = "", extra_class: str = "") -> SafeString:
    """Inline drawing; `label` when it carries meaning."""
    return drawings.illustration(str(name), str(label), str(extra_class))


@register.simple_tag
def nest_htmx() -> SafeString:
    """The htmx library, for the `scripts` block of a page that uses it."""
    return format_html('<script src="{}" defer></script>', static("vendor/htmx.min.js"))
