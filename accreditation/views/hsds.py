"""The HSDS 3.0 read API: services, organisations, places and vocabularies, as of now."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accreditation.domain import hsds
from accreditation.domain.directory_search import LONGEST_QUESTION
from accreditation.exceptions import PublicQueryError
from accreditation.views.api import (
    HIGHEST_PAGE,
    json_answer,
    problem,
    read_moment,
    read_page,
    read_parameters,
)
from accreditation.views.hsds_description import describe_hsds
from accreditation.views.throttle import WINDOW_SECONDS, is_allowed

PER_MINUTE = 300
PAGE_SIZE, LARGEST_PAGE = 50, 200
PAGING = frozenset({"page", "per_page", "format"})
SERVICE_FILTERS = PAGING | {
    "search",
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "minimal",
    "full",
}
ORGANIZATION_FILTERS = PAGING | {"search", "full", "full_service", "taxonomy_term_id", "taxonomy_id"}
Body = dict[str, Any]
Answer = Callable[..., JsonResponse]


def guarded(view: Answer) -> Answer:
    """Count the visitor, and turn an unreadable question into a 400 that names the parameter."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> JsonResponse:
        if not is_allowed(request, name="hsds", per_window=PER_MINUTE):
            refused = problem(429, "Too many requests", "Wait a minute and go on.")
            refused["Retry-After"] = str(WINDOW_SECONDS)
            return refused
        try:
            return view(request, *arguments, **named)
        except PublicQueryError as error:
            return problem(400, "Unknown or unreadable parameter", str(error), parameter=error.field)

    return require_safe(answer)


@guarded
def about(request: HttpRequest) -> JsonResponse:
    """What this API is."""
    read_parameters(request, allowed=frozenset())
    return json_answer(
        {
            "version": "3.0",
            "profile": "https://docs.openhumanservices.org/hsds/",
            "openapi_url": f"{settings.SITE_URL}/hsds/openapi.json",
            "description": "Erkende zorgverleners in perinatale mentale gezondheid die gevonden willen worden.",
        }
    )


@guarded
def openapi(request: HttpRequest) -> JsonResponse:
    """The description of this API."""
    answer = json_answer(describe_hsds(settings.SITE_URL))
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@guarded
def services(request: HttpRequest) -> JsonResponse:
    """Listed services, a page at a time."""
    asked = read_parameters(request, allowed=SERVICE_FILTERS)
    found = _entries(asked)
    if _flag(asked, "minimal"):
        return _paged(request, asked, found, lambda part: [_minimal(one) for one in part])
    full = _flag(asked, "full")
    return _paged(
        request, asked, found, lambda part: [hsds.service(one, full=full) for one in hsds.listings_of(part)]
    )


