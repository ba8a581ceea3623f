"""JSON out of a stranger's package: bounded in depth and size, finite numbers only, byte order mark allowed."""

import json
import math
from typing import Any

from django.utils.translation import gettext as _

from media.domain.packages.limits import MAX_JSON_DEPTH, MAX_NUMBER_DIGITS
from media.exceptions import PackageRefusedError


def parse_json(data: bytes, *, name: str) -> Any:
    """Parse `data`; `name` is the file's path, for the message.

    Raises PackageRefusedError: json_encoding, json_too_deep, json_number, json_invalid.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackageRefusedError(
            "json_encoding",
            _("Het bestand “%s” is geen UTF-8-tekst. Bewaar het pakket opnieuw in je auteursprogramma.")
            % name,
        ) from error
    if nesting_depth(text) > MAX_JSON_DEPTH:
        raise PackageRefusedError(
            "json_too_deep",
            _("Het bestand “%s” is dieper genest dan een echt pakket ooit is. Maak het pakket opnieuw.")
            % name,
        )

    def refuse(_literal: str) -> Any:
        raise PackageRefusedError(
            "json_number",
            _("In “%s” staat een getal dat geen gewoon getal is. Maak het pakket opnieuw.") % name,
        )

    def read_int(literal: str) -> int:
        return int(literal) if len(literal) <= MAX_NUMBER_DIGITS else refuse(literal)

    def read_float(literal: str) -> float:
        value = float(literal) if len(literal) <= MAX_NUMBER_DIGITS else refuse(literal)
        return value if math.isfinite(value) else refuse(literal)

    try:
        return json.loads(text, parse_constant=refuse, parse_int=read_int, parse_float=read_float)
    except (ValueError, RecursionError) as error:
        raise PackageRefusedError(
            "json_invalid",
            _("Het bestand “%s” is geen leesbare JSON. Bewaar het pakket opnieuw in je auteursprogramma.")
            % name,
        ) from error


def nesting_depth(text: str) -> int:
    """Deepest nesting of objects and lists, counted without recursion; brackets inside strings do not count."""
    depth = deepest = 0
    in_string = escaped = False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "}]":
            depth -= 1
    return deepest
