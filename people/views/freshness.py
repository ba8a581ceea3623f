"""Who decides about others shows again and again that it is them: a session that was left open opens nothing."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.views.access import View

Keeper = Callable[..., None]


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person showed who they are, by password or second step, within the set time. Free where no second
    factor is asked (the demo). A clock that went back does not make an old sign-in fresh.
    """
    if not settings.SECOND_FACTOR_REQUIRED:
        return True
    records = get_authentication_records(request, request.user)
    age = time.time() - max((float(one["at"]) for one in records), default=0.0)
    return 0 <= age < settings.READER_REAUTHENTICATION_SECONDS


def freshly_signed_in(*, keep: Keeper | None = None) -> Callable[[View], View]:
    """Ask for the password or second step again when the last time is too long ago; put it below the role's decorator.

    `keep` saves what a form holds before the person is sent away: `keep(request, **arguments of the view)`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_fresh(request):
                return view(request, *args, **kwargs)
            if request.method == "POST" and keep is not None:
                keep(request, *args, **kwargs)
            messages.info(request, _("Toon eerst even dat jij het bent. Wat je typte, staat er straks nog."))
            query = urlencode(
                {"next": request.get_full_path() if request.method == "GET" else _back(request)}
            )
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")

        return guarded

    return decorate


def _back(request: HttpRequest) -> str:
    """After a form: the page that it stood on, when that is ours; its own address otherwise."""
    referer = request.headers.get("referer", "")
    if referer.startswith(f"{settings.SITE_URL}/"):
        return referer.removeprefix(settings.SITE_URL)
    return request.get_full_path()
