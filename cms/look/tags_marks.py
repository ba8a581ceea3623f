"""Small marks: avatar, badge, state, progress, ring, stepper, dots."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from cms.look import drawings, formats
from cms.look.states import look_of, member

register = template.Library()


@register.simple_tag
def nest_avatar(name: str, size: str = "") -> SafeString:
    """Initials on a round; the name itself stands beside it."""
    tone = sum(map(ord, str(name))) % 4 + 1
    extra = f" avatar--{size}" if size else ""
    mark = formats.initials(name)
    return format_html('<span class="avatar avatar--{}{}" aria-hidden="true">{}</span>', tone, extra, mark)


@register.simple_tag
def nest_badge(label: str, tone: str = "neutral", icon: str = "") -> SafeString:
    """A word in a pill."""
    mark = drawings.icon(icon) if icon else ""
    return format_html('<span class="badge badge--{}">{}<span>{}</span></span>', tone, mark, label)


@register.simple_tag
def nest_state(state: object, label: str = "") -> SafeString:
    """A state in words, with its icon and tone."""
    look = look_of(state)
    return nest_badge(label or str(look.label), look.tone, look.icon)


@register.simple_tag
def nest_progress(percent: float, label: str = "", text: str = "") -> SafeString:
    """A bar, told in words as well."""
    value = _percent(percent)
    words = text or f"{value} %"
    return format_html(
        '<div class="progress"><div class="progress__row"><span class="progress__label">{}</span>'
        '<span class="number">{}</span></div><progress max="100" value="{}" aria-label="{}">{}</progress></div>',
        label, words, value, f"{label}: {words}" if label else words, words,
    )  # fmt: skip


@register.simple_tag
def nest_arc(percent: float, label: str = "", size: str = "medium", text: str = "") -> SafeString:
    """A thin half arc; the words are under it and for screen readers."""
    value = _percent(percent)
    path = "M6 50A44 44 0 0 1 94 50"
    drawn = (
        format_html(
            '<path class="arc__value" d="{}" stroke-width="6" pathLength="100" stroke-dasharray="{} 200"/>',
            path,
            value,
        )
        if value
        else ""
    )
    return format_html(
        '<span class="arc arc--{}" role="img" aria-label="{}"><svg viewBox="0 0 100 56" aria-hidden="true">'
        '<path class="arc__track" d="{}" stroke-width="3"/>{}</svg><span class="arc__text">{}</span></span>',
        size, label or f"{value} %", path, drawn, text or f"{value}\u00a0%",
    )  # fmt: skip


def _percent(value: object) -> int:
    return max(0, min(100, round(float(str(value or 0)))))


@register.simple_tag
def nest_ring(
    criteria: Any, caption: str = "", size: str = "", list: bool = True, label: str = ""
) -> SafeString:
    """A ring of arcs, one for each criterion, with its list in words. Put together here: it stands on every desk."""
    things = [_Arc(thing) for thing in criteria or ()]
    paths = drawings.ring_paths(max(1, len(things)))
    met = sum(arc.state in ("met", "expiring") for arc in things)
    arcs = "".join(
        f'<path class="ring__arc ring__arc--{_escaped(arc.state)}" d="{path}"/>'
        for arc, path in zip(things, paths, strict=False)
    )
    return format_html(
        '<div class="ring{}{}"><svg class="ring__svg" viewBox="0 0 120 120" aria-hidden="true" focusable="false">{}'
        '<path class="ring__inner" d="M35.5 85A36 36 0 1 1 84.5 85"/>'
        '<text class="ring__caption" x="60" y="64">{}</text><circle class="ring__core" cx="60" cy="87" r="4.5"/></svg>'
        '<ul class="{}"{}>{}</ul></div>',
        " ring--list" if list else "",
        f" ring--{size}" if size else "",
        mark_safe(arcs),
        caption or gettext("%(met)d van %(all)d") % {"met": met, "all": len(things)},
        "ring__list" if list else "visually-hidden",
        format_html(' aria-label="{}"', label) if label else "",
        mark_safe("".join(arc.item(visible=list) for arc in things)),
    )


def _escaped(words: object) -> str:
    return conditional_escape(words if isinstance(words, str) else str(words))


class _Arc:
    """One criterion of a ring."""

    def __init__(self, thing: Any) -> None:
        state = member(thing, "state")
        self.state, self.look = str(getattr(state, "value", state)), look_of(state)
        self.label, self.reason, self.href = (
            _escaped(member(thing, name) or "") for name in ("label", "reason", "href")
        )

    def item(self, *, visible: bool) -> str:
        """Its line in the list: label, state in words, and why."""
        words = f'<a href="{self.href}">{self.label}</a>' if self.href else self.label
        look = self.look
        state = (
            f" {nest_badge(str(look.label), look.tone, look.icon)}"
            if visible
            else f"<span>: {_escaped(look.label)}</span>"
        )
        why = f' <span class="ring__reason">{self.reason}</span>' if self.reason else ""
        return f'<li class="ring__item"><span>{words}</span>{state}{why}</li>'


@register.inclusion_tag("cms/components/stepper.html")
def nest_stepper(steps: Any, label: str = "", wide: bool = True) -> dict[str, object]:
    """Where somebody stands in a row of steps."""
    return {"steps": steps, "label": label, "wide": wide}


@register.simple_tag
def nest_dots(count: int, of: int, label: str = "", source: str = "") -> SafeString:
    """One in five, drawn as dots, one of them held."""
    value = gettext("%(count)s op %(of)s") % {"count": formats.as_number(count), "of": formats.as_number(of)}
    origin = format_html('<span class="source">{} {}</span>', gettext("Bron:"), source) if source else ""
    return format_html(
        '<figure class="dots">{}<figcaption class="dots__text"><span class="dots__value">{}</span> {}{}'
        "</figcaption></figure>",
        drawings.dots(int(count), int(of)), value, label, origin,
    )  # fmt: skip
