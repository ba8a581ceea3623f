"""The file of a certificate: both engines, closed in, never empty, tried again."""

import hashlib
import io
import json
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.conf import settings as project

from accreditation.domain import certificate_paper, pdf_child
from accreditation.domain.certificate_paper import lines_needed, paper_html
from accreditation.domain.certificates import RENDER_TOPIC
from accreditation.domain.pdf_worker import PdfWorker
from accreditation.domain.rendering import certificate_storage, render_certificate
from accreditation.exceptions import RenderError
from ledger.models import OutboxEvent
from tests.conftest import missing_part
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]

ENGINES = [pytest.param("weasyprint", marks=pytest.mark.pango), "xhtml2pdf"]


@pytest.fixture(autouse=True)
def _vendored_fonts():
    if not (certificate_paper.FONTS / certificate_paper.READING).is_file():
        missing_part("the typefaces for PDF are missing: run scripts/bundle_vendor.py")


@pytest.fixture
def pdf_worker():
    one = PdfWorker()
    yield one
    one.stop()


def need(engine: str) -> None:
    if engine == "weasyprint" and not pdf_child.has_pango():
        missing_part(pdf_child.PANGO_MISSING)


def draw(pdf_worker, html: str, engine: str, **options):
    need(engine)
    return pdf_worker.render(
        html=html,
        engine=engine,
        roots=certificate_paper.folders(),
        archival_css=certificate_paper.archival_css(),
        **options,
    )


def words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.split())


def plain(text: str) -> str:
    """Without spaces and hyphens: where a line breaks is not what these tests are about."""
    return "".join(letter for letter in text if letter.isprintable() and letter not in " -")


def fonts(content: bytes) -> dict[str, bool]:
    """Name of every typeface on the pages, and whether it is embedded."""
    found = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                descriptor = inner.get("/FontDescriptor", {})
                found[str(font.BaseFont)] = any(key.startswith("/FontFile") for key in descriptor)
    return found


