"""Form check of a statement that a browser reports. Pure: no database, no clock, no settings.

The statement stays a *claim*: this module says that it has a form we can keep, never that it is true.
"""

import json
import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from media.exceptions import StatementError

MAX_STATEMENT_BYTES = 64 * 1024
MAX_DEPTH = 9
MAX_NODES = 2_000
MAX_TEXT = 20_000
#: A browser's clock may run ahead this much before a statement counts as coming from the future.
CLOCK_SLACK = timedelta(minutes=5)
#: A queue in a browser without network may hand in statements this old; older ones are refused.
MAX_AGE = timedelta(days=30)
#: No activity that we know scores higher; a larger number is a mistake or an attack.
MAX_SCORE = 1_000_000.0

_LANGUAGE_TAG = re.compile(r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")
_ISO_DURATION = re.compile(
    r"^P(?!$)(\d+(?:\.\d+)?Y)?(\d+(?:\.\d+)?M)?(\d+(?:\.\d+)?W)?(\d+(?:\.\d+)?D)?"
    r"(T(?=\d)(\d+(?:\.\d+)?H)?(\d+(?:\.\d+)?M)?(\d+(?:\.\d+)?S)?)?$"
)


@dataclass(frozen=True, slots=True)
class Score:
    """A score as reported, with `scaled` recomputed by us (0.0 to 1.0) or None where it cannot be computed."""

    raw: float | None
    min: float
    max: float | None
    scaled: float | None


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A statement whose form is right.

    `id` is None when the browser gave none; `timestamp` is None then too, and the receiver sets both.
    `object_id` is the activity IRI; `is_root` says that it is the launched activity itself and no part of it.
    `payload` is the statement without actor, authority, stored and version: those are set by the server.
    """

    id: uuid.UUID | None
    verb: str
    object_id: str
    is_root: bool
    score: Score | None
    success: bool | None
    completion: bool | None
    response: str
    duration: str
    timestamp: datetime | None
    payload: dict[str, Any]

    @property
    def verb_name(self) -> str:
        """Last part of the verb's IRI, e.g. "completed"."""
        return self.verb.rstrip("/").rsplit("/", 1)[-1]


def validate_statement(
    raw: bytes | str | Mapping[str, Any], *, activity: str, received_at: datetime, only_own: bool = True
) -> CheckedStatement:
    """Check one statement against form, size and bounds.

    `raw` is the JSON as received, or the parsed object; `activity` the root IRI of the launch; `received_at` an
    aware datetime. Unless `only_own`, the statement may be about another activity (a cmi5 unit may name its parts as
    it likes). Raises StatementError with codes: too_large, not_json, not_object, too_deep, too_many_parts,
    text_too_long, number_not_finite, verb_missing, verb_unusable, object_missing, object_foreign, id_unusable,
    timestamp_unusable, timestamp_future, timestamp_old, result_unusable, score_unusable, score_out_of_bounds,
    duration_unusable.
    """
    statement = _parse(raw)
    _check_shape(statement)
    object_id = _object_id(statement)
    if only_own and not belongs_to(object_id, activity):
        raise StatementError(
            "object_foreign", _("Dit resultaat hoort bij een andere activiteit dan de gestarte.")
        )
    result = _mapping(statement.get("result"), "result_unusable")
    response = result.get("response", "")
    if not isinstance(response, str):
        raise StatementError("result_unusable", _("Het antwoord in dit resultaat is geen tekst."))
    return CheckedStatement(
        id=_statement_id(statement.get("id")),
        verb=_verb(statement),
        object_id=object_id,
        is_root=object_id == activity,
        score=read_score(result.get("score")),
        success=_flag(result, "success"),
        completion=_flag(result, "completion"),
        response=response,
        duration=_duration(result.get("duration")),
        timestamp=_timestamp(statement.get("timestamp"), received_at),
        payload={k: v for k, v in statement.items() if k not in {"actor", "authority", "stored", "version"}},
    )


def belongs_to(object_id: str, activity: str) -> bool:
    """True for the activity itself and for its parts (`activity?subContentId=...`)."""
    return object_id == activity or object_id.startswith(activity + "?subContentId=")


def read_score(value: object) -> Score | None:
    """Read `result.score` and recompute `scaled` from raw, min and max.

    A reported `scaled` is only believed where raw or max is absent. A max of 0 gives no scaled score (H5P content
    without questions reports 0 of 0). Raises StatementError for numbers that are no numbers or contradict each other.
    """
    if value is None:
        return None
    score = _mapping(value, "score_unusable")
    raw = _number(score.get("raw"))
    maximum = _number(score.get("max"))
    minimum = _number(score.get("min")) or 0.0
    reported = _number(score.get("scaled"))
    if maximum is not None and (maximum < minimum or (raw is not None and not minimum <= raw <= maximum)):
        raise StatementError(
            "score_out_of_bounds", _("De score ligt buiten de grenzen die de activiteit zelf opgeeft.")
        )
    if reported is not None and not -1.0 <= reported <= 1.0:
        raise StatementError("score_out_of_bounds", _("Een geschaalde score ligt tussen -1 en 1."))
    if raw is not None and maximum is not None:
        span = maximum - minimum
        return Score(raw, minimum, maximum, round((raw - minimum) / span, 4) if span > 0 else None)
    return Score(raw, minimum, maximum, max(reported, 0.0) if reported is not None else None)


def _parse(raw: bytes | str | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(raw, Mapping):
        try:
            raw = json.dumps(raw, allow_nan=False)
        except (ValueError, TypeError, RecursionError) as error:
            raise StatementError(
                "not_json", _("Dit resultaat bevat iets dat geen geldige JSON is.")
            ) from error
    data = raw.encode() if isinstance(raw, str) else raw
    if len(data) > MAX_STATEMENT_BYTES:
        raise StatementError("too_large", _("Dit resultaat is te groot (meer dan 64 kB)."))
    try:
        parsed = json.loads(data, parse_constant=_refuse_constant)
    except StatementError:
        raise
    except (ValueError, RecursionError) as error:
        raise StatementError("not_json", _("Dit resultaat is geen leesbare JSON.")) from error
    if not isinstance(parsed, dict):
        raise StatementError("not_object", _("Een resultaat is één JSON-object."))
    return parsed


def _refuse_constant(name: str) -> float:
    raise StatementError(
        "number_not_finite", _("Dit resultaat bevat een getal dat geen getal is (%s).") % name
    )


def _check_shape(statement: dict[str, Any]) -> None:
    """Depth, number of parts, text length and finite numbers, without recursion."""
    queue: list[tuple[object, int]] = [(statement, 1)]
    seen = 0
    while queue:
        node, depth = queue.pop()
        seen += 1
        if seen > MAX_NODES:
            raise StatementError("too_many_parts", _("Dit resultaat bestaat uit te veel onderdelen."))
        if isinstance(node, (dict, list)):
            if depth > MAX_DEPTH:
                raise StatementError("too_deep", _("Dit resultaat is te diep genest."))
            children = node.values() if isinstance(node, dict) else node
            queue.extend((child, depth + 1) for child in children)
            if isinstance(node, dict) and any(len(key) > 1_000 for key in node):
                raise StatementError("text_too_long", _("Een naam in dit resultaat is te lang."))
        elif isinstance(node, str) and len(node) > MAX_TEXT:
            raise StatementError("text_too_long", _("Een tekst in dit resultaat is te lang."))
        elif isinstance(node, float) and not math.isfinite(node):
            raise StatementError("number_not_finite", _("Dit resultaat bevat een getal dat geen getal is."))


def _mapping(value: object, code: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise StatementError(code, _("Een onderdeel van dit resultaat heeft niet de afgesproken vorm."))
    return value


def _verb(statement: dict[str, Any]) -> str:
    verb = statement.get("verb")
    if not isinstance(verb, dict) or "id" not in verb:
        raise StatementError("verb_missing", _("In dit resultaat staat niet wat er gebeurde (verb)."))
    return _iri(verb["id"], "verb_unusable")


def _object_id(statement: dict[str, Any]) -> str:
    target = statement.get("object")
    if not isinstance(target, dict) or "id" not in target:
        raise StatementError(
            "object_missing", _("In dit resultaat staat niet over welke activiteit het gaat.")
        )
    return _iri(target["id"], "object_missing")


def _iri(value: object, code: str) -> str:
    if isinstance(value, str) and 0 < len(value) <= 1_000:
        try:
            scheme = urlsplit(value).scheme
        except ValueError:
            scheme = ""
        if scheme and not re.search(r"[\s<>\"\x00-\x1f]", value):
            return value
    raise StatementError(code, _("Een adres in dit resultaat is niet bruikbaar."))


def _statement_id(value: object) -> uuid.UUID | None:
    if value is None:
        return None
    try:
        if not isinstance(value, str):
            raise ValueError
        return uuid.UUID(value)
    except ValueError as error:
        raise StatementError("id_unusable", _("Het nummer van dit resultaat is geen UUID.")) from error


def _timestamp(value: object, received_at: datetime) -> datetime | None:
    if value is None:
        return None
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise StatementError("timestamp_unusable", _("Het tijdstip van dit resultaat is niet leesbaar."))
    if moment > received_at + CLOCK_SLACK:
        raise StatementError(
            "timestamp_future", _("Dit resultaat komt uit de toekomst. Staat de klok van je toestel juist?")
        )
    if moment < received_at - MAX_AGE:
        raise StatementError(
            "timestamp_old", _("Dit resultaat is ouder dan dertig dagen en telt niet meer mee.")
        )
    return moment


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise StatementError("score_unusable", _("De score is geen getal."))
    if isinstance(value, float) and not math.isfinite(value):
        raise StatementError("number_not_finite", _("De score is geen getal."))
    if abs(value) > MAX_SCORE:
        raise StatementError("score_out_of_bounds", _("De score is onwaarschijnlijk groot."))
    return float(value)


def _flag(result: dict[str, Any], name: str) -> bool | None:
    value = result.get(name)
    if value is None or isinstance(value, bool):
        return value
    raise StatementError("result_unusable", _("Een ja/nee-veld in dit resultaat is geen ja of nee."))


def _duration(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and len(value) <= 60 and _ISO_DURATION.match(value):
        return value
    raise StatementError("duration_unusable", _("De duur in dit resultaat is niet leesbaar."))
