"""Where the player of a package hands in statements and state. JSON in, JSON out; every refusal has a code."""

import json
from collections.abc import Callable
from typing import Any, NoReturn

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.domain.activities import read_launch, receive_statement, save_state
from lms.exceptions import LmsError
from lms.views.access import signed_in_or_401
from media.api import MAX_STATE_BYTES, MAX_STATEMENT_BYTES, LaunchTokenError, MediaError, StatementError
from people.api import SignedInRequest

#: Room for the launch token and the envelope around a statement or state.
ENVELOPE = 8 * 1024
STATUS = {
    "foreign_launch": 404,
    "attempt_closed": 409,
    "other_content": 409,
    "too_large": 413,
    "state_too_large": 413,
    "unit_missing": 404,
    "unit_busy": 409,
}


@signed_in_or_401
@require_POST
def statement(request: SignedInRequest) -> HttpResponse:
    """One statement of a running package: `{"token": ..., "statement": {...}}`."""

    def receive() -> dict[str, Any]:
        body = json_body(request, MAX_STATEMENT_BYTES + ENVELOPE)
        launched = read_launch(token=text_of(body, "token"), person_id=request.user.pk)
        raw = body.get("statement")
        if not isinstance(raw, dict):
            raise StatementError("not_object", _("Een resultaat is één JSON-object."))
        stored = receive_statement(launched=launched, raw=raw)
        return {"stored": stored.id, "ended": stored.ended, "repeated": stored.repeated}

    return answer(receive)


@signed_in_or_401
@require_POST
def state(request: SignedInRequest) -> HttpResponse:
    """The bookmark of a running package: `{"token": ..., "state": "<json>"}`."""

    def keep() -> dict[str, Any]:
        # A bookmark is JSON inside JSON: its quotes and backslashes travel doubled.
        body = json_body(request, 2 * MAX_STATE_BYTES + ENVELOPE)
        launched = read_launch(token=text_of(body, "token"), person_id=request.user.pk)
        save_state(launched=launched, state_json=text_of(body, "state"))
        return {"saved": True}

    return answer(keep)


def answer(work: Callable[[], dict[str, Any]]) -> JsonResponse:
    """The outcome as JSON, or the refusal with its status, code and message."""
    try:
        return JsonResponse(work())
    except (MediaError, LmsError) as error:
        status = 410 if isinstance(error, LaunchTokenError) else STATUS.get(error.code, 400)
        return JsonResponse({"code": error.code, "message": error.message}, status=status)


def json_body(request: SignedInRequest, most: int) -> dict[str, Any]:
    """The JSON object of the request. Raises StatementError (too_large, not_json, not_object)."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise StatementError("too_large", _("Dit resultaat is te groot."))
    try:
        parsed = json.loads(request.body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise StatementError("not_json", _("Dit resultaat is geen leesbare JSON.")) from error
    if not isinstance(parsed, dict):
        raise StatementError("not_object", _("Een resultaat is één JSON-object."))
    return parsed


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def text_of(body: dict[str, Any], name: str) -> str:
    """A text of the body. Raises StatementError not_object."""
    value = body.get(name)
    if not isinstance(value, str):
        raise StatementError("not_object", _("Er ontbreekt iets in dit bericht (%s).") % name)
    return value
