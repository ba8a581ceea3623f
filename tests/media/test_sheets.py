"""Photos that become one PDF, and documents with parts covered: judged by the pixels that come out."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from media.api import (
    EvidenceRefusedError,
    FilePurpose,
    PhotoSheet,
    compose_sheets,
    files_like,
    ingest_file,
    open_stored_file,
    redact_file,
)
from media.models import StoredFile
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


@pytest.fixture
def owner():
    return UserFactory()


def photo(colour, size=(400, 200), corner=None):
    image = Image.new("RGB", size, colour)
    if corner:
        ImageDraw.Draw(image).rectangle((0, 0, 99, 99), fill=corner)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    out.seek(0)
    return out


def taken(owner, file, name="foto.jpg"):
    return ingest_file(upload=file, owner=owner, purpose="evidence", name=name)


def document(lines, pages=1, size=(595, 842), seal=False):
    """A text document, drawn as a real PDF."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for page in range(pages):
        for row, line in enumerate(lines):
            canvas.drawString(60, 780 - 30 * row, f"{line} {page or ''}".strip())
        if seal:
            canvas.setLineWidth(6)
            canvas.rect(40, 300, 515, 520)
            canvas.circle(450, 400, 60, fill=1)
        canvas.showPage()
    canvas.save()
    out.seek(0)
    return out


def seen(file_id, page=0):
    with open_stored_file(file_id) as file:
        return pypdfium2.PdfDocument(file.read())[page].render(scale=1).to_pil().convert("RGB")


def nearly(pixel, wanted):
    return all(abs(one - other) < 40 for one, other in zip(pixel, wanted, strict=True))


def test_photos_become_one_pdf_in_the_given_order_turned_and_cropped(owner):
    red = taken(owner, photo((200, 0, 0), corner=(255, 255, 255)))
    blue = taken(owner, photo((0, 0, 200), corner=(255, 255, 255)))
    made = compose_sheets(
        owner=owner,
        sheets=[PhotoSheet(blue.id, turn=90), PhotoSheet(red.id, crop=(0.5, 0, 1, 1)), PhotoSheet(red.id)],
        purpose=FilePurpose.EVIDENCE,
        name="polis.pdf",
    )
    assert (made.pages, made.mime, made.original_name) == (3, "application/pdf", "polis.pdf")
    turned, cropped, whole = (seen(made.id, page) for page in range(3))
    assert turned.height == 842 and turned.width == 421
    assert nearly(turned.getpixel((400, 20)), (255, 255, 255)) and nearly(
        turned.getpixel((20, 820)), (0, 0, 200)
    )
    assert cropped.width == cropped.height and nearly(cropped.getpixel((5, 5)), (200, 0, 0))
    assert nearly(whole.getpixel((5, 5)), (255, 255, 255))


def test_photo_of_somebody_else_and_too_many_are_refused(owner):
    foreign = taken(UserFactory(), photo("red"))
    for sheets, code in (
        ([PhotoSheet(foreign.id)], "image_corrupt"),
        ([], "no_photos"),
        ([PhotoSheet(foreign.id)] * 41, "too_many_photos"),
    ):
        with pytest.raises(EvidenceRefusedError) as caught:
            compose_sheets(owner=owner, sheets=sheets, purpose=FilePurpose.EVIDENCE, name="x")
        assert caught.value.code == code


def test_covered_part_is_black_pixels_and_no_text_stays(owner):
    policy = taken(owner, document(["Polis", "Premie 1234 euro"], pages=3), "polis.pdf")
    made = redact_file(file_id=policy.id, owner=owner, boxes={1: [(0.05, 0.09, 0.6, 0.13)]}, drop=[3])
    assert made.pages == 2
    first, second = seen(made.id), seen(made.id, 1)
    assert nearly(first.getpixel((200, 92)), (0, 0, 0))
    assert nearly(second.getpixel((200, 100)), (255, 255, 255))
    with open_stored_file(made.id) as file:
        content = file.read()
    assert pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range() == ""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not any("Premie" in str(item) for item in pdf.objects)
    assert StoredFile.objects.filter(pk=policy.id).exists()


def test_photo_can_be_covered_too(owner):
    made = redact_file(
        file_id=taken(owner, photo((250, 250, 250))).id, owner=owner, boxes={1: [(0.9, 0.9, 0.5, 0.5)]}
    )
    assert nearly(seen(made.id).getpixel((600, 300)), (0, 0, 0))


@pytest.mark.parametrize(
    ("pages", "drop", "code"), [(2, [1, 2], "pdf_no_pages"), (41, [], "redact_too_many_pages")]
)
def test_nothing_left_or_too_much_is_refused(owner, pages, drop, code):
    policy = taken(owner, document(["Polis"], pages=pages), "polis.pdf")
    with pytest.raises(EvidenceRefusedError) as caught:
        redact_file(file_id=policy.id, owner=owner, boxes={}, drop=drop)
    assert caught.value.code == code


def test_lookalikes_are_found_and_other_documents_are_not(owner, django_assert_num_queries):
    words = [
        "Hogeschool Het Waterpad",
        "Diploma van vroedvrouw",
        "Uitgereikt aan Noor Twijgje",
        "Gent, 2 juli 2015",
    ]
    first = taken(owner, document(words, seal=True), "diploma.pdf")
    again = taken(UserFactory(), document(words, seal=True), "kopie.pdf")
    other = taken(
        owner, document(["Verzekering", "Polisnummer", "Van", "Tot en met", "Verzekeraar"]), "polis.pdf"
    )
    image = Image.open(io.BytesIO(_as_jpeg(first.id)))
    words2 = [*words[:2], "Uitgereikt aan Kaat Zonnedauw", "Gent, 2 juli 2016"]
    namesake = taken(UserFactory(), document(words2, seal=True), "ander.pdf")
    rescan = io.BytesIO()
    image.resize((image.width - 40, image.height - 57)).save(rescan, "JPEG", quality=60)
    rescan.seek(0)
    scan = taken(UserFactory(), rescan, "scan.jpg")
    with django_assert_num_queries(3):
        found = {one.file_id: one.is_same for one in files_like(first.id)}
    assert found == {again.id: again.sha256 == first.sha256, scan.id: False}
    assert not {other.id, namesake.id} & set(found)
    assert files_like(other.id) == ()


def _as_jpeg(file_id):
    out = io.BytesIO()
    seen(file_id).save(out, "JPEG")
    return out.getvalue()
