"""The door of the back office."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever may not come in: to the sign-in page, or to the page that says why not.

    The sign-in page itself would send somebody who is signed in straight back, and so on for ever.
    """
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    if request.user.is_authenticated:
        list(messages.get_messages(request))  # Wagtail's words about the same; our page says it
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or "/beheer/")
