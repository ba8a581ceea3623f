"""The stream of recognitions for machines: Turtle by default, JSON-LD on request."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from rdflib import Graph

from accreditation.domain import linked_data
from accreditation.domain.feed import PAGE_SIZE

TURTLE, JSON_LD, PLAIN = "text/turtle", "application/ld+json", "text/plain"
WEEK = 7 * 24 * 3600
#: A newest page may be kept for no time at all: what is withdrawn is gone at once.
FRESH = "no-cache"
SETTLED = f"public, max-age={WEEK}, immutable"
HIGHEST_PAGE = 10**7


@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    """What the stream is and where to begin reading."""
    return _answer(request, linked_data.stream_graph, caching=FRESH)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The words of the stream and the shape of its members."""
    return _answer(request, linked_data.terms_graph, caching="public, max-age=86400")


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """One page. Full pages never change and are kept; the newest is made anew. A page to come does not exist."""
    if not 1 <= number <= HIGHEST_PAGE:
        raise Http404
    media_type = chosen_type(request.headers.get("Accept", ""))
    key = f"ldes:{linked_data.stream_url()}:{number}:{PAGE_SIZE}:{media_type}"
    text = cache.get(key) if media_type else None
    if text is not None:
        return _respond(text, media_type or TURTLE, caching=SETTLED)
    events = linked_data.page_events(number)
    if not events and number > linked_data.last_page():
        raise Http404
    is_full = len(events) == PAGE_SIZE
    answer = _answer(
        request,
        lambda: linked_data.page_graph(number, events),
        caching=SETTLED if is_full else FRESH,
    )
    if is_full and answer.status_code == 200:
        cache.set(key, answer.content.decode(), WEEK)
    return answer


def chosen_type(accept: str) -> str | None:
    """The media type that fits an Accept header best; None when we have none of what is asked.

    A browser gets the Turtle as plain text, so that a person can read it.
    """
    best, best_quality = None, 0.0
    for part in (accept or "*/*").split(","):
        name, _separator, parameters = part.strip().partition(";")
        quality = _quality(parameters)
        offered = {
            TURTLE: TURTLE,
            JSON_LD: JSON_LD,
            "application/json": JSON_LD,
            "text/html": PLAIN,
            PLAIN: PLAIN,
            "text/*": TURTLE,
            "application/*": JSON_LD,
            "*/*": TURTLE,
        }.get(name.strip().lower())
        if offered and quality > best_quality:
            best, best_quality = offered, quality
    return best


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _separator, value = parameter.strip().partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _answer(request: HttpRequest, graph: Callable[[], Graph], *, caching: str) -> HttpResponse:
    media_type = chosen_type(request.headers.get("Accept", ""))
    if media_type is None:
        return HttpResponse(
            "Ask for text/turtle or application/ld+json.\n", status=406, content_type="text/plain"
        )
    write = linked_data.as_json_ld if media_type == JSON_LD else linked_data.as_turtle
    return _respond(write(graph()), media_type, caching=caching)


def _respond(text: str, media_type: str, *, caching: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    answer["Cache-Control"] = caching
    answer["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(answer, ["Accept"])
    return answer
