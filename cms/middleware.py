"""Whole-page cache of public pages for visitors without a session; and what no form of ours sends."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from cms.domain.page_cache import key_of
from cms.views.errors import bad_request

logger = logging.getLogger("nestwerk.input")

PRIVATE_PREFIXES = (
    "/account/",
    "/api/",
    "/aanwezig/",
    "/begeleiding/",
    "/beheer/",
    "/bestanden/",
    "/commissie/",
    "/contact/",
    "/gezond/",
    "/hsds/",
    "/ldes/",
    "/mijn/",
    "/netwerk/",
    "/static/",
    "/team/",
    "/v/",
    "/xapi/",
)
LONGEST_QUERY = 120
KEPT_SECONDS = 3600
KEPT_HEADERS = (
    "Content-Type",
    "Content-Language",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "Vary",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


class PublicPageCacheMiddleware:
    """Answers a repeated anonymous GET from the cache; everything else passes by untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request):
            return self.get_response(request)
        key = key_of(host=request.get_host(), path_and_query=request.get_full_path())
        kept = cache.get(key)
        if kept is not None:
            return _answer(request, content=kept[0], headers=kept[1])
        response = self.get_response(request)
        if _is_public_page(response):
            headers = {name: response[name] for name in KEPT_HEADERS if name in response}
            cache.set(key, (response.content, headers), KEPT_SECONDS)
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether the visitor is anonymous and the address is one that public pages use."""
    return (
        settings.PUBLIC_PAGE_CACHE
        and request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and "HTTP_HX_REQUEST" not in request.META
        and not request.path.startswith(PRIVATE_PREFIXES)
    )


def _is_public_page(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and "nonce-" not in response.get("Content-Security-Policy", "")
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
    )


def _answer(request: HttpRequest, *, content: bytes, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(b"" if request.method == "HEAD" else content)
    for name, value in headers.items():
        response[name] = value
    return response


class OddInputMiddleware:
    """What no form of ours sends gets the page that says so, never an error of ours.

    A NUL in a text, numbers that no row can have, lists within lists within lists: found by the database or by Python
    itself, wherever they are used first.
    """

    ODD = (DataError, OverflowError, RecursionError)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only what the input did; everything else goes on to be our fault."""
        if not isinstance(exception, self.ODD):
            return None
        match = request.resolver_match
        logger.warning("odd input at %s: %s", match.view_name if match else "?", type(exception).__name__)
        return bad_request(request, exception)
