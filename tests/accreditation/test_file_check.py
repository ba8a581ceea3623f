"""A file handed over by a stranger: ours or not, changed or not, and what it is worth today."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accreditation.domain.badges import png_badge, svg_badge, title_lines, unbake
from accreditation.domain.certificates import revoke_certificates
from accreditation.domain.credential_keys import revoke_key
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.file_check import MAX_BYTES, Outcome, check_file
from accreditation.domain.rendering import certificate_storage, render_certificate
from accreditation.domain.sealing import seal
from accreditation.exceptions import CredentialError
from config.keys import development_seal
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(settings):
    settings.PDF_ENGINE = "xhtml2pdf"
    return make_course_certificate(UserFactory(first_name="Noor", last_name="Twijg"))


def paper_of(certificate) -> bytes:
    made = render_certificate(certificate_id=certificate.pk)
    return certificate_storage().open(made.file_name).read()


def as_bytes(document) -> bytes:
    return json.dumps(document).encode()


def send(client, content, name="papier.pdf", query=""):
    return client.post(f"/v/bestand/{query}", {"file": SimpleUploadedFile(name, content)})


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_our_pdf_is_genuine_and_a_changed_one_is_not(certificate):
    content = paper_of(certificate)
    assert check_file(content) == check_file(content)
    assert (check_file(content).outcome, check_file(content).code) == (Outcome.GENUINE, certificate.code)
    middle = content.index(b"stream") + 20
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    assert check_file(changed).outcome == Outcome.CHANGED
    longer = content + b"\n%% en nog iets"
    assert check_file(longer).outcome in (Outcome.CHANGED, Outcome.UNREADABLE)


def test_same_paper_sealed_again_is_known_by_its_seal_and_credential(certificate):
    content = paper_of(certificate)
    type(certificate).objects.filter(pk=certificate.pk).update(file_sha256="0" * 64)
    assert (check_file(content).outcome, check_file(content).code) == (Outcome.GENUINE, certificate.code)


def test_pdf_of_another_issuer_and_one_without_a_seal(certificate, settings, tmp_path):
    with pikepdf.new() as blank:
        blank.add_blank_page()
        target = io.BytesIO()
        blank.save(target)
    assert check_file(target.getvalue()).outcome == Outcome.UNSEALED
    ours = (settings.SIGNING_KEY_FILE, settings.SIGNING_CERT_FILE)
    settings.SIGNING_KEY_FILE, settings.SIGNING_CERT_FILE = development_seal(tmp_path / "anderen")
    theirs = seal(target.getvalue())
    settings.SIGNING_KEY_FILE, settings.SIGNING_CERT_FILE = ours
    assert check_file(theirs).outcome == Outcome.OTHER_ISSUER


def test_baked_badges_give_back_the_credential_and_are_checked(certificate):
    document = ensure_credential(certificate_id=certificate.pk).document
    picture = png_badge(title=certificate.title, document=document)
    drawing = svg_badge(title='Titel met <b> & "]]>', document={**document, "extra": "]]>"}).encode()
    assert Image.open(io.BytesIO(picture)).size == (480, 480)
    assert json.loads(unbake(picture)) == document
    assert json.loads(unbake(drawing)) == {**document, "extra": "]]>"}
    assert check_file(picture).outcome == Outcome.GENUINE
    assert check_file(drawing).outcome == Outcome.CHANGED
    plain = io.BytesIO()
    Image.new("RGB", (4, 4)).save(plain, "PNG")
    with pytest.raises(CredentialError, match="no credential"):
        unbake(plain.getvalue())


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Kleine signalen", ["Kleine signalen"]),
        ("", []),
        ("W" * 80, ["W" * 21 + "-", "W" * 21 + "-", "W" * 21 + "-", "W" * 17]),
        ("een " * 40, [*["een een een een een een"[:19]] * 3, "een een een een een…"]),
    ],
)  # fmt: skip
def test_title_of_a_badge_stays_within_four_lines(title, lines):
    assert title_lines(title) == lines


def test_credential_of_ours_changed_elsewhere_or_under_a_revoked_key(certificate):
    signed = ensure_credential(certificate_id=certificate.pk)
    document = signed.document
    assert check_file(as_bytes(document)).outcome == Outcome.GENUINE
    assert check_file(as_bytes({**document, "name": "Iets anders"})).outcome == Outcome.CHANGED
    proof = {**document["proof"][0], "verificationMethod": "did:web:localhost%3A8000#z6Mkonbekend"}
    assert check_file(as_bytes({**document, "proof": [proof]})).outcome == Outcome.CHANGED
    other = {**document, "issuer": {"id": "did:web:elders.test"}}
    assert check_file(as_bytes(other)).outcome == Outcome.OTHER_ISSUER
    revoke_key(multibase=signed.key.multibase)
    assert check_file(as_bytes(document)).outcome == Outcome.REVOKED_KEY


def test_credential_that_begins_later_says_so():
    future = make_course_certificate(valid_from=timezone.localdate() + timedelta(days=30))
    document = ensure_credential(certificate_id=future.pk).document
    assert check_file(as_bytes(document)).outcome == Outcome.NOT_YET


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b"", Outcome.EMPTY),
        (b"rommel", Outcome.UNREADABLE),
        (b"%PDF-1.7 kapot", Outcome.UNREADABLE),
        (b"\x89PNG\r\n\x1a\nkapot", Outcome.UNREADABLE),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><svg>&a;</svg>', Outcome.UNREADABLE),
        (b'{"issuer": ' * 5000, Outcome.UNREADABLE),
        (b"{}", Outcome.OTHER_ISSUER),
        (b"[]", Outcome.UNREADABLE),
        (b"x" * (MAX_BYTES + 1), Outcome.TOO_BIG),
    ],
)
def test_odd_files_get_an_answer(content, outcome):
    assert check_file(content).outcome == outcome


def test_page_says_in_words_what_the_file_is_and_whether_it_counts(client, certificate):
    content = paper_of(certificate)
    answer = send(client, content)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "Dit bestand is echt." in text
    assert "Ja, dit klopt. Noor Twijg heeft “Kleine signalen” afgerond." in text
    revoke_certificates(entitlement_key="enrolment:1")
    text = text_of(send(client, content))
    assert "Dit bestand is echt." in text
    assert "geldt niet meer" in text
    answer = send(client, b"rommel")
    assert answer.status_code == 422
    assert "We kunnen dit bestand niet lezen." in text_of(answer)
    assert client.post("/v/bestand/").status_code == 422
    assert client.get("/v/bestand/").status_code == 405


def test_badges_and_credential_are_handed_out_by_code(client, certificate):
    assert client.get(f"/v/{certificate.code}/badge.png").status_code == 404
    ensure_credential(certificate_id=certificate.pk)
    picture = client.get(f"/v/{certificate.code}/badge.png")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    drawing = client.get(f"/v/{certificate.code}/badge.svg")
    assert drawing["Content-Security-Policy"].startswith("default-src 'none'")
    assert unbake(drawing.content)


LANGUAGES = {"nl": "Ja, dit klopt.", "fr": "Oui, c’est exact.", "en": "Yes, this is right."}


@pytest.mark.parametrize("chosen", LANGUAGES)
def test_page_speaks_three_languages_by_choice_or_by_browser(client, certificate, chosen):
    by_choice = client.get(f"/v/{certificate.code}/?taal={chosen}")
    by_browser = client.get(f"/v/{certificate.code}/", headers={"accept-language": f"{chosen}-BE,de;q=0.5"})
    for answer in (by_choice, by_browser):
        text = text_of(answer)
        assert LANGUAGES[chosen] in text
        assert ("Nagekeken op" in text) == (chosen == "nl")
        assert f'<html lang="{"nl-BE" if chosen == "nl" else chosen}">' in text
    assert "Accept-Language" in by_choice["Vary"]
    typed = client.get("/v/", {"code": certificate.code, "taal": chosen})
    assert typed.url == f"/v/{certificate.code}/?taal={chosen}"


def test_no_sentence_of_the_page_is_left_in_dutch():
    """Each text of the templates and of the sentences has its entry in both catalogues."""
    import re

    import polib

    root = Path(__file__).resolve().parent.parent.parent
    folder = root / "accreditation" / "templates" / "accreditation" / "verify"
    texts = [path.read_text() for path in folder.glob("*.html")]
    found = set(re.findall(r'{%\s*translate "([^"]+)"', "".join(texts)))
    for block in re.findall(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", "".join(texts)):
        found.add(re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", block))
    words = (root / "accreditation" / "views" / "verification_words.py").read_text()
    found |= set(re.findall(r'_\(\s*"([^"]+)"\s*\)', words))
    assert len(found) > 70
    for language in ("fr", "en"):
        catalogue = polib.pofile(str(root / "locale" / language / "LC_MESSAGES" / "django.po"))
        assert found - {entry.msgid for entry in catalogue if entry.msgstr} == set()
