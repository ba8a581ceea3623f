"""The child process: opens one file of a stranger and writes a clean copy.

Started by `sandbox.py` with `python -I`; knows nothing of Django. Prints one JSON object {code, mime, pages, warnings,
look, words}; the last two are marks by which a document is found again (`marks_of`), empty where there are none.
Arguments: source, target, mime, memory in bytes, CPU seconds, most pixels, longest side, most pages.
"""

import hashlib
import json
import resource
import sys
from typing import Any

DANGEROUS_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/ResetForm", "/Hide", "/SetOCGState", "/Trans", "/GoTo3DView",
}  # fmt: skip
DANGEROUS_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
DANGEROUS_KEYS = (
    "/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/XFA", "/Launch",
    "/RichMediaContent", "/Collection",
)  # fmt: skip
PRIVATE_KEYS = ("/Metadata", "/PieceInfo", "/LastModified")


class Refused(Exception):
    """Carries the message code."""


def main(arguments: list[str]) -> dict[str, Any]:
    source, target, mime = arguments[:3]
    memory, cpu, pixels, side, pages = (int(item) for item in arguments[3:8])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))
    try:
        if mime == "application/pdf":
            answer = clean_pdf(source, target, most_pages=pages)
        else:
            answer = clean_picture(source, target, mime=mime, most_pixels=pixels, side=side)
    except Refused as refusal:
        return {"code": str(refusal)}
    except (MemoryError, RecursionError):
        return {"code": "too_heavy"}
    return {**answer, **marks_of(target, answer["mime"])}


def marks_of(target: str, mime: str) -> dict[str, str]:
    """By what a colleague finds a document again: how the first page looks, and a hash of the words in a PDF."""
    from PIL import Image

    try:
        if mime != "application/pdf":
            picture = Image.open(target, formats=["JPEG", "PNG"])
            picture.draft("L", (800, 800))
            return {"look": look_of(picture), "words": ""}
        import pypdfium2

        document = pypdfium2.PdfDocument(target)
        document.init_forms()
        sheets = [document[number] for number in range(min(3, len(document)))]
        text = "".join(sheet.get_textpage().get_text_range() for sheet in sheets).lower()
        letters = "".join(char for char in text if char.isalnum())
        words = hashlib.sha256(letters.encode()).hexdigest() if len(letters) >= 40 else ""
        return {"look": look_of(sheets[0].render(scale=0.7).to_pil()), "words": words}
    except Exception:  # noqa: BLE001 - marks help a colleague; a file without them is still a good file
        return {"look": "", "words": ""}


def look_of(picture: Any) -> str:
    """Which of two neighbours is darker, on a grid of 16 by 16 over what is printed, as 256 bits in hexadecimal.

    Nearly the same for a rescan; empty for a page without contrast.
    """
    from PIL import Image, ImageOps

    grey = picture.convert("L")
    grey.thumbnail((600, 600))
    printed = ImageOps.invert(grey).point(lambda value: 255 if value > 60 else 0).getbbox()
    if printed is None:
        return ""
    cells = grey.crop(printed).resize((17, 16), Image.Resampling.BOX).tobytes()
    bits = [
        cells[17 * row + column] > cells[17 * row + column + 1] + 1
        for row in range(16)
        for column in range(16)
    ]
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):064x}" if sum(bits) >= 16 else ""


def clean_picture(source: str, target: str, *, mime: str, most_pixels: int, side: int) -> dict[str, Any]:
    """Re-encode: what comes out is pixels and nothing else (no EXIF, GPS, comments, appended files)."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = most_pixels
    formats = {"image/jpeg": ["JPEG", "MPO"], "image/png": ["PNG"], "image/heic": ["HEIF"]}[mime]
    if mime == "image/heic":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        with Image.open(source, formats=formats) as picture:
            if picture.width * picture.height > most_pixels:
                raise Refused("image_too_many_pixels")
            warnings = picture_warnings(picture, side)
            picture.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((side, side))
            write_picture(upright, target, as_png=mime == "image/png")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("image_too_many_pixels") from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        IndexError,
        KeyError,
        TypeError,
    ) as error:
        raise Refused(
            "image_too_many_pixels" if "limit" in str(error).lower() else "image_corrupt"
        ) from error
    return {
        "code": "",
        "mime": "image/png" if mime == "image/png" else "image/jpeg",
        "pages": 1,
        "warnings": warnings,
    }


def picture_warnings(picture: Any, side: int) -> list[str]:
    warnings = []
    exif = picture.getexif()
    if exif.get_ifd(0x8825) or 0x010F in exif or 0x0110 in exif:
        warnings.append("location_removed")
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        warnings.append("first_picture_only")
    if max(picture.size) > side:
        warnings.append("scaled_down")
    return warnings


def write_picture(picture: Any, target: str, *, as_png: bool) -> None:
    from PIL import Image

    if as_png:
        keep = picture if picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else picture.convert("RGB")
        clean = Image.new(keep.mode, keep.size)
        if keep.mode == "P" and keep.palette:
            clean.putpalette(keep.getpalette(keep.palette.mode), keep.palette.mode)
        clean.paste(keep)
        clean.save(target, format="PNG", compress_level=6)
        return
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        picture = ground
    clean = Image.new("L" if picture.mode == "L" else "RGB", picture.size)
    clean.paste(picture.convert(clean.mode))
    clean.save(target, format="JPEG", quality=88, optimize=True)


def clean_pdf(source: str, target: str, *, most_pages: int) -> dict[str, Any]:
    """Rewrite without scripts, actions, attachments, forms' programs and metadata."""
    import pikepdf

    try:
        with pikepdf.open(source, attempt_recovery=True, inherit_page_attributes=True) as pdf:
            if any(
                "damaged" in str(item).lower() or "reconstruct" in str(item).lower()
                for item in pdf.get_warnings()
            ):
                raise Refused("pdf_corrupt")
            pages = count_pages(pdf, most_pages)
            warnings = ["signature_removed"] if is_signed(pdf) else []
            if strip_pdf(pdf):
                warnings.append("active_removed")
            pdf.save(
                target,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                encryption=False,
                deterministic_id=True,
                fix_metadata_version=False,
            )
    except pikepdf.PasswordError as error:
        raise Refused("pdf_password") from error
    except (
        pikepdf.PdfError,
        pikepdf.ForeignObjectError,
        ValueError,
        KeyError,
        TypeError,
        RuntimeError,
        OSError,
    ) as error:
        raise Refused("pdf_corrupt") from error
    return {"code": "", "mime": "application/pdf", "pages": pages, "warnings": warnings}


