"""Dates, numbers and lengths of time as people in Flanders write them."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

import markdown
import nh3
from django.utils import dateformat, formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

NO_BREAK = "\u00a0"
MARKDOWN_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


#: How a moment is written where the page is not Dutch.
OTHER_MOMENTS = {"fr": "j F Y, H \\h i", "en": "j F Y, H:i"}


def as_date(value: dt.date | dt.datetime | None, style: str = "short") -> str:
    """`di 24 november`, with the year when it is not this year; style "long" spells the day and the year."""
    if not value:
        return ""
    day = _local(value)
    if style == "long":
        return dateformat.format(day, "l j F Y")
    if style == "year" or day.year != timezone.localdate().year:
        return dateformat.format(day, "D j F Y").lower()
    return dateformat.format(day, "D j F").lower()


def as_time(value: dt.datetime | dt.time | None) -> str:
    """`13.30 u.`"""
    if value is None:
        return ""
    moment = _local(value) if isinstance(value, dt.datetime) else value
    return f"{moment:%H.%M}{NO_BREAK}u."


def as_datetime(value: dt.datetime | None) -> str:
    """`di 24 november, 13.30 u.`; on the page that speaks other languages `24 November 2026, 13:30`."""
    if not value:
        return ""
    language = (get_language() or "nl")[:2]
    if language in OTHER_MOMENTS:
        return dateformat.format(_local(value), OTHER_MOMENTS[language])
    return f"{as_date(value)}, {as_time(value)}"


def _moment(value: dt.date | dt.datetime) -> str:
    return as_datetime(value) if isinstance(value, dt.datetime) else as_date(value)


def as_period(start: dt.date | None, end: dt.date | None) -> str:
    """`di 24 november, 13.30 tot 16.30 u.`, two full moments on different days, or days without hours."""
    if not start or not end:
        only = start or end
        return _moment(only) if only else ""
    first, last = _local(start), _local(end)
    if first.year != last.year and not (isinstance(first, dt.datetime) and isinstance(last, dt.datetime)):
        # A year on one side alone would be read for both.
        return f"{as_date(first, 'year')} {gettext('tot en met')} {as_date(last, 'year')}"
    if isinstance(first, dt.datetime) and isinstance(last, dt.datetime):
        if first.date() == last.date():
            return f"{as_date(first)}, {first:%H.%M} {gettext('tot')} {as_time(last)}"
        return f"{as_datetime(first)} {gettext('tot')} {as_datetime(last)}"
    return as_date(first) if first == last else f"{as_date(first)} {gettext('tot en met')} {as_date(last)}"


def as_number(value: float | Decimal | str | None, decimals: int | None = None) -> str:
    """Decimal comma, thousands with a point: 1.234,5. `decimals` fixes how many."""
    if value is None or value == "":
        return ""
    text = formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    if decimals is None and "," in text:
        text = text.rstrip("0").rstrip(",")
    return text


def as_percent(share: float | Decimal | str | None) -> str:
    """A share of one as a percentage: 0.825 gives `82,5 %`."""
    if share is None or share == "":
        return ""
    return f"{as_number(round(Decimal(str(share)) * 100, 1))}{NO_BREAK}%"


def as_duration(minutes: int | str | None) -> str:
    """Minutes as `45 min`, `1 uur`, `1 uur 20 min`."""
    if minutes is None or minutes == "":
        return ""
    hours, rest = divmod(int(minutes), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(hours)d uur", "%(hours)d uur", hours) % {"hours": hours})
    if rest or not hours:
        parts.append(gettext("%(minutes)d min") % {"minutes": rest})
    return " ".join(part.replace(" ", NO_BREAK) for part in parts)


def as_filesize(size: int | str | None) -> str:
    """Bytes as `840 kB` or `2,4 MB` (decimal units, as phones show them)."""
    if size is None or size == "":
        return ""
    size = int(size)
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NO_BREAK}kB"
    return f"{as_number(round(Decimal(size) / 1_000_000, 1))}{NO_BREAK}MB"


def initials(name: str) -> str:
    """First letter of the first and of the last word: `An Verstraete` gives `AV`."""
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@lru_cache(maxsize=1024)
def as_markdown(text: str) -> SafeString:
    """Markdown as HTML through an allow-list; whatever is not on it disappears."""
    html = markdown.markdown(text or "", extensions=["tables", "sane_lists"])
    clean = nh3.clean(
        html,
        tags=MARKDOWN_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )
    return mark_safe(clean)


# Order matters: every browser names some of the others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def as_device(user_agent: str) -> str:
    """What a browser calls itself, as people call it: `Firefox op Windows`."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return gettext("%(browser)s op %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("Een onbekend toestel")
