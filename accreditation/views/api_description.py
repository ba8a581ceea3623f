"""The OpenAPI document: just what exists."""

from typing import Any

from accreditation.enums import Level

PAGE_SIZE = 100

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}


def _object(properties: dict[str, Any], *, nullable: bool = False) -> dict[str, Any]:
    return {
        "type": ["object", "null"] if nullable else "object",
        "required": sorted(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _named(first: str) -> dict[str, Any]:
    return _object({first: _TEXT, "name": _TEXT}, nullable=True)


PLACE = _object(
    {
        "id": {"type": "string", "format": "uuid"},
        "name": _TEXT,
        "street": _MAYBE_TEXT,
        "postal_code": _MAYBE_TEXT,
        "municipality": _TEXT,
        "region": _named("slug"),
        "phone": _MAYBE_TEXT,
        "email": _MAYBE_TEXT,
        "website": _MAYBE_TEXT,
    }
)
RECOGNITION = _object(
    {
        "id": {"type": "string", "format": "uuid"},
        "name": _TEXT,
        "level": {"type": "string", "enum": list(Level.values)},
        "level_name": _TEXT,
        "status": {"type": "string", "const": "valid"},
        "valid_from": _DAY,
        "valid_until": _DAY,
        "profession": _named("key"),
        "region": _named("slug"),
        "organisation": _MAYBE_TEXT,
        "languages": {"type": "array", "items": _TEXT},
        "offer": _MAYBE_TEXT,
        "offers": {"type": "array", "items": _object({"key": _TEXT, "term": _TEXT, "plain": _TEXT})},
        "places": {"type": "array", "items": PLACE},
        "phone": _MAYBE_TEXT,
        "email": _MAYBE_TEXT,
        "verify_url": _MAYBE_TEXT,
        "updated_at": _MOMENT,
    }
)
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "parameter": _TEXT,
    },
}
_HERE = {"$ref": "#/components/schemas/Recognition"}


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def _list_operation() -> dict[str, Any]:
    page = _object({"recognitions": {"type": "array", "items": _HERE}, "next": _MAYBE_TEXT, "as_of": _MOMENT})
    matched = _object(
        {
            "match": {"type": "boolean"},
            "recognition": {"anyOf": [_HERE, {"type": "null"}]},
            "recognitions": {"type": "array", "items": _HERE},
            "as_of": _MOMENT,
        }
    )
    return {
        "summary": "Recognised professionals who want to be found, as of now",
        "description": f"At most {PAGE_SIZE} a page; follow `next`. With `match` (partners): one answer.",
        "operationId": "listRecognitions",
        "security": [{}, {"partner": []}],
        "parameters": [
            _parameter("level", "Only this level.", {"type": "string", "enum": list(Level.values)}),
            _parameter("region", "Slug of a reference region that the person shows.", _TEXT),
            _parameter("updated_since", "Only what changed since this day or moment (ISO 8601).", _TEXT),
            _parameter("page", "Number of the page.", {"type": "integer", "minimum": 1, "maximum": 100000}),
            _parameter(
                "match",
                "`riziv:<number>`, `kbo:<establishment unit>`, `sociale-kaart:<id>` or `code:<verification code>`; not "
                "together with other parameters; needs a token with the scope recognitions.match. `recognition` is "
                "filled when exactly one person fits.",
                _TEXT,
            ),
        ],
        "responses": {
            "200": _answer("A page, or the answer to `match`.", {"anyOf": [page, matched]}),
            "400": _problem("Unknown, repeated or unreadable parameter."),
            "401": _problem("`match` without a token."),
            "403": _problem("The token lacks the scope."),
            "429": _problem("Too many requests; see Retry-After."),
        },
    }


def describe_api(site_url: str) -> dict[str, Any]:
    """OpenAPI 3.1 of what is served under /api/v1/."""
    one = _object({"recognition": _HERE, "as_of": _MOMENT})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nestwerk: recognitions",
            "version": "1.0.0",
            "description": "Recognitions in parent infant mental health, worked out at the moment of asking: "
            "what is withdrawn, expired or no longer shared is gone at once. Changes over time: the event stream at "
            f"{site_url}/ldes/erkenningen.",
        },
        "servers": [{"url": site_url}],
        "paths": {
            "/api/v1/recognitions": {"get": _list_operation()},
            "/api/v1/recognitions/{id}": {
                "get": {
                    "summary": "One listed recognition, as of now",
                    "operationId": "getRecognition",
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": True,
                            "schema": {"type": "string", "format": "uuid"},
                        }
                    ],
                    "responses": {"200": _answer("Listed now.", one), "404": _problem("Not listed now.")},
                }
            },
            "/api/v1/openapi.json": {
                "get": {
                    "summary": "This document",
                    "operationId": "getDescription",
                    "responses": {"200": _answer("OpenAPI 3.1.", {"type": "object"})},
                }
            },
        },
        "components": {
            "schemas": {"Recognition": RECOGNITION, "Problem": PROBLEM},
            "securitySchemes": {"partner": {"type": "http", "scheme": "bearer"}},
        },
    }
