"""Liveness and readiness for load balancers."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """503 when the database does not answer. Without the cache the site goes on, so that is only said."""
    parts = {"database": _database(), "cache": _cache()}
    return JsonResponse(parts, status=200 if parts["database"] else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache() -> bool:
    try:
        cache.set("health", "1", 10)
        return cache.get("health") == "1"
    except Exception:  # noqa: BLE001 - each cache backend raises its own errors; all mean "not ready"
        return False
