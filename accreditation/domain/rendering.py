"""Making the file of a certificate: after the commit, again when it fails, never empty or unsealed, never twice."""

import hashlib
import json
import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from accreditation.domain.certificate_paper import archival_css, folders, paper_html
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.pdf_worker import worker
from accreditation.domain.sealing import seal
from accreditation.exceptions import CertificateError, RenderError
from accreditation.models import Certificate
from ledger.api import OutboxMessage


def certificate_storage() -> Storage:
    """Where the files lie: private, never below a public address."""
    return storages["private"]


def deliver_render(message: OutboxMessage) -> None:
    """Outbox handler. A failure is written on the certificate, for the office, and raised so that it is tried again."""
    render_certificate(certificate_id=message.payload["certificate_id"])


def render_certificate(*, certificate_id: int) -> Certificate:
    """Sign the credential, make, seal and keep the PDF, unless that was done before.

    Raises RenderError, CredentialError or SealError; the reason stays on the certificate.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.has_file:
        return certificate
    try:
        credential = ensure_credential(certificate_id=certificate.pk)
        attachment = json.dumps(credential.document, ensure_ascii=False, indent=1)
        made = worker.render(
            html=paper_html(certificate),
            engine=settings.PDF_ENGINE,
            roots=folders(),
            archival_css=archival_css(),
            attachment=attachment,
        )
        if made.pages != 1:
            raise RenderError(f"the page became {made.pages} pages")
        content = seal(made.content, "" if made.attached else attachment)
    except CertificateError as error:
        Certificate.objects.filter(pk=certificate_id).update(render_error=str(error)[:300])
        raise
    _keep(certificate, content=content, engine=made.engine)
    certificate.refresh_from_db()
    return certificate


def _keep(certificate: Certificate, *, content: bytes, engine: str) -> None:
    """Store the file and note it, once: who comes second throws its own copy away."""
    storage = certificate_storage()
    name = storage.save(f"certificates/{certificate.number}-{secrets.token_hex(8)}.pdf", ContentFile(content))
    noted = Certificate.objects.filter(pk=certificate.pk, file_name="").update(
        file_name=name,
        file_sha256=hashlib.sha256(content).hexdigest(),
        file_engine=engine,
        render_error="",
    )
    if not noted:
        storage.delete(name)
