"""Whether somebody proved with a second factor, in this very session, that it is they."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from people.models import User

#: In the session of who set up a first second factor: that asked a code, or a touch of the device.
SET_UP_BY = "second_factor_set_up_by"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Whether an app or a key belongs to the account; codes to recover it do not count. One query."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def used_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session was opened, or confirmed since, with a second factor or a passkey. No query."""
    if request.session.get(SET_UP_BY) == user.pk:
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def remember_set_up(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A first second factor was just set up in this session. Receiver of `authenticator_added`.

    A further one proves nothing: who came in without the first could add their own.
    """
    if authenticator.type not in SECOND_FACTORS:
        return
    if (
        not Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
        .exclude(pk=authenticator.pk)
        .exists()
    ):
        request.session[SET_UP_BY] = user.pk
