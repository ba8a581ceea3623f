"""Second factor for those who decide about others."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.enums import SECOND_FACTOR_ROLES
from people.models import User
from people.second_factor import has_second_factor, used_second_factor

OPEN_PREFIXES = ("/account/", "/static/", "/gezond/")


class SecondFactorMiddleware:
    """Committee, staff and administrators: first set up a second factor, then use it in each session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and not request.path.startswith(OPEN_PREFIXES):
            user = request.user
            if (
                isinstance(user, User)
                and user.has_role(*SECOND_FACTOR_ROLES)
                and not used_second_factor(request, user)
            ):
                return _confirm(request) if has_second_factor(user) else _set_up(request)
        return self.get_response(request)


def _set_up(request: HttpRequest) -> HttpResponse:
    messages.info(
        request,
        _(
            "Jouw rol geeft toegang tot gegevens van anderen. "
            "Stel daarom eerst een tweede stap in bij het aanmelden."
        ),
    )
    return HttpResponseRedirect(reverse("mfa_index"))


def _confirm(request: HttpRequest) -> HttpResponse:
    """To the second step, and back to where the person was going. A form comes back with what was typed in it."""
    messages.info(
        request, _("Bevestig eerst met je tweede stap dat jij het bent. Daarna ga je verder waar je was.")
    )
    after = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': after})}")
