"""Real small files, as a browser would send them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    """Any bytes under any name."""
    return SimpleUploadedFile(name, content)


def pdf_upload(name: str = "diploma.pdf", pages: int = 1) -> SimpleUploadedFile:
    """A PDF with some white pages."""
    sheets = [Image.new("RGB", (200, 280), "white") for _ in range(pages)]
    out = BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def jpeg_upload(name: str = "foto.jpg") -> SimpleUploadedFile:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (120, 90), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
