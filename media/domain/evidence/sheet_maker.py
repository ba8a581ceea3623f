"""The child process that makes a PDF of sheets: photos put together, or pages with parts covered in black.

Started by `sandbox.py` with `python -I`; knows nothing of Django. Prints one JSON object {code, mime, pages, look}.
Arguments: action, target, memory in bytes, CPU seconds, job as JSON.
compose: {"sheets": [{"path", "turn": 0|90|180|270, "crop": [left, top, right, bottom]}], "side"}; fractions of the
turned picture. redact: {"source", "mime", "boxes": {"1": [[left, top, right, bottom]]}, "drop": [2], "side", "most"};
fractions of the page as it is seen. What comes out is pixels: nothing lies under a black box.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

A4_POINTS = 842.0


class Refused(Exception):
    """Carries the message code."""


def main(arguments: list[str]) -> dict[str, Any]:
    action, target = arguments[:2]
    memory, cpu = (int(item) for item in arguments[2:4])
    job = json.loads(arguments[4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))
    pictures = composed(job) if action == "compose" else redacted(job)
    try:
        pages = write_pdf(pictures, target)
    except Refused as refusal:
        return {"code": str(refusal)}
    except (MemoryError, RecursionError):
        return {"code": "too_heavy"}
    return {"code": "", "mime": "application/pdf", "pages": pages}


def composed(job: dict[str, Any]) -> Iterator[Any]:
    """Photos in the given order, turned and cropped."""
    from PIL import Image

    for sheet in job["sheets"]:
        with Image.open(sheet["path"], formats=["JPEG", "PNG"]) as picture:
            picture.draft("RGB", (job["side"] * 2, job["side"] * 2))
            turned = picture.convert("RGB")
        if sheet["turn"]:
            turned = turned.rotate(-sheet["turn"], expand=True)
        yield fitted(turned.crop(pixels(sheet["crop"], turned.size)), job["side"])


def redacted(job: dict[str, Any]) -> Iterator[Any]:
    """Pages as pictures with black boxes; dropped pages are left out."""
    from PIL import ImageDraw

    for number, picture in seen_pages(job):
        draw = ImageDraw.Draw(picture)
        for box in job["boxes"].get(str(number), []):
            draw.rectangle(pixels(box, picture.size), fill="black")
        yield picture


def seen_pages(job: dict[str, Any]) -> Iterator[tuple[int, Any]]:
    if job["mime"] != "application/pdf":
        from PIL import Image

        with Image.open(job["source"], formats=["JPEG", "PNG"]) as picture:
            yield 1, fitted(on_white(picture), job["side"])
        return
    import pypdfium2

    document = pypdfium2.PdfDocument(job["source"])
    document.init_forms()
    kept = [number for number in range(1, len(document) + 1) if number not in job["drop"]]
    if not kept:
        raise Refused("pdf_no_pages")
    if len(kept) > job["most"]:
        raise Refused("redact_too_many_pages")
    for number in kept:
        sheet = document[number - 1]
        width, height = sheet.get_size()
        scale = min(200 / 72, job["side"] / max(width, height, 1))
        yield number, sheet.render(scale=scale).to_pil().convert("RGB")
        sheet.close()


def on_white(picture: Any) -> Any:
    from PIL import Image

    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def fitted(picture: Any, side: int) -> Any:
    picture.thumbnail((side, side))
    return picture


def pixels(box: list[float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Fractions to pixels, rounded outwards, at least one pixel."""
    width, height = size
    left, top = int(box[0] * width), int(box[1] * height)
    right = min(width, max(left + 1, -int(-box[2] * width // 1)))
    bottom = min(height, max(top + 1, -int(-box[3] * height // 1)))
    return min(left, width - 1), min(top, height - 1), right, bottom


def write_pdf(pictures: Iterator[Any], target: str) -> int:
    """One JPEG per page, one picture in memory at a time."""
    import pikepdf

    pdf = pikepdf.new()
    for picture in pictures:
        content = io.BytesIO()
        picture.save(content, format="JPEG", quality=82, optimize=True)
        scale = A4_POINTS / max(picture.size)
        width, height = (round(length * scale, 2) for length in picture.size)
        image = pikepdf.Stream(
            pdf,
            content.getvalue(),
            Type=pikepdf.Name("/XObject"),
            Subtype=pikepdf.Name("/Image"),
            Width=picture.width,
            Height=picture.height,
            ColorSpace=pikepdf.Name("/DeviceRGB"),
            BitsPerComponent=8,
            Filter=pikepdf.Name("/DCTDecode"),
        )
        pdf.add_blank_page(page_size=(width, height))
        page = pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())
    pages = len(pdf.pages)
    pdf.save(target, deterministic_id=True)
    return pages


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
