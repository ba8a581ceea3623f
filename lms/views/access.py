"""Sign-in for views that a script calls: an expired session answers 401 instead of a page it cannot read."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from lms.exceptions import LmsError
from people.api import View, signed_in


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, rather than a form."""
    return "application/json" in request.headers.get("Accept", "")


def signed_in_or_401(view: View) -> View:
    """Only for people with an account. Scripts get 401 with the way to sign in, forms the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated and wants_json(request):
            answer = {
                "code": "signed_out",
                "message": _("Je bent intussen afgemeld. Wat je typte, blijft op dit toestel staan."),
                "sign_in": resolve_url(settings.LOGIN_URL),
            }
            return JsonResponse(answer, status=401)
        return signed_in(view)(request, *args, **kwargs)

    return guarded


def refusal(error: LmsError, *, status: int) -> JsonResponse:
    """A refusal for a script: code for the machine, message for the person."""
    return JsonResponse({"code": error.code, "message": error.message}, status=status)
