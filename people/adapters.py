"""How accounts are made and how they get mail."""

import uuid
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from people.domain.account_mail import queue_account_mail

KEPT_CLAIMS = ("sub", "given_name", "family_name", "email", "email_verified")


class AccountAdapter(DefaultAccountAdapter):
    """Links in mails come from SITE_URL, never from the request's Host header (threat 25)."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Keep the names that the sign-up form asked."""
        user.first_name = form.cleaned_data.get("first_name", "")
        user.last_name = form.cleaned_data.get("last_name", "")
        return super().save_user(request, user, form, commit)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The confirmation link on this site's own address."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The reset link on this site's own address."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return settings.SITE_URL + path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, like every mail."""
        facts = {
            "request": allauth_context.request,
            "email": email,
            "current_site": {"name": "Nestwerk", "domain": settings.SITE_HOST},
            "site_url": settings.SITE_URL,
            **{name: _on_our_address(name, value) for name, value in context.items()},
        }
        mail = self.render_mail(template_prefix, email, facts)
        queue_account_mail(mail=mail, key=uuid.uuid4().hex)


def _on_our_address(name: str, value: Any) -> Any:
    """Links that were built from the request start with SITE_URL instead."""
    if not name.endswith("_url") or not isinstance(value, str):
        return value
    parts = urlsplit(value)
    return settings.SITE_URL + urlunsplit(("", "", parts.path, parts.query, parts.fragment))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through another organisation: keep no claim that we do not need (never a national number)."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Drop every claim outside the list before anything is stored."""
        claims = sociallogin.account.extra_data or {}
        inner = claims.get("userinfo", claims)
        sociallogin.account.extra_data = {name: inner[name] for name in KEPT_CLAIMS if name in inner}
