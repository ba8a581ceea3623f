"""The content origin: a second host that answers with package files and nothing else."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, get_resolver

logger = logging.getLogger("nestwerk.media")

_ALLOWED = "GET, HEAD, OPTIONS"


class ContentOriginMiddleware:
    """Stands first. A request for the content host never meets sessions, cookies, CSRF or any page of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        label = content_label(request)
        if label is None:
            return self.get_response(request)
        request.content_label = label  # type: ignore[attr-defined]
        return close(answer(request))


def content_label(request: HttpRequest) -> str | None:
    """The subdomain of CONTENT_ORIGIN that the request names ("" for the origin itself), or None for another host."""
    name = request.META.get("HTTP_HOST", "")
    if settings.USE_X_FORWARDED_HOST:
        name = request.META.get("HTTP_X_FORWARDED_HOST", name)
    try:
        host = (urlsplit(f"//{name}").hostname or "").rstrip(".")
    except ValueError:
        return None
    content = urlsplit(str(settings.CONTENT_ORIGIN)).hostname or ""
    if not content or (host != content and not host.endswith(f".{content}")):
        return None
    return host.removesuffix(content).rstrip(".")


def answer(request: HttpRequest) -> HttpResponseBase:
    """Resolve and call a view of the content origin, without any other middleware."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": _ALLOWED})
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": _ALLOWED})
    if request.headers.get("Service-Worker") == "script":
        # A worker would outlive its page and answer for the package's origin on its own.
        return HttpResponse("Niet toegelaten.", status=403, content_type="text/plain; charset=utf-8")
    request.COOKIES = {}
    try:
        match = get_resolver(settings.CONTENT_URLCONF).resolve(request.path_info)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except (Resolver404, Http404):
        return HttpResponse("Niet gevonden.", status=404, content_type="text/plain; charset=utf-8")
    except Exception:
        logger.exception("content origin failed on %s", request.path_info.split("/")[1:2])
        return HttpResponse("Even mis.", status=500, content_type="text/plain; charset=utf-8")
    return response


def close(response: HttpResponseBase) -> HttpResponseBase:
    """Headers that every answer of the content origin carries."""
    response.cookies.clear()
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = _ALLOWED
    response["Access-Control-Allow-Headers"] = "x-requested-with, range"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    if "Content-Security-Policy" not in response:
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    if settings.HTTPS:
        response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return response