def count_pages(pdf: Any, most_pages: int) -> int:
    pages = len(pdf.pages)
    if pages == 0:
        raise Refused("pdf_no_pages")
    if pages > most_pages:
        raise Refused("pdf_too_many_pages")
    for page in pdf.pages:
        if page.obj.get("/Type") != "/Page" or "/MediaBox" not in page.obj:
            raise Refused("pdf_corrupt")
    return pages


def is_signed(pdf: Any) -> bool:
    form = pdf.Root.get("/AcroForm")
    return form is not None and int(form.get("/SigFlags", 0)) > 0


def strip_pdf(pdf: Any) -> bool:
    """Take out everything that acts. Returns whether there was something."""
    import pikepdf

    removed = False
    for item in list(pdf.objects):
        removed |= strip_object(item, depth=0)
    for page in pdf.pages:
        removed |= strip_annotations(page.obj)
    for key in PRIVATE_KEYS:
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for item in list(pdf.objects):
        if isinstance(item, pikepdf.Stream):
            strip_photo(item)
    return removed


def strip_object(item: Any, *, depth: int) -> bool:
    """Clean one object and what lies directly in it; references are visited on their own turn."""
    import pikepdf

    if depth > 60:
        raise Refused("pdf_corrupt")
    removed = False
    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in DANGEROUS_KEYS:
            if key in item:
                del item[key]
                removed = True
        for key in PRIVATE_KEYS:
            if key in item and item.get("/Type") != "/Metadata":
                del item[key]
        for key in list(item.keys()):
            child = item[key]
            if is_action(child):
                del item[key]
                removed = True
            elif isinstance(child, (pikepdf.Dictionary, pikepdf.Array)) and not child.is_indirect:
                removed |= strip_object(child, depth=depth + 1)
    elif isinstance(item, pikepdf.Array):
        for child in list(item):
            if isinstance(child, (pikepdf.Dictionary, pikepdf.Array)) and not child.is_indirect:
                removed |= strip_object(child, depth=depth + 1)
    return removed


def is_action(child: Any) -> bool:
    import pikepdf

    return isinstance(child, pikepdf.Dictionary) and str(child.get("/S", "")) in DANGEROUS_ACTIONS


def strip_annotations(page: Any) -> bool:
    import pikepdf

    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return False
    keep = [item for item in annotations if not has_dangerous_subtype(item)]
    if len(keep) == len(annotations):
        return False
    page["/Annots"] = pikepdf.Array(keep)
    return True


def has_dangerous_subtype(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype", "")) in DANGEROUS_ANNOTATIONS


def strip_photo(stream: Any) -> None:
    """A phone's scan is a JPEG inside the pdf, and its EXIF tells where it was made."""
    if str(stream.get("/Subtype", "")) != "/Image" or str(stream.get("/Filter", "")) != "/DCTDecode":
        return
    import pikepdf

    before = stream.read_raw_bytes()
    after = without_jpeg_metadata(before)
    if after != before:
        stream.write(after, filter=pikepdf.Name("/DCTDecode"), decode_parms=stream.get("/DecodeParms"))


def without_jpeg_metadata(data: bytes) -> bytes:
    """The JPEG without its APP1 and APP3 to APP13 segments (EXIF, XMP, IPTC) and comments; pixels untouched."""
    if not data.startswith(b"\xff\xd8"):
        return data
    out, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        marker = data[at + 1]
        if marker not in (0xE1, 0xFE) and not 0xE3 <= marker <= 0xED:
            out += data[at:end]
        at = end
    return bytes(out + data[at:])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
