"""What a file really is, by its first bytes. The name and the browser's word for it count for nothing."""

import re
from dataclasses import dataclass

from media.domain.evidence.limits import MAX_BYTES

PDF, JPEG, PNG, HEIC = "application/pdf", "image/jpeg", "image/png", "image/heic"
_EXTENSIONS = {PDF: {"pdf"}, JPEG: {"jpg", "jpeg", "jpe", "jfif"}, PNG: {"png"}, HEIC: {"heic", "heif"}}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"})
_MARKUP = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|script|iframe|img|svg|\?xml|meta|a\s|div)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`mime` is None for what we do not know; `refusal` is a message code, "" when the file may go on."""

    mime: str | None = None
    refusal: str = ""
    warnings: tuple[str, ...] = ()


def sniff(head: bytes, *, size: int, name: str) -> Sniffed:
    """Judge the first 4 kB of a file of `size` bytes with the name `name`."""
    if size == 0:
        return Sniffed(refusal="empty")
    mime = _by_magic(head)
    if size > MAX_BYTES:
        return Sniffed(mime, refusal="too_large")
    if mime is None:
        return Sniffed(refusal=_what_instead(head))
    # Markup in the very first bytes of a file that begins as another kind was put there to be run.
    if _MARKUP.search(head[:1024]) and mime != PDF and re.search(rb"<\s*script", head, re.IGNORECASE):
        return Sniffed(mime, refusal="polyglot")
    if mime == PDF and re.search(rb"<\s*(script|html|!doctype\s+html)", head[:1024], re.IGNORECASE):
        return Sniffed(mime, refusal="polyglot")
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return Sniffed(mime, warnings=() if extension in _EXTENSIONS[mime] else ("name_differs",))


def _by_magic(head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[4:8] == b"ftyp" and _heic_brand(head):
        return HEIC
    return None


def _heic_brand(head: bytes) -> bool:
    length = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length, 4))}
    return bool(brands & _HEIC_BRANDS)


def _what_instead(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "ignore").lstrip().lower().encode()
    if b"<svg" in text[:1024]:
        return "svg"
    if _MARKUP.search(text[:1024]):
        return "html"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "office"
    return "polyglot" if b"%PDF-" in head else "unknown_type"
