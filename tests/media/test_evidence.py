"""Evidence files: what is accepted, cleaned, refused; and that nothing of a refusal stays."""

import io
import json
import zlib
from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from PIL import Image

from media.api import (
    EvidenceRefusedError,
    FilePurpose,
    check_evidence,
    delete_stored_file,
    ingest_file,
    open_stored_file,
    serve_stored_file,
    stored_file_info,
)
from media.domain.evidence.cleaner import without_jpeg_metadata
from media.domain.evidence.ingest import clean_name
from media.models import StoredFile
from tests.factories.media import StoredFileFactory
from tests.factories.people import UserFactory


def picture(format="JPEG", size=(60, 40), mode="RGB", **options) -> io.BytesIO:
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, format=format, **options)
    out.seek(0)
    return out


def with_place() -> io.BytesIO:
    exif = Image.Exif()
    exif[0x0110] = "Telefoon"
    exif[0x0112] = 6  # lies on its side
    exif[0x8825] = {1: "N", 2: (51.0, 3.0, 0.0), 3: "E", 4: (3.0, 43.0, 0.0)}
    return picture(exif=exif)


def pdf(pages=1, change=None, **save) -> io.BytesIO:
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(200, 200))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **save)
    out.seek(0)
    return out


def bomb_png(side: int) -> io.BytesIO:
    """A tiny PNG that says it is `side` x `side` pixels."""
    import struct

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def codes(report):
    return [finding.code for finding in report.errors]


