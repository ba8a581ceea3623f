"""Icons, illustrations and the geometry of arcs, as markup without inline styles."""

import logging
import math
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.icons import ICONS

logger = logging.getLogger("nestwerk.look")
FOLDER = Path(__file__).resolve().parent.parent / "static" / "cms" / "img" / "illustrations"


def _sprite() -> str:
    """The sprite under its plain name: lessons keep prepared HTML for years, a name with a hash would not last."""
    return f"{settings.STATIC_URL}vendor/icons.svg"


@lru_cache(maxsize=512)
def icon(name: str, size: str = "") -> SafeString:
    """A decorative icon from the sprite. An unknown name stops development; in production it draws nothing."""
    if name not in ICONS:
        if settings.DEBUG:
            raise ValueError(f"unknown icon {name!r}: add it to cms/icons.py")
        logger.warning("unknown icon %s", name)
        return SafeString("")
    extra = f" icon--{size}" if size else ""
    return format_html(
        '<svg class="icon{}" width="20" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        extra,
        _sprite(),
        name,
    )


@lru_cache(maxsize=64)
def _drawing(name: str) -> tuple[str, str]:
    """View box and inner markup of an illustration file."""
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    box = re.search(r'viewBox="([^"]+)"', text)
    inner = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return (box.group(1) if box else "0 0 400 300"), re.sub(r"\s*\n\s*", "", inner)


@lru_cache(maxsize=256)
def illustration(name: str, label: str = "", extra_class: str = "") -> SafeString:
    """An illustration inside the page, so that it wears the page's colours; decorative unless it has a label.

    Raises FileNotFoundError when there is no such drawing.
    """
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise FileNotFoundError(name)
    box, inner = _drawing(name)
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="illustration {}" viewBox="{}" {} focusable="false" fill="none">{}</svg>',
        extra_class,
        box,
        role,
        mark_safe(inner),
    )


def illustrations() -> list[str]:
    """Names of all illustrations."""
    return sorted(file.stem for file in FOLDER.glob("*.svg"))


def arc_path(*, centre: float, radius: float, start: float, end: float) -> str:
    """Path of a circular arc; angles in degrees, clockwise from twelve o'clock."""

    def point(angle: float) -> str:
        turn = math.radians(angle - 90)
        return f"{centre + radius * math.cos(turn):.2f} {centre + radius * math.sin(turn):.2f}"

    large = 1 if end - start > 180 else 0
    return f"M{point(start)}A{radius:g} {radius:g} 0 {large} 1 {point(end)}"


@lru_cache(maxsize=32)
def ring_paths(count: int) -> tuple[str, ...]:
    """`count` equal arcs around one centre (60, 60), with air between them."""
    step, gap = 360 / count, 15 if count <= 8 else 8
    return tuple(
        arc_path(centre=60, radius=51, start=index * step + gap / 2, end=(index + 1) * step - gap / 2)
        for index in range(count)
    )


@lru_cache(maxsize=128)
def dots(count: int, of: int) -> SafeString:
    """`count` of `of` as dots; the coloured ones are held by an arc. Nothing above a hundred dots."""
    if not 0 < of <= 100:
        return SafeString("")
    columns = of if of <= 10 else 10
    rows = math.ceil(of / columns)
    size = 30
    marks = []
    for index in range(of):
        x, y = (index % columns) * size + size / 2, (index // columns) * size + size / 2
        if index < count:
            marks.append(f'<circle class="dots__dot dots__dot--on" cx="{x}" cy="{y}" r="7"/>')
            hold = arc_path(centre=0, radius=12, start=75, end=325)
            marks.append(f'<path class="dots__hold" transform="translate({x} {y})" d="{hold}"/>')
        else:
            marks.append(f'<circle class="dots__dot" cx="{x}" cy="{y}" r="7"/>')
    width, height = columns * size, rows * size
    return format_html(
        '<svg class="dots__svg" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        width,
        height,
        width,
        height,
        mark_safe("".join(marks)),
    )
