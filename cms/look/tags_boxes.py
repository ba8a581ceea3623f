"""Boxes around content: card, alert, dialog and their kin."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from cms.look import drawings
from cms.look.states import TONE_ICONS, TONE_WORDS
from cms.look.tags_actions import attributes

register = template.Library()


@register.simple_block_tag
def nest_card(
    content: str,
    title: str = "",
    href: str = "",
    eyebrow: str = "",
    icon: str = "",
    tone: str = "",
    level: int = 2,
    tag: str = "section",
    illustration: str = "",
    extra_class: str = "",
    id: str = "",
) -> SafeString:
    """A card; with `href` the whole card is one link."""
    classes = "card" + (f" card--{tone}" if tone else "") + (" card--link" if href else "")
    media = drawings.illustration(illustration) if illustration else ""
    media = format_html('<div class="card__media">{}</div>', media) if media else ""
    mark = drawings.icon(icon) if icon else ""
    top = format_html('<p class="card__eyebrow">{}<span>{}</span></p>', mark, eyebrow) if eyebrow else ""
    words = format_html('<a href="{}">{}</a>', href, title) if href else title
    if icon and not eyebrow:
        words = format_html("{} {}", mark, words)
    heading = format_html('<h{} class="card__title">{}</h{}>', level, words, level) if title else ""
    return format_html(
        '<{} class="{} {}"{}>{}{}{}{}</{}>',
        tag, classes, extra_class, attributes({"id": id}), media, top, heading, content, tag,
    )  # fmt: skip


@register.simple_block_tag
def nest_alert(content: str, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    """A message that stays; the tone is also told in a word."""
    word = TONE_WORDS.get(tone, "")
    head = format_html('<p class="alert__title">{}</p>', title) if title else ""
    spoken = "" if title else format_html('<span class="visually-hidden">{}: </span>', word)
    return format_html(
        '<div class="alert alert--{}"{}>{}{}<div class="alert__body">{}{}</div></div>',
        tone, attributes({"role": role}), drawings.icon(TONE_ICONS.get(tone, "info")), head, spoken, content,
    )  # fmt: skip


@register.simple_block_tag
def nest_empty(content: str, title: str = "", illustration: str = "empty-nest", level: int = 2) -> SafeString:
    """Nothing here yet: says so kindly and offers the next step."""
    return format_html(
        '<div class="empty">{}<h{} class="empty__title">{}</h{}><div class="empty__body">{}</div></div>',
        drawings.illustration(illustration), level, title, level, content,
    )  # fmt: skip


@register.simple_block_tag
def nest_disclosure(content: str, summary: str = "", open: bool = False) -> SafeString:
    """More for who wants it."""
    return format_html(
        '<details class="disclosure"{}><summary>{}</summary><div class="disclosure__body">{}</div></details>',
        mark_safe(" open") if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def nest_callout(content: str, tone: str = "tip", title: str = "", level: int = 3) -> SafeString:
    """A remark beside the text: a tip, a careful note, or the core of it."""
    icon = {"tip": "lightbulb", "careful": "hand-heart", "core": "star"}.get(tone, "lightbulb")
    words = title or {"careful": gettext("Wees voorzichtig"), "core": gettext("De kern")}.get(
        tone, gettext("Tip")
    )
    return format_html(
        '<aside class="callout callout--{}"><h{} class="callout__title">{}<span>{}</span></h{}>{}</aside>',
        tone, level, drawings.icon(icon), words, level, content,
    )  # fmt: skip


@register.simple_block_tag
def nest_vignette(content: str, title: str = "", level: int = 2) -> SafeString:
    """A case of an invented family, and what to do."""
    return format_html(
        '<section class="vignette"><p class="vignette__label">{}<span>{}</span></p>'
        '<h{} class="vignette__title">{}</h{}><div class="vignette__body">{}</div></section>',
        drawings.icon("users-round"), gettext("Uit de praktijk"), level, title, level, content,
    )  # fmt: skip


@register.simple_block_tag
def nest_dialog(content: str, id: str = "", title: str = "") -> SafeString:
    """A native dialog; opened by a link to its id with data-dialog-open."""
    return format_html(
        '<dialog id="{}" aria-labelledby="{}-titel"><div class="dialog__head">'
        '<h2 class="dialog__title" id="{}-titel">{}</h2>{}</div><div class="dialog__body">{}</div></dialog>',
        id, id, id, title, nest_dialog_close(gettext("Sluit"), icon="x", small=True), content,
    )  # fmt: skip


@register.simple_tag
def nest_dialog_close(label: str = "", icon: str = "", small: bool = False) -> SafeString:
    """Closes the dialog around it, also without JavaScript."""
    mark = drawings.icon(icon) if icon else ""
    extra = " button--small dialog__x" if small else ""
    return format_html(
        '<a class="button button--quiet{}" href="#inhoud" data-dialog-close>{}<span>{}</span></a>',
        extra, mark, label or gettext("Toch niet"),
    )  # fmt: skip