NAMES = [
    "Zoë Łukasiewicz-D’Hondt",
    "W" * 80,
    "Ghislaine Hélène Van den Broeck-De Smet-Vandenberghe-Vanderstraeten Şahin Ørsted",
    '<img src="file:///etc/passwd"><b>An</b> & Co',
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", NAMES)
def test_every_name_fits_on_one_page_with_our_letters(pdf_worker, engine, name):
    certificate = make_course_certificate(UserFactory(first_name=name[:80], last_name=name[80:]))
    made = draw(pdf_worker, paper_html(certificate), engine)
    assert (made.engine, made.pages) == (engine, 1)
    text = plain(words(made.content))
    for printed in (certificate.holder_name, certificate.number, certificate.code):
        assert plain(printed) in text
    embedded = [font for font, is_embedded in fonts(made.content).items() if is_embedded]
    assert any("Fraunces" in font or "Nest-Titles" in font for font in embedded)
    assert any("Atkinson" in font or "Nest-Reading" in font for font in embedded)


@pytest.mark.parametrize("engine", ENGINES)
def test_recognition_shows_level_and_period(pdf_worker, engine):
    recognition = make_recognition()
    certificate = recognition.person.certificates.get()
    text = words(draw(pdf_worker, paper_html(certificate), engine).content)
    assert "erkend is als" in text
    assert "Perinatale mentale basiszorgverlener" in text
    assert "Geldig tot en met" in text


@pytest.mark.pango
def test_archival_file_is_tagged_and_says_what_it_is(pdf_worker):
    made = draw(pdf_worker, paper_html(make_course_certificate()), "weasyprint")
    assert all(fonts(made.content).values())
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "nl-BE"
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "source", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "../../../var/secrets/secret_key"]
)
def test_page_cannot_read_outside_its_two_folders(pdf_worker, engine, source):
    html = f'<html lang="nl"><body><p>Tekst</p><img alt="x" src="{source}"></body></html>'
    with pytest.raises(RenderError):
        draw(pdf_worker, html, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_private_file_beside_the_public_ones_stays_unread(pdf_worker, engine, tmp_path):
    secret = tmp_path / "private" / "bewijs.png"
    secret.parent.mkdir(exist_ok=True)
    secret.write_bytes(b"geheim")
    html = f'<html lang="nl"><body><p>Tekst</p><img alt="x" src="{secret.as_uri()}"></body></html>'
    with pytest.raises(RenderError):
        draw(pdf_worker, html, engine)


def test_folders_of_the_page_hold_public_files_only():
    for folder in certificate_paper.folders():
        assert {file.suffix for file in Path(folder).rglob("*") if file.is_file()} <= {".ttf", ".svg"}


def test_page_that_takes_too_long_is_cut_off_and_the_next_one_works(pdf_worker):
    html = paper_html(make_course_certificate())
    slow = f"<html><body>{'<div>x' * 150}{'<table><tr><td>x</td></tr></table>' * 4000}</body></html>"
    with pytest.raises(RenderError, match="seconds"):
        draw(pdf_worker, slow, "xhtml2pdf", timeout=1.0)
    assert draw(pdf_worker, html, "xhtml2pdf").pages == 1


def test_page_that_eats_memory_is_stopped(pdf_worker):
    """By the limit on memory; where the engine swallows that refusal and goes on, by the one on time."""
    assert draw(pdf_worker, "<html><body><p>x</p></body></html>", "xhtml2pdf").pages == 1
    limits = Path(f"/proc/{pdf_worker._process.pid}/limits").read_text()
    held = re.search(r"^Max address space +(\d+) +(\d+) +bytes", limits, re.MULTILINE)
    assert held.groups() == (str(pdf_child.MEMORY_BYTES), str(pdf_child.MEMORY_BYTES))
    cells = '<td colspan="40000000">x</td>' * 5
    with pytest.raises(RenderError):
        draw(
            pdf_worker, f"<html><body><table><tr>{cells}</tr></table></body></html>", "xhtml2pdf", timeout=30
        )
    assert draw(pdf_worker, "<html><body><p>x</p></body></html>", "xhtml2pdf").pages == 1


def test_drawings_of_a_paper_are_read_once_and_stay_as_they_are():
    html, roots = paper_html(make_course_certificate()), [Path(root) for root in certificate_paper.folders()]
    pdf_child._drawn.cache_clear()
    first = pictures(pdf_child.with_xhtml2pdf(html, roots))
    read = pdf_child._drawn.cache_info()
    assert (read.misses, read.hits) == (1, 1)  # the ground of the page: for its size, and to draw it
    assert pictures(pdf_child.with_xhtml2pdf(html, roots)) == first
    assert pdf_child._drawn.cache_info().misses == 1


def pictures(content: bytes) -> list[bytes]:
    """Each page as its pixels."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.render(scale=1).to_numpy().tobytes() for page in document]


def test_missing_letter_is_named_and_nothing_is_stored():
    certificate = make_course_certificate(UserFactory(first_name="Анна", last_name="Twijg"))
    with pytest.raises(RenderError, match="А а н"):
        render_certificate(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    assert not certificate.has_file
    assert "missen deze tekens" in certificate.render_error


def test_file_is_made_once_kept_privately_and_matches_its_hash(django_assert_num_queries):
    certificate = make_course_certificate()
    made = render_certificate(certificate_id=certificate.pk)
    content = certificate_storage().open(made.file_name).read()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == made.file_sha256
    with django_assert_num_queries(1):
        assert render_certificate(certificate_id=certificate.pk).file_name == made.file_name


def test_two_renders_at_once_leave_one_file():
    certificate = make_course_certificate()
    from accreditation.domain import rendering

    stale = type(certificate).objects.get(pk=certificate.pk)
    render_certificate(certificate_id=certificate.pk)
    rendering._keep(stale, content=b"%PDF-other", engine="xhtml2pdf")
    _folders, files = certificate_storage().listdir("certificates")
    assert len(files) == 1


@pytest.mark.django_db(transaction=True)
def test_failed_render_waits_in_the_outbox_and_succeeds_later(settings):
    settings.PDF_ENGINE = "geen-motor"
    certificate = make_course_certificate()
    event = OutboxEvent.objects.get(topic=RENDER_TOPIC)
    assert (event.attempts, event.delivered_at, event.last_error) == (1, None, "RenderError")
    certificate.refresh_from_db()
    assert certificate.render_error
    settings.PDF_ENGINE = "xhtml2pdf"
    OutboxEvent.objects.update(available_at=event.created_at)
    from ledger.api import drain

    assert drain() == 1
    certificate.refresh_from_db()
    assert (certificate.has_file, certificate.render_error, certificate.file_engine) == (
        True,
        "",
        "xhtml2pdf",
    )


def test_missing_pango_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(pdf_child, "has_pango", lambda: False)
    job = {"html": "x", "engine": "weasyprint", "roots": ["/tmp"], "archival_css": "", "attachment": ""}
    reply = pdf_child.answer(json.dumps(job).encode())
    assert reply == {"error": pdf_child.PANGO_MISSING}
    assert "\n" not in pdf_child.PANGO_MISSING


def test_without_pango_auto_falls_back(monkeypatch):
    monkeypatch.setattr(pdf_child, "has_pango", lambda: False)
    made = pdf_child.render(paper_html(make_course_certificate()), "auto", certificate_paper.folders())
    assert made["engine"] == "xhtml2pdf"


def test_line_count_breaks_at_spaces_and_inside_long_words():
    assert lines_needed("Noor Twijg", certificate_paper.TITLES, 40) == 1
    assert lines_needed("W" * 80, certificate_paper.TITLES, 40) > 2
    assert project.PDF_ENGINE == "auto"
