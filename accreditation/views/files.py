"""Handing out the file of a certificate."""

from django.http import FileResponse, Http404

from accreditation.domain.rendering import certificate_storage
from accreditation.models import Certificate


def certificate_file(certificate: Certificate) -> FileResponse:
    """The PDF, never kept by a shared cache. Raises Http404 while there is no file."""
    if not certificate.has_file:
        raise Http404
    try:
        content = certificate_storage().open(certificate.file_name)
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, content_type="application/pdf", filename=f"{certificate.number}.pdf")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
