"""Badges: a picture with the signed credential baked in, as Open Badges 3.0 says (PNG `iTXt`, SVG element)."""

import io
import json
from functools import lru_cache
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.template.loader import render_to_string
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from accreditation.domain.certificate_paper import FONTS, TITLES
from accreditation.exceptions import CredentialError

KEYWORD = "openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
SIZE, SCALE = 480, 3
LETTERS_PER_LINE, MOST_LINES = 22, 4
#: Ground, ring, and the three open arcs: radius, start and end (degrees), width, colour.
ARCS = (
    (214, 318, 590, 16, "#0f5c5c"),
    (184, 352, 622, 11, "#7fb5af"),
    (158, 20, 298, 8, "#e08a55"),
)


def title_lines(title: str) -> list[str]:
    """The title in at most four short lines; what does not fit ends with an ellipsis."""
    lines, words = [""], title.split()
    for word in words:
        while len(word) > LETTERS_PER_LINE:
            lines.append(word[: LETTERS_PER_LINE - 1] + "-")
            word = word[LETTERS_PER_LINE - 1 :]
        if len(lines[-1]) + len(word) + 1 > LETTERS_PER_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [line for line in lines if line]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1].rstrip("-")[: LETTERS_PER_LINE - 1] + "…"]
    return lines


def svg_badge(*, title: str, document: dict[str, Any]) -> str:
    """The badge as SVG."""
    text = json.dumps(document, ensure_ascii=False).replace("]]>", "]]\\u003e")
    lines = title_lines(title)
    first = 262 - 17 * (len(lines) - 1)
    rows = [(first + 34 * number, line) for number, line in enumerate(lines)]
    return render_to_string(
        "accreditation/badge/badge.svg", {"rows": rows, "title": title, "credential": text}
    )


def png_badge(*, title: str, document: dict[str, Any]) -> bytes:
    """The badge as PNG, 480 pixels square."""
    extra = PngInfo()
    extra.add_itxt(KEYWORD, json.dumps(document, ensure_ascii=False))
    target = io.BytesIO()
    _picture(title).save(target, format="PNG", pnginfo=extra, optimize=False)
    return target.getvalue()


@lru_cache(maxsize=64)
def _picture(title: str) -> Image.Image:
    big = Image.new("RGBA", (SIZE * SCALE, SIZE * SCALE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)
    middle = SIZE * SCALE / 2
    _disc(draw, middle, 236, "#fffdf9")
    for radius, start, end, width, colour in ARCS:
        edge = radius * SCALE
        draw.arc(
            (middle - edge, middle - edge, middle + edge, middle + edge),
            start,
            end,
            fill=colour,
            width=width * SCALE,
        )
    lines = title_lines(title)
    font = ImageFont.truetype(str(FONTS / TITLES), 27 * SCALE)
    first = 254 - 17 * (len(lines) - 1)
    for number, line in enumerate(lines):
        draw.text((middle, (first + 34 * number) * SCALE), line, font=font, fill="#1f2a33", anchor="mm")
    house = ImageFont.truetype(str(FONTS / TITLES), 24 * SCALE)
    draw.text((middle, 148 * SCALE), "Nestwerk", font=house, fill="#0f5c5c", anchor="mm")
    return big.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def _disc(draw: ImageDraw.ImageDraw, middle: float, radius: float, colour: str) -> None:
    edge = radius * SCALE
    draw.ellipse((middle - edge, middle - edge, middle + edge, middle + edge), fill=colour)


def unbake(content: bytes) -> str:
    """The credential's text inside a badge (PNG or SVG) or a JSON file. Raises CredentialError when there is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _from_png(content)
    start = content.lstrip()[:1]
    if start == b"<":
        return _from_svg(content)
    if start == b"{":
        return content.decode("utf-8", errors="replace")
    raise CredentialError("neither a PNG, an SVG nor JSON")


def _from_png(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
            image.load()
            text = getattr(image, "text", {}).get(KEYWORD, "")
    except Exception as error:  # a broken picture raises many kinds
        raise CredentialError("the picture cannot be read") from error
    if not text:
        raise CredentialError("no credential in this picture")
    return str(text)


def _from_svg(content: bytes) -> str:
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise CredentialError("the SVG cannot be read") from error
    for name in ("credential", "assertion"):
        found = root.find(f".//{{{NAMESPACE}}}{name}")
        if found is not None and (found.text or "").strip():
            return str(found.text)
    raise CredentialError("no credential in this SVG")
