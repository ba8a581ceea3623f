"""System checks: the separation of the two origins is a matter of settings, so it is checked at every start."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def check_content_origin(**_kwargs: Any) -> list[CheckMessage]:
    """Packages may never share an origin with the site."""
    content = urlsplit(str(settings.CONTENT_ORIGIN))
    site = urlsplit(str(settings.SITE_URL))
    messages: list[CheckMessage] = []
    if not content.hostname or content.path.strip("/"):
        messages.append(
            Error(
                "CONTENT_ORIGIN is no origin.",
                hint="Give scheme and host, e.g. https://inhoud.example.be",
                id="media.E001",
            )
        )
    elif content.hostname == site.hostname:
        messages.append(
            Error(
                "CONTENT_ORIGIN has the same host as SITE_URL: packages would run beside people's sessions.",
                hint="Give the content its own host, e.g. https://inhoud.example.be",
                id="media.E002",
            )
        )
    if settings.SESSION_COOKIE_DOMAIN or settings.CSRF_COOKIE_DOMAIN:
        messages.append(
            Error(
                "Cookies with a domain would travel to the content origin.",
                hint="Leave SESSION_COOKIE_DOMAIN and CSRF_COOKIE_DOMAIN unset.",
                id="media.E003",
            )
        )
    return messages
