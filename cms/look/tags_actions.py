"""Buttons, and the query strings of links."""

import zlib

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.look import drawings

register = template.Library()


@register.simple_tag(takes_context=True)
def nest_query(context: Context, **changes: object) -> str:
    """The current query string with some things changed; an empty value removes."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None and value != "":
            query[name] = str(value)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


def attributes(values: dict[str, object]) -> SafeString:
    """HTML attributes; empty ones are left out, a zero is not empty."""
    pairs = [(name, value) for name, value in values.items() if value is not None and value != ""]
    return format_html_join("", ' {}="{}"', pairs)


@register.simple_tag
def nest_button(
    label: str,
    href: str = "",
    kind: str = "primary",
    size: str = "",
    icon: str = "",
    icon_end: bool = False,
    type: str = "submit",
    name: str = "",
    value: object = "",
    id: str = "",
    form: str = "",
    disabled: bool = False,
    block: bool = False,
    extra_class: str = "",
    label_extra: str = "",
) -> SafeString:
    """A link or a button that looks like one and says what it does."""
    classes = ["button"]
    classes += [f"button--{kind}"] if kind and kind != "primary" else []
    classes += [f"button--{size}"] if size else []
    classes += ["button--block"] if block else []
    classes += [extra_class] if extra_class else []
    drawing = drawings.icon(icon) if icon else SafeString("")
    hidden = format_html(' <span class="visually-hidden">{}</span>', label_extra) if label_extra else ""
    word = format_html("<span>{}{}</span>", label, hidden)
    inner = word + drawing if icon_end else drawing + word
    if href and not disabled:
        attrs = attributes({"href": href, "id": id})
        return format_html('<a class="{}"{}>{}</a>', " ".join(classes), attrs, inner)
    attrs = attributes({"type": type, "name": name, "value": value, "id": id, "form": form})
    off = mark_safe(" disabled") if disabled else ""
    return format_html('<button class="{}"{}{}>{}</button>', " ".join(classes), attrs, off, inner)


@register.inclusion_tag("cms/components/post_button.html", takes_context=True)
def nest_post_button(
    context: Context,
    label: str,
    url: str = "",
    kind: str = "primary",
    size: str = "",
    icon: str = "",
    name: str = "",
    value: object = "",
    confirm: str = "",
    block: bool = False,
    label_extra: str = "",
) -> dict[str, object]:
    """A form of its own around one button: for everything that changes something."""
    return {
        "label": label, "url": url, "kind": kind, "size": size, "icon": icon, "confirm": confirm, "block": block,
        "label_extra": label_extra, "name": name, "value": value,
        "token": context.get("csrf_token", ""),
        "dialog_id": f"zeker-{zlib.crc32(f'{label}|{url}|{name}|{value}'.encode())}",
    }  # fmt: skip


@register.simple_tag
def nest_mail_button(label: str, url: str) -> SafeString:
    """A button for e-mail, where no style sheet comes along."""
    return format_html(
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="#0f5c5c" '
        'style="border-radius:10px"><a href="{}" style="display:inline-block;padding:14px 24px;color:#ffffff;'
        'font-family:Verdana,Arial,sans-serif;font-size:16px;font-weight:bold;text-decoration:none">{}</a></td></tr></table>',
        url,
        label,
    )
