"""The owner's certificates."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accreditation.domain.queries.own_certificates import certificates_of
from accreditation.models import Certificate
from accreditation.rules import owns_certificate
from accreditation.views.files import certificate_file
from people.api import User, signed_in


@require_safe
@signed_in
@never_cache
def own_certificates(request: HttpRequest) -> HttpResponse:
    """All certificates of the signed-in person."""
    person = cast(User, request.user)
    return render(
        request, "accreditation/certificate/list.html", {"certificates": certificates_of(person.pk)}
    )


@require_safe
@signed_in
def own_certificate_file(request: HttpRequest, certificate_id: int) -> HttpResponseBase:
    """The owner's PDF; somebody else's does not exist for this person."""
    person = cast(User, request.user)
    certificate = Certificate.objects.filter(pk=certificate_id).first()
    if not owns_certificate(person, certificate) or certificate is None:
        raise Http404
    return certificate_file(certificate)
