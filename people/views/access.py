"""Decorators that close a view: deny by default, sign-in first, then a rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from people.enums import Role
from people.models import User

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request whose user is known; for annotations of views behind a decorator of this module."""

    user: User


def signed_in(view: View) -> View:
    """Only for people with an account; others go to the sign-in page and come back."""
    return login_required(view)


def role_required(*roles: Role) -> Callable[[View], View]:
    """Only for people who hold one of the roles today; signed-in others get 403."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_role(*roles):  # type: ignore[union-attr]  # login_required came first
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
