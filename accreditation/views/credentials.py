"""What machines ask: the issuer, a credential, a status list. Open to anyone; nothing here names a person's address."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accreditation.domain import status_lists
from accreditation.domain.codes import read_code
from accreditation.domain.credential_keys import did_document
from accreditation.domain.credentials import standing_credential
from accreditation.exceptions import CredentialError
from accreditation.models import Certificate
from accreditation.views.throttle import throttled

logger = logging.getLogger("nestwerk.credentials")
JWT_TYPES = ("application/vc+jwt", "application/jwt", "application/statuslist+jwt")


def _open(answer: HttpResponse, *, seconds: int) -> HttpResponse:
    """Other sites' verifiers run in browsers: they may read this."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={seconds}" if seconds else "private, no-store"
    return answer


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The issuer's DID document (did:web)."""
    return _open(JsonResponse(did_document(), content_type="application/did+json"), seconds=300)


@require_safe
@throttled("status")
@vary_on_headers("Accept")
def status_list(request: HttpRequest, number: int) -> HttpResponseBase:
    """A status list: a credential with a Data Integrity proof, or a JWT for who asks `application/vc+jwt`."""
    if any(each in request.headers.get("Accept", "") for each in JWT_TYPES):
        return status_list_jwt(request, number)
    return _signed(
        number, lambda: JsonResponse(status_lists.status_list(number), content_type="application/vc")
    )


@require_safe
@throttled("status")
def status_list_jwt(request: HttpRequest, number: int) -> HttpResponseBase:
    """The same list as a JWT-VC."""
    return _signed(
        number,
        lambda: HttpResponse(status_lists.status_list_jwt(number), content_type="application/vc+jwt"),
    )


def _signed(number: int, make: Callable[[], HttpResponse]) -> HttpResponse:
    """A list that cannot be signed is no list: 503, and the reason for the office in the log."""
    if not status_lists.exists(number):
        raise Http404
    try:
        return _open(make(), seconds=60)
    except CredentialError as error:
        logger.error("status list %s cannot be signed: %s", number, error)
        answer = JsonResponse({"error": "the status list cannot be signed at this moment"}, status=503)
        answer["Retry-After"] = "60"
        return answer


@require_safe
@never_cache
@throttled("verify")
def credential(request: HttpRequest, code: str) -> HttpResponseBase:
    """The signed credential, for who holds the code; also when it was withdrawn: its status says so."""
    canonical = read_code(code)
    found = Certificate.objects.filter(code=canonical).first() if canonical else None
    signed = standing_credential(found) if found is not None else None
    if signed is None:
        raise Http404
    document: dict[str, Any] = signed.document
    answer = JsonResponse(document, content_type="application/vc", json_dumps_params={"ensure_ascii": False})
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return _open(answer, seconds=0)