@guarded
def service(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """One service with everything around it; 404 from the moment that it is no longer listed."""
    read_parameters(request, allowed=frozenset({"format"}))
    found = hsds.listings_of(one for one in hsds.entries() if one.id == str(key))
    return json_answer(hsds.service(found[0], full=True)) if found else _missing()


@guarded
def organizations(request: HttpRequest) -> JsonResponse:
    """Employers that are shown, and practices of people without one; each once."""
    asked = read_parameters(request, allowed=ORGANIZATION_FILTERS)
    for name in ("full", "full_service"):
        _flag(asked, name)
    once = {one.organization_id: one for one in reversed(_entries(asked))}
    rows = sorted(once.values(), key=lambda one: (one.organization_name, one.organization_id))
    return _paged(
        request, asked, rows, lambda part: [hsds.organization(one) for one in hsds.listings_of(part)]
    )


@guarded
def organization(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """One organisation with its services."""
    read_parameters(request, allowed=frozenset({"format"}))
    found = hsds.listings_of(hsds.entries(organization_id=str(key)))
    if not found:
        return _missing()
    services = [hsds.service(one, full=False) for one in found]
    return json_answer(hsds.organization(found[0]) | {"services": services})


@guarded
def places(request: HttpRequest) -> JsonResponse:
    """Services at places: somebody with two places stands here twice."""
    asked = read_parameters(request, allowed=SERVICE_FILTERS - {"minimal"})
    _flag(asked, "full")
    # Places belong to listings: these are read whole, and paged afterwards.
    pairs = [(one, place) for one in hsds.listings_of(_entries(asked)) for place in one.places]
    return _paged(
        request,
        asked,
        pairs,
        lambda part: [hsds.service_at_location(one, place, with_service=True) for one, place in part],
    )


@guarded
def place(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """One service at one place."""
    read_parameters(request, allowed=frozenset({"format"}))
    for one in hsds.listings_of(hsds.entries()):
        for each in one.places:
            body = hsds.service_at_location(one, each, with_service=True)
            if body["id"] == str(key):
                return json_answer(body)
    return _missing()


@guarded
def taxonomies(request: HttpRequest) -> JsonResponse:
    """The two vocabularies."""
    asked = read_parameters(request, allowed=PAGING | {"search"})
    rows = [row for row in hsds.taxonomies() if asked.get("search", "").casefold() in row["name"].casefold()]
    return _paged(request, asked, rows, list)


@guarded
def taxonomy(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """One vocabulary."""
    read_parameters(request, allowed=frozenset({"format"}))
    return _one_of(hsds.taxonomies(), key)


@guarded
def terms(request: HttpRequest) -> JsonResponse:
    """Terms of both vocabularies."""
    asked = read_parameters(request, allowed=PAGING | {"search", "taxonomy_id", "top_only", "parent_id"})
    rows = hsds.taxonomy_terms()
    if wanted := asked.get("taxonomy_id"):
        rows = [row for row in rows if row["taxonomy_detail"]["id"] == _known_taxonomy(wanted)]
    if "parent_id" in asked:
        rows = []
    _flag(asked, "top_only")
    words = asked.get("search", "").casefold()
    rows = [row for row in rows if words in f"{row['name']} {row['description']}".casefold()]
    return _paged(request, asked, rows, list)


@guarded
def term(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """One term."""
    read_parameters(request, allowed=frozenset({"format"}))
    return _one_of(hsds.taxonomy_terms(), key)


def _entries(asked: dict[str, str]) -> list[hsds.Entry]:
    term_id = asked.get("taxonomy_term_id", "")
    if term_id and term_id not in {row["id"] for row in hsds.taxonomy_terms()}:
        raise PublicQueryError("there is no term with this id", field="taxonomy_term_id")
    search = asked.get("search", "")
    if len(search) > LONGEST_QUESTION:
        raise PublicQueryError(f"search holds at most {LONGEST_QUESTION} characters", field="search")
    return hsds.entries(
        search=search,
        organization_id=asked.get("organization_id", ""),
        term_id=term_id,
        taxonomy_id=_known_taxonomy(asked.get("taxonomy_id", "")),
        modified_after=_modified_after(asked.get("modified_after")),
    )


def _known_taxonomy(text: str) -> str:
    if text and text not in hsds.TAXONOMY_IDS:
        raise PublicQueryError("there is no taxonomy with this id", field="taxonomy_id")
    return text


def _modified_after(text: str | None) -> datetime | None:
    return read_moment(text, field="modified_after")


def _flag(asked: dict[str, str], name: str) -> bool:
    if asked.get(name, "false") not in ("true", "false"):
        raise PublicQueryError(f"{name} is true or false", field=name)
    return asked.get(name) == "true"


def _minimal(one: hsds.Entry) -> Body:
    return {"id": one.id, "modified_date": one.changed_at.isoformat()}


def _paged(
    request: HttpRequest,
    asked: dict[str, str],
    rows: Sequence[Any],
    write: Callable[[Sequence[Any]], list[Body]],
) -> JsonResponse:
    """A page as HSDS describes it; a page past the last one is empty."""
    if asked.get("format", "json") != "json":
        raise PublicQueryError("format is json", field="format")
    number = read_page(asked.get("page", "1"))
    size = read_page(asked.get("per_page", str(PAGE_SIZE)), field="per_page", highest=LARGEST_PAGE)
    pages = max(1, -(-len(rows) // size))
    contents = write(rows[(number - 1) * size : number * size])
    answer = json_answer(
        {
            "total_items": len(rows),
            "total_pages": pages,
            "page_number": number,
            "size": len(contents),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not contents,
            "contents": contents,
        }
    )
    if number < min(pages, HIGHEST_PAGE):
        following = urlencode({**asked, "page": number + 1})
        answer["Link"] = f'<{settings.SITE_URL}{request.path}?{following}>; rel="next"'
    return answer


def _one_of(rows: list[Body], key: uuid.UUID) -> JsonResponse:
    found = next((row for row in rows if row["id"] == str(key)), None)
    return json_answer(found) if found else _missing()


def _missing() -> JsonResponse:
    return problem(404, "Not listed", "There is nothing with this id in the list now.")
