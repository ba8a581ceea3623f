"""Slows down who tries many codes. Kept in the cache: when that is away, pages work and 80-bit codes protect."""

import ipaddress
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

logger = logging.getLogger("nestwerk.throttle")

WINDOW_SECONDS = 60
PER_WINDOW = 60
View = Callable[..., HttpResponseBase]


def client_address(request: HttpRequest) -> str:
    """The visitor's address, believing only as many X-Forwarded-For entries as we have proxies of our own.

    An IPv6 visitor counts by network (/64), because one household or attacker owns all of it.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    count = settings.TRUSTED_PROXY_COUNT
    if count and len(forwarded) >= count:
        address = forwarded[-count]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)


def is_allowed(request: HttpRequest, *, name: str, per_window: int = PER_WINDOW) -> bool:
    """Count this request; False when the address asked too often in this minute."""
    window = int(timezone.now().timestamp()) // WINDOW_SECONDS
    key = f"throttle:{name}:{window}:{client_address(request)}"
    try:
        cache.add(key, 0, WINDOW_SECONDS * 2)
        return int(cache.incr(key)) <= per_window
    except Exception:  # noqa: BLE001 - whatever the cache's fault is, a verifier must get an answer
        logger.warning("the cache is not reachable; requests are not counted")
        return True


def throttled(name: str) -> Callable[[View], View]:
    """Answer 429 with plain words to an address that asks too often."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_allowed(request, name=name):
                return view(request, *args, **kwargs)
            answer = render(request, "accreditation/verify/too_many.html", status=429)
            answer["Retry-After"] = str(WINDOW_SECONDS)
            answer["X-Robots-Tag"] = "noindex, nofollow"
            return answer

        return guarded

    return decorate
