"""Papers as a professional has them: a PDF, a photo with a place in it, a screenshot."""

import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw

from demo.acts.papers import paper


def diploma(folder: Path) -> Path:
    """A PDF of one page."""
    path = folder / "diploma vroedkunde.pdf"
    path.write_bytes(paper("Diploma Vroedkunde", ["Hogeschool Het Waterpad, 2016"]))
    return path


def photo(folder: Path) -> Path:
    """A photo of a policy, as a telephone takes it."""
    path = folder / "polis.jpg"
    image = _sheet("Polis beroepsaansprakelijkheid")
    exif = Image.Exif()
    exif[0x010E] = "Thuis op de keukentafel"
    image.save(path, "JPEG", exif=exif)
    return path


def screenshot(folder: Path) -> Path:
    """A proof of membership as PNG."""
    path = folder / "lidkaart.png"
    _sheet("Lidkaart Beroepsvereniging De Kring").save(path, "PNG")
    return path


def page_that_pretends(folder: Path) -> Path:
    """HTML with a script, named .pdf."""
    path = folder / "diploma.pdf"
    path.write_bytes(b"<!doctype html><title>Diploma</title><script>alert(1)</script>")
    return path


def nothing(folder: Path) -> Path:
    """A file without a byte."""
    path = folder / "leeg.pdf"
    path.write_bytes(b"")
    return path


def huge_picture(folder: Path, side: int = 20_000) -> Path:
    """A PNG of a few kB that says it is `side` x `side` pixels, and is."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (side + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    path = folder / "reuzenfoto.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )
    return path


def _sheet(words: str) -> Image.Image:
    image = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(image).text((60, 80), words, fill="black")
    return image
