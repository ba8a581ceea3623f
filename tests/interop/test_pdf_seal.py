"""The sealed file before tools that nobody here wrote: veraPDF, pdfsig, and pyHanko as a verifier."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from accreditation.domain import certificate_paper, pdf_child, sealing
from accreditation.domain.certificates import RENDER_TOPIC
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.pdf_worker import worker
from accreditation.domain.proof_keys import keys_in_order
from accreditation.domain.rendering import certificate_storage, render_certificate
from accreditation.domain.sealing import outside_loops, seal
from accreditation.exceptions import SealError
from ledger.models import OutboxEvent
from tests.conftest import missing_part
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate, make_recognition
from tests.interop import verapdf

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
ENGINES = [pytest.param("weasyprint", marks=pytest.mark.pango), "xhtml2pdf"]


def sealed_file(settings, engine: str, certificate=None) -> bytes:
    if engine == "weasyprint" and not pdf_child.has_pango():
        missing_part(pdf_child.PANGO_MISSING)
    settings.PDF_ENGINE = engine
    made = render_certificate(certificate_id=(certificate or make_course_certificate()).pk)
    return certificate_storage().open(made.file_name).read()


def verdict(content: bytes, chain: str):
    """What pyHanko as a verifier says, trusting only our own authority."""
    roots = list(load_certs_from_pemder([chain]))[1:]
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    return outside_loops(lambda: validate_pdf_signature(signature, ValidationContext(trust_roots=roots)))


def pdfsig(path: Path) -> str:
    if shutil.which("pdfsig") is None:
        missing_part("pdfsig is missing: install poppler-utils")
    return subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("engine", ENGINES)
def test_sealed_file_is_whole_and_carries_its_credential(settings, tmp_path, engine):
    certificate = make_course_certificate(UserFactory(first_name="Zoë", last_name="Łukasiewicz"))
    content = sealed_file(settings, engine, certificate)
    found = verdict(content, settings.SIGNING_CERT_FILE)
    assert (found.bottom_line, found.trusted, found.intact, found.valid) == (True, True, True, True)
    assert found.docmdp_ok
    with pikepdf.open(io.BytesIO(content)) as pdf:
        embedded = pdf.attachments["credential.json"].get_file().read_bytes()
    assert json.loads(embedded) == ensure_credential(certificate_id=certificate.pk).document
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    text = pdfsig(path)
    assert "Signature is Valid" in text
    assert "ETSI.CAdES.detached" in text
    assert "Total document signed" in text


def test_changed_file_is_seen(settings, tmp_path):
    content = sealed_file(settings, "xhtml2pdf")
    at = content.index(b"/Creator") if b"/Creator" in content else 200
    changed = content[: at + 1] + bytes([content[at + 1] ^ 1]) + content[at + 2 :]
    path = tmp_path / "changed.pdf"
    path.write_bytes(changed)
    assert "Signature is Valid" not in pdfsig(path)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.docinfo["/Title"] = "Iemand anders"
        rewritten = io.BytesIO()
        pdf.save(rewritten)
    assert not verdict(rewritten.getvalue(), settings.SIGNING_CERT_FILE).bottom_line


@pytest.mark.pango
def test_archival_file_keeps_both_profiles_before_and_after_the_seal(tmp_path):
    if reason := verapdf.missing():
        missing_part(reason)
    if not pdf_child.has_pango():
        missing_part(pdf_child.PANGO_MISSING)
    long = UserFactory(first_name="W" * 40, last_name="Ş" * 39)
    papers = (make_course_certificate(long), make_recognition().person.certificates.get())
    for number, certificate in enumerate(papers):
        made = worker.render(
            html=certificate_paper.paper_html(certificate),
            engine="weasyprint",
            roots=certificate_paper.folders(),
            archival_css=certificate_paper.archival_css(),
            attachment=json.dumps(ensure_credential(certificate_id=certificate.pk).document),
        )
        (tmp_path / f"plain{number}.pdf").write_bytes(made.content)
        (tmp_path / f"sealed{number}.pdf").write_bytes(seal(made.content))
    other = worker.render(
        html="<html><body><p>x</p></body></html>", engine="xhtml2pdf", roots=certificate_paper.folders()
    )
    (tmp_path / "untagged.pdf").write_bytes(other.content)
    files = sorted(str(path) for path in tmp_path.glob("*.pdf"))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.interop.verapdf", *files],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    answers = {Path(file).name: broken for file, broken in json.loads(ran.stdout.splitlines()[-1]).items()}
    # A validator that says yes to everything would say nothing: the untagged file must fail both.
    untagged = answers.pop("untagged.pdf")
    assert untagged["pdfa-3a"]
    assert untagged["pdfua-1"]
    assert answers == {
        name: {"pdfa-3a": [], "pdfua-1": []}
        for name in ("plain0.pdf", "plain1.pdf", "sealed0.pdf", "sealed1.pdf")
    }


def other_key(path: Path) -> str:
    path.write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(path)


@pytest.mark.parametrize(
    ("case", "words"),
    [("gone", "is gone"), ("unset", "are not set"), ("rommel", "holds no PEM"), ("other", "does not belong")],
)
def test_without_its_key_no_file_goes_out_and_the_office_sees_why(settings, tmp_path, case, words):
    if case == "gone":
        settings.SIGNING_KEY_FILE = str(tmp_path / "weg.pem")
    elif case == "unset":
        settings.SIGNING_KEY_FILE = ""
    elif case == "other":
        settings.SIGNING_KEY_FILE = other_key(tmp_path / "andere.pem")
    else:
        (tmp_path / "rommel.pem").write_text("rommel")
        settings.SIGNING_KEY_FILE = str(tmp_path / "rommel.pem")
    settings.PDF_ENGINE = "xhtml2pdf"
    certificate = make_course_certificate()
    with pytest.raises(SealError, match=words):
        render_certificate(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    assert words in certificate.render_error
    assert not certificate.has_file
    assert OutboxEvent.objects.filter(topic=RENDER_TOPIC, delivered_at=None).exists()
    with pytest.raises(SealError, match=words):
        keys_in_order()


def remote_signer():
    """Stands for the callable that an operator names: a real pyHanko signer from elsewhere."""
    from django.conf import settings

    from accreditation.domain import sealing

    chain = settings.SIGNING_CERT_FILE
    return sealing._from_files(sealing.SealFiles(key=f"{chain}.key", chain=chain, changed=(0, 0)))


def test_signer_of_the_operators_own_is_used_and_a_broken_one_named(settings, tmp_path):
    chain = tmp_path / "chain.pem"
    chain.write_bytes(Path(settings.SIGNING_CERT_FILE).read_bytes())
    (tmp_path / "chain.pem.key").write_bytes(Path(settings.SIGNING_KEY_FILE).read_bytes())
    settings.SIGNING_KEY_FILE, settings.SIGNING_CERT_FILE = "", str(chain)
    settings.SIGNING_SIGNER = "tests.interop.test_pdf_seal.remote_signer"
    assert verdict(sealed_file(settings, "xhtml2pdf"), str(chain)).bottom_line
    settings.SIGNING_SIGNER = "tests.interop.bestaat_niet"
    with pytest.raises(SealError, match="SIGNING_SIGNER"):
        seal(b"%PDF-")


def test_doctor_names_the_seal_and_its_last_day(settings):
    certificate = x509.load_pem_x509_certificate(Path(settings.SIGNING_CERT_FILE).read_bytes())
    assert f"until {certificate.not_valid_after_utc:%Y-%m-%d}" in keys_in_order()


def signed_attributes(content: bytes) -> dict[str, bytes]:
    """Name to value (DER) of what the seal signs beside the digest of the file."""
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    return {
        attribute["type"].native: attribute["values"].dump()
        for attribute in signature.signer_info["signed_attrs"]
        if attribute["type"].native != "message_digest"
    }


def test_seal_signs_what_the_library_itself_would_sign(settings, monkeypatch):
    """The attribute that is kept ready is the one that pyHanko writes anew each time."""
    plain = sealing.signer()
    assert plain.signed_attr_prov_spec is not None
    html, roots = certificate_paper.paper_html(make_course_certificate()), certificate_paper.folders()
    page = pdf_child.with_xhtml2pdf(html, [Path(root) for root in roots])
    ours = signed_attributes(seal(page))
    monkeypatch.setattr(plain, "signed_attr_prov_spec", None)
    assert signed_attributes(seal(page)) == ours
    assert sorted(ours) == ["content_type", "signing_certificate_v2"]
