"""The paper as an editor will see it: the real template, with an invented person."""

import io
from datetime import timedelta
from typing import Any

import pypdfium2
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from accreditation.domain.certificate_paper import archival_css, folders, paper_html
from accreditation.domain.certificate_templates import words_of_template
from accreditation.domain.paper_words import data_uri
from accreditation.domain.pdf_worker import worker
from accreditation.enums import CertificateKind
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate, CertificateTemplate, TemplateVersion

#: Pixels per point: A4 becomes 1,400 pixels wide.
SHARP = 1.66
EXAMPLES = {
    CertificateKind.COURSE: "Kleine signalen, grote steun",
    CertificateKind.ATTENDANCE: "Studiedag: luisteren naar baby’s",
    CertificateKind.INTERVISION: "Intervisie en supervisie",
    CertificateKind.TRAINER: "Basisopleiding perinatale mentale gezondheid",
    CertificateKind.RECOGNITION: "Perinatale mentale basiszorgverlener",
}


def preview(template: CertificateTemplate) -> HttpResponse:
    """A picture of the first page of the real PDF, as the engine draws it; what is wrong is said in words instead.

    A browser may not draw the page itself: its fonts and ground lie where no address leads, and its styles are inline.
    """
    try:
        html = preview_html(template)
        made = worker.render(
            html=html, engine=settings.PDF_ENGINE, roots=folders(), archival_css=archival_css()
        )
    except CertificateError as error:
        return HttpResponse(str(error), content_type="text/plain; charset=utf-8")
    context = {"template": template, "picture": data_uri(_first_page(made.content))}
    return HttpResponse(render_to_string("accreditation/certificate/preview.html", context))


def _first_page(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    try:
        target = io.BytesIO()
        document[0].render(scale=SHARP).to_pil().save(target, "PNG")
        return target.getvalue()
    finally:
        document.close()


def preview_html(template: CertificateTemplate) -> str:
    """The paper of an invented person. Raises CertificateError, as the real one does."""
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "completed_on": today.isoformat(),
        "attended_on": today.isoformat(),
        "hours": "2.5",
        "points": [{"profession": "vroedvrouw", "points": "2"}],
        "from_day": (today - timedelta(days=364)).isoformat(),
        "to_day": today.isoformat(),
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=1825)).isoformat(),
    }
    kind = template.kind or CertificateKind.COURSE
    return paper_html(
        Certificate(
            number="NW-2026-000000",
            code="0000-0000-0000-0000",
            kind=kind,
            holder_name="Zoë Łukasiewicz-D’Hondt",
            title=EXAMPLES[CertificateKind(kind)],
            facts=facts,
            issued_at=timezone.now(),
            template_version=TemplateVersion(words=words_of_template(template)),
        )
    )
