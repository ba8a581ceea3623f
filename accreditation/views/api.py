"""The JSON API of listed recognitions: what the public may see, and one question for partners."""

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_safe

from accreditation.domain import public_listing
from accreditation.domain.listing_description import PublicListing, PublicPlace, described
from accreditation.enums import Level
from accreditation.exceptions import PublicQueryError
from accreditation.views.api_description import PAGE_SIZE, describe_api
from accreditation.views.throttle import WINDOW_SECONDS, is_allowed
from people.api import find_api_client, is_region

LIST_PARAMETERS = frozenset({"level", "region", "updated_since", "page"})
MATCH_SCOPE = "recognitions.match"
HIGHEST_PAGE = 100_000
PER_MINUTE = 300


@require_safe
def recognitions(request: HttpRequest) -> JsonResponse:
    """Everybody who is recognised now and wants to be found; or, with `match`, one answer for a partner."""
    if not is_allowed(request, name="api", per_window=PER_MINUTE):
        answer = problem(429, "Too many requests", "Wait a minute and go on.")
        answer["Retry-After"] = str(WINDOW_SECONDS)
        return answer
    try:
        return _match(request) if "match" in request.GET else _list(request)
    except PublicQueryError as error:
        return problem(400, "Unknown or unreadable parameter", str(error), parameter=error.field)


@require_safe
def recognition(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """One listed recognition; 404 from the moment that it ends or that the person no longer wants to be listed."""
    rows = public_listing.listed_recognitions().filter(listing__public_id=public_id)
    found = described(rows[:1])
    if not found:
        return problem(404, "Not listed", "No recognition with this id is listed now.")
    return json_answer({"recognition": as_json(found[0]), "as_of": timezone.now().isoformat()})


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The description of this API."""
    answer = json_answer(describe_api(settings.SITE_URL))
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def as_json(listing: PublicListing) -> dict[str, Any]:
    """The public fields of a listing; what a person does not show is null or empty."""
    return {
        "id": listing.id,
        "name": listing.name,
        "level": listing.level,
        "level_name": listing.level_name,
        "status": "valid",
        "valid_from": listing.valid_from.isoformat(),
        "valid_until": listing.valid_until.isoformat(),
        "profession": {"key": listing.profession_key, "name": listing.profession}
        if listing.profession_key
        else None,
        "region": {"slug": listing.region_slug, "name": listing.region} if listing.region_slug else None,
        "organisation": listing.organisation or None,
        "languages": list(listing.languages),
        "offer": listing.offer or None,
        "offers": [{"key": one.key, "term": one.term, "plain": one.plain} for one in listing.offers],
        "places": [_place(place) for place in listing.places],
        "phone": listing.phone or None,
        "email": listing.email or None,
        "verify_url": listing.verify_url or None,
        "updated_at": listing.changed_at.isoformat() if listing.changed_at else None,
    }


def _place(place: PublicPlace) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "street": place.street or None,
        "postal_code": place.postal_code or None,
        "municipality": place.municipality,
        "region": {"slug": place.region_slug, "name": place.region},
        "phone": place.phone or None,
        "email": place.email or None,
        "website": place.website or None,
    }


def problem(status: int, title: str, detail: str, **more: str) -> JsonResponse:
    """An error as RFC 9457 describes it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return json_answer(body, status=status, content_type="application/problem+json")


def _list(request: HttpRequest) -> JsonResponse:
    asked = read_parameters(request, allowed=LIST_PARAMETERS)
    number = read_page(asked.get("page", "1"))
    found = public_listing.partner_listings(
        level=_level(asked.get("level")),
        region=_region(asked.get("region")),
        updated_since=read_moment(asked.get("updated_since")),
        limit=PAGE_SIZE + 1,
        offset=(number - 1) * PAGE_SIZE,
    )
    following = None
    if len(found) > PAGE_SIZE:
        following = f"{settings.SITE_URL}{request.path}?{urlencode({**asked, 'page': number + 1})}"
    return json_answer(
        {
            "recognitions": [as_json(listing) for listing in found[:PAGE_SIZE]],
            "next": following,
            "as_of": timezone.now().isoformat(),
        }
    )


def _match(request: HttpRequest) -> JsonResponse:
    asked = read_parameters(request, allowed=frozenset({"match"}))
    kind, _separator, token = request.headers.get("Authorization", "").partition(" ")
    client = find_api_client(token.strip()) if kind.lower() == "bearer" else None
    if client is None:
        answer = problem(401, "Token needed", "match is for partners with a token.")
        answer["WWW-Authenticate"] = 'Bearer realm="nestwerk"'
        return answer
    if MATCH_SCOPE not in client.scopes:
        return problem(403, "Not agreed", f"This token lacks the scope {MATCH_SCOPE}.")
    found = public_listing.match(asked["match"])
    answer = json_answer(
        {
            "match": bool(found),
            "recognition": as_json(found[0]) if len(found) == 1 else None,
            "recognitions": [as_json(listing) for listing in found],
            "as_of": timezone.now().isoformat(),
        }
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def read_parameters(request: HttpRequest, *, allowed: frozenset[str]) -> dict[str, str]:
    """The query as plain pairs. Raises PublicQueryError for an unknown or repeated parameter."""
    for name, values in request.GET.lists():
        if name not in allowed:
            raise PublicQueryError(f"there is no parameter {name[:40]!r} here", field=name[:40])
        if len(values) > 1:
            raise PublicQueryError(f"{name} stands there twice", field=name)
    return {name: str(value) for name, value in request.GET.items()}


def read_page(text: str, *, field: str = "page", highest: int = HIGHEST_PAGE) -> int:
    """The number of a page, or of rows on it. Raises PublicQueryError for anything else."""
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not 1 <= int(text) <= highest:
        raise PublicQueryError(f"{field} is a number from 1 to {highest}", field=field)
    return int(text)


def _level(text: str | None) -> str | None:
    if text is not None and text not in Level.values:
        raise PublicQueryError(f"level is one of {', '.join(Level.values)}", field="level")
    return text


def _region(slug: str | None) -> str | None:
    if slug and not is_region(slug):
        raise PublicQueryError("there is no reference region with this slug", field="region")
    return slug or None


def read_moment(text: str | None, *, field: str = "updated_since") -> datetime | None:
    """A moment or a day (its beginning, Brussels time). Raises PublicQueryError for anything else."""
    if text is None:
        return None
    try:
        moment = parse_datetime(text) or (
            datetime.combine(day, datetime.min.time()) if (day := parse_date(text)) else None
        )
    except ValueError:
        moment = None
    if moment is None:
        raise PublicQueryError(f"{field} is a date or a moment in ISO 8601", field=field)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def json_answer(
    body: dict[str, Any], *, status: int = 200, content_type: str = "application/json"
) -> JsonResponse:
    """An answer that is never kept and that every website may read."""
    answer = JsonResponse(
        body, status=status, content_type=content_type, json_dumps_params={"ensure_ascii": False}
    )
    answer["Cache-Control"] = "no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
