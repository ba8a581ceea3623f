"""Error pages in the site's own look."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

RETRY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    if _wants_json(request):
        # `message` is for pages of ours that show what an answer says.
        message = _("Dit kunnen we niet lezen. Kijk na wat je invulde en probeer opnieuw.")
        told = {"title": "Bad request", "status": 400, "detail": "This cannot be read.", "message": message}
        return JsonResponse(told, status=400)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. 503: the database is away, too slow or restarting; trying again helps. Neither page needs it."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _unavailable(request)
    return render(request, "500.html", status=500)


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def _unavailable(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = (
        JsonResponse(
            {"title": "Service unavailable", "status": 503, "detail": "Try again in a minute."}, status=503
        )
        if _wants_json(request)
        else render(request, "503.html", status=503)
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: most often a session that ended; says how to keep what was typed."""
    return render(request, "403_csrf.html", status=403)
