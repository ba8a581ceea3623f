"""What a file that somebody hands over is worth: a PDF, a badge or a credential. It is read, judged and forgotten."""

import hashlib
import io
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pikepdf
from cryptography import x509
from django.conf import settings
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from accreditation.domain.badges import unbake
from accreditation.domain.codes import read_code
from accreditation.domain.credential_keys import issuer_did
from accreditation.domain.data_integrity import first_proof, from_multikey, is_signed_by
from accreditation.domain.pdf_child import ATTACHMENT
from accreditation.domain.sealing import outside_loops, seal_certificate
from accreditation.exceptions import CredentialError, SealError
from accreditation.models import Certificate, Credential, CredentialKey

MAX_BYTES = 5 * 1024 * 1024
#: Our credentials are a few kilobytes; a document of this size costs the canonical form much time.
MAX_CREDENTIAL = 100_000


class Outcome(StrEnum):
    """What the file itself is. Whether the certificate still counts is another question."""

    GENUINE = "genuine"
    CHANGED = "changed"
    OTHER_ISSUER = "other_issuer"
    UNSEALED = "unsealed"
    REVOKED_KEY = "revoked_key"
    NOT_YET = "not_yet"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_BIG = "too_big"


@dataclass(frozen=True)
class FileVerdict:
    """The outcome, and the code of the certificate when it is ours."""

    outcome: Outcome
    code: str = ""

    @property
    def is_genuine(self) -> bool:
        """Whether the file is as we issued it."""
        return self.outcome == Outcome.GENUINE


def check_file(content: bytes) -> FileVerdict:
    """Judge a file of at most MAX_BYTES. Never raises: what cannot be read is UNREADABLE."""
    if not content:
        return FileVerdict(Outcome.EMPTY)
    if len(content) > MAX_BYTES:
        return FileVerdict(Outcome.TOO_BIG)
    try:
        return _check_pdf(content) if b"%PDF-" in content[:1024] else _check_credential(unbake(content))
    except Exception:  # noqa: BLE001 - a stranger's file may break any library in any way
        return FileVerdict(Outcome.UNREADABLE)


def _check_pdf(content: bytes) -> FileVerdict:
    """The hash that we keep, else the seal, else nothing."""
    known = Certificate.objects.filter(file_sha256=hashlib.sha256(content).hexdigest()).first()
    if known is not None:
        return FileVerdict(Outcome.GENUINE, known.code)
    signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
    if not signatures:
        return FileVerdict(Outcome.UNSEALED)
    signature = signatures[0]
    found = outside_loops(lambda: validate_pdf_signature(signature, ValidationContext(allow_fetching=False)))
    if not _is_our_seal(found.signing_cert.dump()):
        return FileVerdict(Outcome.OTHER_ISSUER)
    whole = found.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (found.intact and found.valid and found.docmdp_ok and whole):
        return FileVerdict(Outcome.CHANGED)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        text = pdf.attachments[ATTACHMENT].get_file().read_bytes().decode()
    return _check_credential(text)


def _is_our_seal(der: bytes) -> bool:
    """Whether this is the seal in use; files under an earlier one are known by their hash."""
    try:
        ours = x509.load_der_x509_certificate(seal_certificate())
    except SealError:
        return False
    other = x509.load_der_x509_certificate(der)
    return other == ours


def _check_credential(text: str) -> FileVerdict:
    if len(text) > MAX_CREDENTIAL:
        return FileVerdict(Outcome.UNREADABLE)
    document = json.loads(text)
    issuer = document.get("issuer")
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) != issuer_did():
        return FileVerdict(Outcome.OTHER_ISSUER)
    code = _code_of(document)
    name = str(first_proof(document).get("verificationMethod", "")).removeprefix(f"{issuer_did()}#")
    key = CredentialKey.objects.filter(multibase=name).first()
    if key is None:
        return FileVerdict(Outcome.CHANGED)
    if key.revoked_at is not None:
        return FileVerdict(Outcome.REVOKED_KEY, code)
    try:
        is_ours = is_signed_by(document, from_multikey(name))
    except CredentialError:
        is_ours = False
    if not is_ours or not code or document != _as_signed(code, key):
        return FileVerdict(Outcome.CHANGED)
    if datetime.fromisoformat(document["validFrom"]) > timezone.now():
        return FileVerdict(Outcome.NOT_YET, code)
    return FileVerdict(Outcome.GENUINE, code)


def _as_signed(code: str, key: CredentialKey) -> dict[str, Any] | None:
    """Our own copy: JSON-LD signs only the terms that its contexts know, so a stranger could add others."""
    return (
        Credential.objects.filter(certificate__code=code, key=key).values_list("document", flat=True).first()
    )


def _code_of(document: dict[str, Any]) -> str:
    """The code in the credential's address, when it is one of ours."""
    address = str(document.get("id", ""))
    start, end = f"{settings.SITE_URL}/v/", "/credential.json"
    if not (address.startswith(start) and address.endswith(end)):
        return ""
    code = read_code(address.removeprefix(start).removesuffix(end))
    return code if code and Certificate.objects.filter(code=code).exists() else ""
