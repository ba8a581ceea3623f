"""The xAPI addresses that a launched unit talks to. Another origin calls them: no cookies, a token of its own, CORS."""

import json
import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from lms.domain.units import documents
from lms.domain.units.documents import Place
from lms.domain.units.launching import fetch_secret
from lms.domain.units.statements import Caller, caller_of, list_statements, receive_statements
from lms.enums import DocumentKind
from lms.exceptions import LmsError, RecordError, UnitError
from media.api import MAX_STATEMENT_BYTES, MediaError, StatementError

VERSION = "1.0.3"
MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+( *;[ -~]*)?", re.ASCII)
_HEADERS = "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match"
_EXPOSED = "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through"
STATUS = {
    "token_unknown": 401,
    "token_expired": 401,
    "other_content": 409,
    "too_large": 413,
    "document_ours": 403,
    "document_too_large": 413,
    "document_many": 413,
    "document_other": 412,
    "document_blind": 409,
    "document_form": 400,
}
FETCH_CODES = {"fetch_used": "1", "fetch_expired": "2", "fetch_unknown": "3"}
View = Callable[..., HttpResponse]


def across_origins(*methods: str) -> Callable[[View], View]:
    """Answers the preflight, refuses other methods and old versions, and turns refusals into xAPI's status codes."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _open(HttpResponse(status=204), methods)
            if request.method not in methods:
                return _open(HttpResponse(status=405, headers={"Allow": ", ".join(methods)}), methods)
            try:
                return _open(view(request, *args, **kwargs), methods)
            except UnitError as error:
                return _open(_refusal(error, STATUS.get(error.code, 403)), methods)
            except (RecordError, MediaError) as error:
                return _open(_refusal(error, STATUS.get(error.code, 400)), methods)

        return csrf_exempt(guarded)

    return decorate


@across_origins("GET", "HEAD")
def about(request: HttpRequest) -> HttpResponse:
    """Which versions we speak; needs no token."""
    return JsonResponse({"version": [VERSION]})


@across_origins("POST")
def fetch(request: HttpRequest, key: str) -> HttpResponse:
    """The one-time fetch address of a launch (cmi5 section 8.2). Refusals come with status 200, as it asks."""
    try:
        return JsonResponse({"auth-token": fetch_secret(fetch=key)})
    except UnitError as error:
        return JsonResponse({"error-code": FETCH_CODES[error.code], "error-text": error.message})


@across_origins("GET", "HEAD", "PUT", "POST")
def statements(request: HttpRequest) -> HttpResponse:
    """Statements of one launch: one by PUT, one or more by POST, and its own ones back by GET."""
    token = _token(request)
    _check_version(request)
    if request.method in {"GET", "HEAD"}:
        return _read_statements(request, token)
    body = _json_body(request)
    if request.method == "PUT":
        if not isinstance(body, dict):
            raise StatementError("not_object", _("Een resultaat is één JSON-object."))
        wanted = request.GET.get("statementId", "")
        if not wanted or body.get("id", wanted) != wanted:
            raise StatementError(
                "id_unusable", _("statementId ontbreekt of verschilt van het nummer binnenin.")
            )
        receive_statements(token=token, raw=[{**body, "id": wanted}])
        return HttpResponse(status=204)
    items = body if isinstance(body, list) else [body]
    if not all(isinstance(item, dict) for item in items):
        raise StatementError("not_object", _("Een resultaat is één JSON-object."))
    return JsonResponse(receive_statements(token=token, raw=items), safe=False)


@across_origins("GET", "HEAD", "PUT", "POST", "DELETE")
def state(request: HttpRequest) -> HttpResponse:
    """State documents of the unit and this attempt."""
    caller = _caller(request)
    _check_agent(request, caller)
    registration = _uuid(request.GET.get("registration"))
    if registration not in {None, caller.launch.registration}:
        raise UnitError("foreign_registration", _("Deze stand hoort bij een andere inschrijving."))
    activity = request.GET.get("activityId", "")
    if activity != caller.iri:
        raise UnitError("object_foreign", _("Deze stand hoort bij een andere activiteit."))
    return _documents(
        request, caller, DocumentKind.STATE, activity, registration, request.GET.get("stateId", "")
    )


@across_origins("GET", "HEAD", "PUT", "POST", "DELETE")
def activity_profile(request: HttpRequest) -> HttpResponse:
    """Documents about the unit, of this learner's course alone: one learner's unit writes nothing for another."""
    caller = _caller(request)
    activity = request.GET.get("activityId", "")
    if activity != caller.iri:
        raise UnitError("object_foreign", _("Dit profiel hoort bij een andere activiteit."))
    return _documents(
        request, caller, DocumentKind.ACTIVITY, activity, None, request.GET.get("profileId", "")
    )


@across_origins("GET", "HEAD", "PUT", "POST", "DELETE")
def agent_profile(request: HttpRequest) -> HttpResponse:
    """Preferences of the learner, as cmi5 section 11 names them."""
    caller = _caller(request)
    _check_agent(request, caller)
    return _documents(request, caller, DocumentKind.AGENT, "", None, request.GET.get("profileId", ""))


@across_origins("GET", "HEAD")
def activities(request: HttpRequest) -> HttpResponse:
    """What we know of an activity: its name."""
    caller = _caller(request)
    activity = request.GET.get("activityId", "")
    if not activity:
        raise StatementError("object_missing", _("activityId ontbreekt."))
    answer: dict[str, Any] = {"objectType": "Activity", "id": activity}
    if activity == caller.iri:
        answer["definition"] = {"name": {"und": caller.unit.title}}
    return JsonResponse(answer)


@across_origins("GET", "HEAD")
def agents(request: HttpRequest) -> HttpResponse:
    """The learner as this package knows them; nothing more."""
    caller = _caller(request)
    _check_agent(request, caller)
    return JsonResponse({"objectType": "Person", "account": [caller.actor["account"]]})


def _read_statements(request: HttpRequest, token: str) -> HttpResponse:
    wanted, limit = request.GET.get("statementId"), request.GET.get("limit", "")
    found = list_statements(
        token=token,
        statement_id=_uuid(wanted) if wanted else None,
        verb=request.GET.get("verb", ""),
        limit=int(limit) if limit.isdecimal() and len(limit) < 7 else 0,
        ascending=request.GET.get("ascending") == "true",
    )
    if wanted:
        return JsonResponse(found[0]) if found else HttpResponse(status=404)
    return JsonResponse({"statements": found, "more": ""})


def _documents(
    request: HttpRequest,
    caller: Caller,
    kind: DocumentKind,
    activity: str,
    registration: uuid.UUID | None,
    name: str,
) -> HttpResponse:
    if len(name) > 500 or "\x00" in name:
        raise StatementError("id_unusable", _("De naam van dit document is te lang of bevat vreemde tekens."))
    place = Place(kind, caller.person_id, caller.launch.enrolment_id, activity, registration, name)
    if request.method in {"GET", "HEAD"}:
        return _read_document(request, place)
    if not name and (kind != DocumentKind.STATE or request.method != "DELETE"):
        raise StatementError("id_unusable", _("De naam van dit document ontbreekt."))
    if_match = request.headers.get("If-Match", "")
    if request.method == "DELETE":
        documents.delete_documents(place, if_match=if_match)
        return HttpResponse(status=204)
    if int(request.META.get("CONTENT_LENGTH") or 0) > documents.MAX_DOCUMENT:
        raise UnitError("document_too_large", _("Dit document is te groot (meer dan 512 kB)."))
    documents.write_document(
        place,
        content=request.body,
        content_type=_media_type(request),
        merge=request.method == "POST",
        if_match=if_match,
        if_none_match=request.headers.get("If-None-Match", ""),
    )
    return HttpResponse(status=204)


def _media_type(request: HttpRequest) -> str:
    """As the unit names it, for when it is read again; what is no media type says nothing."""
    given = request.headers.get("Content-Type", "")
    return given if MEDIA_TYPE.fullmatch(given) else ""


def _read_document(request: HttpRequest, place: Place) -> HttpResponse:
    if not place.name:
        try:
            since = parse_datetime(request.GET.get("since", ""))
        except ValueError as error:
            raise StatementError("timestamp_unusable", _("Dit tijdstip bestaat niet.")) from error
        return JsonResponse(documents.list_documents(place, since=since), safe=False)
    found = documents.read_document(place)
    if found is None:
        return HttpResponse(status=404)
    response = HttpResponse(found.content, content_type=found.content_type)
    response["ETag"] = f'"{found.etag}"'
    response["Last-Modified"] = http_date(found.updated_at.timestamp())
    # A document of a stranger is never a page of ours.
    response["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _caller(request: HttpRequest) -> Caller:
    token = _token(request)
    _check_version(request)
    return caller_of(token)


def _token(request: HttpRequest) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic" or not token.strip():
        raise UnitError("token_unknown", _("De toegang ontbreekt. Open het onderdeel opnieuw."))
    return token.strip()


def _check_version(request: HttpRequest) -> None:
    if not request.headers.get("X-Experience-API-Version", "").startswith("1.0"):
        raise StatementError("version", _("X-Experience-API-Version ontbreekt of is geen 1.0."))


def _check_agent(request: HttpRequest, caller: Caller) -> None:
    try:
        agent = json.loads(request.GET.get("agent", ""))
    except (ValueError, RecursionError) as error:
        raise StatementError("agent", _("agent ontbreekt of is geen JSON.")) from error
    if not isinstance(agent, dict) or agent.get("account") != caller.actor["account"]:
        raise UnitError("foreign_actor", _("Dit gaat over iemand anders dan wie dit onderdeel opende."))


def _json_body(request: HttpRequest) -> Any:
    if int(request.META.get("CONTENT_LENGTH") or 0) > 10 * MAX_STATEMENT_BYTES:
        raise StatementError("too_large", _("Dit is te groot."))
    try:
        return json.loads(request.body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise StatementError("not_json", _("Dit resultaat is geen leesbare JSON.")) from error


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _uuid(text: str | None) -> uuid.UUID | None:
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise StatementError("id_unusable", _("Dit nummer is geen UUID.")) from error


def _refusal(error: LmsError | MediaError, status: int) -> HttpResponse:
    return JsonResponse({"code": error.code, "message": error.message}, status=status)


def _open(response: HttpResponse, methods: tuple[str, ...]) -> HttpResponse:
    """Any origin may ask, because no cookie counts here; only the token does."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join((*methods, "OPTIONS"))
    response["Access-Control-Allow-Headers"] = _HEADERS
    response["Access-Control-Expose-Headers"] = _EXPOSED
    response["Access-Control-Max-Age"] = "600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Experience-API-Version"] = VERSION
    response["Cache-Control"] = "no-store"
    return response