@pytest.mark.parametrize(
    ("file", "name", "code"),
    [
        (io.BytesIO(b""), "leeg.pdf", "empty"),
        (io.BytesIO(b"<!DOCTYPE html><html>dag"), "diploma.pdf", "html"),
        (io.BytesIO(b"\xef\xbb\xbf  <script>alert(1)</script>"), "diploma.pdf", "html"),
        (io.BytesIO("<html>".encode("utf-16")), "diploma.jpg", "html"),
        (io.BytesIO(b'<?xml version="1.0"?><svg xmlns="x" onload="x"/>'), "tekening.png", "svg"),
        (io.BytesIO(b"PK\x03\x04 word"), "diploma.pdf", "office"),
        (io.BytesIO(b"\xd0\xcf\x11\xe0 word"), "diploma.doc", "office"),
        (io.BytesIO(b"GIF89a"), "foto.gif", "unknown_type"),
        (io.BytesIO(b"zomaar tekst"), "diploma.pdf", "unknown_type"),
        (io.BytesIO(b"rommel vooraf %PDF-1.7"), "diploma.pdf", "polyglot"),
        (io.BytesIO(b"%PDF-1.7\n<script>alert(1)</script>"), "diploma.pdf", "polyglot"),
        (io.BytesIO(b"\xff\xd8\xff\xe0<html><script>alert(1)</script>"), "foto.jpg", "polyglot"),
        (io.BytesIO(b"%PDF-1.7 en dan niets meer"), "stuk.pdf", "pdf_corrupt"),
        (io.BytesIO(pdf(3).getvalue()[:300]), "half.pdf", "pdf_corrupt"),
        (pdf(0), "geen.pdf", "pdf_no_pages"),
        (pdf(301), "dik.pdf", "pdf_too_many_pages"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "slot.pdf", "pdf_password"),
        (io.BytesIO(picture().getvalue()[:200]), "half.jpg", "image_corrupt"),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n kapot"), "kapot.png", "image_corrupt"),
        (io.BytesIO(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1 kapot"), "kapot.heic", "image_corrupt"),
        (bomb_png(20_000), "bom.png", "image_too_many_pixels"),
        (io.BytesIO(b"%PDF-1.7" + b"x" * (25 * 1024 * 1024)), "groot.pdf", "too_large"),
    ],
)
def test_what_we_cannot_keep_is_refused_with_a_reason(file, name, code):
    report = check_evidence(file, name=name)
    assert (report.accepted, codes(report)) == (False, [code])
    assert len(report.errors[0].message) > 20


@pytest.mark.parametrize(
    ("make", "name", "mime"),
    [
        (pdf, "diploma.pdf", "application/pdf"),
        (picture, "foto.jpg", "image/jpeg"),
        (lambda: picture("PNG"), "foto.png", "image/png"),
        (lambda: picture("PNG", mode="RGBA"), "foto.png", "image/png"),
        (lambda: picture("PNG", mode="P"), "foto.png", "image/png"),
        (lambda: picture("JPEG", mode="CMYK"), "scan.jpg", "image/jpeg"),
        (lambda: picture("JPEG", mode="L"), "scan.jpeg", "image/jpeg"),
    ],
)
def test_ordinary_files_are_accepted(make, name, mime):
    report = check_evidence(make(), name=name)
    assert (report.accepted, report.mime, report.pages, report.warnings) == (True, mime, 1, ())


def test_a_phones_own_format_becomes_jpeg():
    import pillow_heif

    pillow_heif.register_heif_opener()
    report = check_evidence(picture("HEIF"), name="foto.heic")
    assert (report.accepted, report.mime) == (True, "image/jpeg")


@pytest.mark.anywhere
@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIF"])
def test_a_photo_of_48_megapixels_is_kept_and_scaled_down(format):
    """What the cameras of today's phones make, also where the file itself is small."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    options = {"enc_params": {"preset": "ultrafast"}} if format == "HEIF" else {}
    report = check_evidence(picture(format, size=(8000, 6000), **options), name=f"foto.{format.lower()}")
    assert (report.accepted, codes(report)) == (True, [])
    assert "scaled_down" in [finding.code for finding in report.warnings]


def test_a_pdf_of_300_pages_is_kept_whole():
    report = check_evidence(pdf(300), name="dik.pdf")
    assert (report.accepted, report.pages) == (True, 300)


def test_a_photo_over_the_limit_is_refused_with_what_to_do():
    report = check_evidence(picture("PNG", size=(8400, 6000), mode="L"), name="foto.png")
    assert codes(report) == ["image_too_many_pixels"] and "Bewaar ze kleiner" in report.errors[0].message


def test_a_name_that_says_something_else_is_told():
    report = check_evidence(picture("PNG"), name="diploma.pdf")
    assert (report.mime, [finding.code for finding in report.warnings]) == ("image/png", ["name_differs"])


@pytest.mark.django_db
class TestIngest:
    def stored(self, file, name, **extra):
        info = ingest_file(upload=file, owner=UserFactory(), purpose=FilePurpose.EVIDENCE, name=name)
        with open_stored_file(info.id) as kept:
            return info, kept.read()

    def test_place_and_device_are_gone_and_the_photo_stands_upright(self):
        info, data = self.stored(with_place(), "foto.jpg")
        kept = Image.open(io.BytesIO(data))
        assert kept.size == (40, 60)
        assert dict(kept.getexif()) == {} and b"Telefoon" not in data and b"Exif" not in data
        assert [finding.code for finding in info.warnings] == ["location_removed"]

    def test_what_was_stuck_behind_a_photo_is_gone(self):
        _info, data = self.stored(
            io.BytesIO(picture().getvalue() + b"\0" * 5_000 + b"<script>alert(1)</script>PK\x03\x04"),
            "foto.jpg",
        )
        assert b"script" not in data and b"PK\x03\x04" not in data

    def test_a_large_photo_is_scaled_down(self):
        info, data = self.stored(picture(size=(5000, 2500)), "groot.jpg")
        assert max(Image.open(io.BytesIO(data)).size) == 4000
        assert [finding.code for finding in info.warnings] == ["scaled_down"]

    def test_a_pdf_loses_everything_that_acts(self):
        def fill(document):
            run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
            document.Root.OpenAction = document.make_indirect(run)
            document.Root.AA = pikepdf.Dictionary(WC=run)
            page = document.pages[0].obj
            page.AA = pikepdf.Dictionary(O=launch)
            link = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch
            )
            clip = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9]
            )
            page.Annots = pikepdf.Array([document.make_indirect(link), clip])
            document.attachments["geheim.exe"] = b"MZ"
            document.docinfo["/Author"] = "Iemand Van Ergens"

        info, data = self.stored(pdf(2, fill), "diploma.pdf")
        assert (info.pages, [finding.code for finding in info.warnings]) == (2, ["active_removed"])
        with pikepdf.open(io.BytesIO(data)) as kept:
            everything = " ".join(repr(item) for item in kept.objects)
            assert not {"/OpenAction", "/AA"} & set(kept.Root.keys())
            assert len(kept.attachments) == 0
        for word in ("JavaScript", "Launch", "FileAttachment", "calc.exe", "Iemand", "geheim"):
            assert word not in everything and word.encode() not in data, word

    def test_a_photo_inside_a_pdf_loses_its_place_too(self):
        source = with_place().getvalue()

        def fill(document):
            image = document.make_stream(
                source, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40
            )
            image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
            image.write(source, filter=pikepdf.Name.DCTDecode)
            document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=image))

        _info, data = self.stored(pdf(1, fill), "scan.pdf")
        assert b"Telefoon" not in data
        with pikepdf.open(io.BytesIO(data)) as kept:
            photo = pikepdf.PdfImage(next(iter(kept.pages[0].images.values()))).as_pil_image()
            assert photo.size == (60, 40)

    def test_facts_are_kept_and_the_bytes_match_the_hash(self):
        import hashlib

        info, data = self.stored(pdf(), "../../mijn diploma.pdf")
        row = StoredFile.objects.get(pk=info.id)
        assert info.original_name == "mijn diploma.pdf"
        assert (row.sha256, row.size) == (hashlib.sha256(data).hexdigest(), len(data))
        assert stored_file_info([info.id])[info.id].mime == "application/pdf"
        assert "diploma" not in row.storage_name and str(row.owner_id) not in row.storage_name.split("/")

    def test_a_refusal_leaves_no_file_and_no_row(self):
        with pytest.raises(EvidenceRefusedError) as refusal:
            self.stored(io.BytesIO(b"<html>"), "diploma.pdf")
        assert refusal.value.code == "html"
        assert StoredFile.objects.count() == 0
        assert not [path for path in Path(storages["private"].location).rglob("*") if path.is_file()]

    def test_a_full_disk_leaves_no_row_and_no_file(self, monkeypatch):
        def fail(*_args, **_kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(storages["private"], "_save", fail)
        with pytest.raises(OSError, match="No space"):
            self.stored(pdf(), "diploma.pdf")
        assert StoredFile.objects.count() == 0

    def test_deleting_takes_row_and_bytes(self, django_capture_on_commit_callbacks):
        stored = StoredFileFactory()
        with django_capture_on_commit_callbacks(execute=True):
            delete_stored_file(file_id=stored.pk, actor=stored.owner, reason="ingetrokken")
            delete_stored_file(file_id=stored.pk, actor=stored.owner, reason="ingetrokken")
        assert StoredFile.objects.count() == 0
        assert not storages["private"].exists(stored.storage_name)

    def test_many_files_cost_one_query(self, django_assert_num_queries):
        ids = [StoredFileFactory().pk for _number in range(3)]
        for some in (ids[:1], ids):
            with django_assert_num_queries(1):
                assert len(stored_file_info(some)) == len(some)


@pytest.mark.django_db
@pytest.mark.parametrize("inline", [False, True])
def test_a_private_file_is_answered_sandboxed_and_never_cached(rf, inline):
    stored = StoredFileFactory(original_name='di"plo\nma.html')
    response = serve_stored_file(rf.get("/"), stored, inline=inline)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline;" if inline else "attachment;")
    assert response["Content-Disposition"].endswith(".pdf") and "\n" not in response["Content-Disposition"]
    assert (
        "sandbox" in response["Content-Security-Policy"]
        and "script" not in response["Content-Security-Policy"]
    )
    assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("private, no-store", "nosniff")


@pytest.mark.django_db
def test_a_private_file_has_no_public_address(client):
    stored = StoredFileFactory()
    for address in (
        f"/bestanden/private/{stored.storage_name}",
        f"/bestanden/{stored.storage_name}",
        f"/media/{stored.storage_name}",
        f"/documenten/{stored.pk}/",
    ):
        assert client.get(address, follow=True).status_code == 404, address


def test_a_child_without_memory_or_time_gives_a_verdict(monkeypatch):
    from media.domain.evidence import limits

    monkeypatch.setattr(limits, "CHILD_MEMORY", 60 * 1024 * 1024)
    assert codes(check_evidence(picture(size=(4000, 4000)), name="foto.jpg")) == ["too_heavy"]
    monkeypatch.undo()
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.001)
    assert codes(check_evidence(pdf(), name="diploma.pdf")) == ["too_heavy"]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\map\\diploma.pdf", "diploma.pdf"),
        ("\x00\n", "bestand"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_names_keep_no_path(name, clean):
    assert clean_name(name) == clean


def test_jpeg_metadata_goes_and_pixels_stay():
    before = with_place().getvalue()
    after = without_jpeg_metadata(before)
    assert len(after) < len(before) and b"Exif" not in after
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(before)).tobytes()
    assert without_jpeg_metadata(b"geen jpeg") == b"geen jpeg"


class TestCommand:
    def run(self, capsys, *arguments):
        code = 0
        try:
            call_command("check_evidence", *[str(item) for item in arguments])
        except SystemExit as stop:
            code = stop.code
        return code, capsys.readouterr().out

    def test_one_document_and_the_agreed_form(self, capsys, tmp_path):
        good, bad = tmp_path / "diploma.pdf", tmp_path / "nep.pdf"
        good.write_bytes(pdf(2).getvalue())
        bad.write_bytes(b"<html>")
        code, out = self.run(capsys, good, bad, "--json")
        rows = json.loads(out)
        assert code == 1
        assert rows[0] == {
            "file": str(good),
            "accepted": True,
            "mime": "application/pdf",
            "pages": 2,
            "errors": [],
            "warnings": [],
        }
        assert (rows[1]["accepted"], rows[1]["mime"], rows[1]["errors"][0]["code"]) == (False, None, "html")
        assert self.run(capsys, good)[0] == 0
