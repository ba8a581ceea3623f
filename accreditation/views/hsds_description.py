"""The OpenAPI document of the HSDS API: just what exists, in the fields that we fill."""

from typing import Any

from accreditation.domain.directory_search import LONGEST_QUESTION
from accreditation.views.api_description import PROBLEM

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_ID: Json = {"type": "string", "format": "uuid"}
_URI: Json = {"type": "string", "format": "uri"}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_YES_NO: Json = {"type": "boolean"}


def _object(required: str, optional: str = "", **properties: Json) -> Json:
    """Names in `required` and `optional` that have no schema of their own are texts."""
    names = (*required.split(), *optional.split())
    return {
        "type": "object",
        "required": required.split(),
        "properties": {name: properties.get(name, _ID if name == "id" else _TEXT) for name in names},
        "additionalProperties": False,
    }


def _many(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Json] = {
    "Problem": PROBLEM,
    "Taxonomy": _object("id name description uri", uri=_URI),
    "TaxonomyTerm": _object(
        "id code name description taxonomy taxonomy_detail language", taxonomy_detail=_ref("Taxonomy")
    ),
    "Attribute": _object(
        "id link_type link_entity link_id taxonomy_term_id taxonomy_term",
        "value",
        link_type={"type": "string", "enum": ["recognition", "offer"]},
        taxonomy_term=_ref("TaxonomyTerm"),
    ),
    "Phone": _object("id number type"),
    "Language": _object("id name code"),
    "ServiceArea": _object("id name"),
    "Address": _object("id address_1 city state_province postal_code country address_type"),
    "Location": _object(
        "id location_type name description", "url addresses", url=_URI, addresses=_many("Address")
    ),
    "ServiceAtLocation": _object(
        "id phones location",
        "service",
        phones=_many("Phone"),
        location=_ref("Location"),
        service=_ref("Service"),
    ),
    "Organization": _object("id name description", "services", services=_many("Service")),
    "Service": _object(
        "id name description status accreditations assured_date assurer_email last_modified organization",
        "url email phones languages service_areas attributes service_at_locations",
        status={"type": "string", "const": "active"},
        assured_date={"type": "string", "format": "date"},
        last_modified={"type": "string", "format": "date-time"},
        url=_URI,
        organization=_ref("Organization"),
        phones=_many("Phone"),
        languages=_many("Language"),
        service_areas=_many("ServiceArea"),
        attributes=_many("Attribute"),
        service_at_locations=_many("ServiceAtLocation"),
    ),
    "ServiceStub": _object("id modified_date", modified_date={"type": "string", "format": "date-time"}),
    "About": _object("version profile openapi_url description", profile=_URI, openapi_url=_URI),
}
PARAMETERS: dict[str, tuple[str, Json]] = {
    "page": ("Number of the page.", {"type": "integer", "minimum": 1, "maximum": 100000}),
    "per_page": ("Rows on a page.", {"type": "integer", "minimum": 1, "maximum": 200}),
    "format": ("Only json.", {"type": "string", "enum": ["json"]}),
    "search": (
        "In one's own words; Dutch word stems, and words that mean the same.",
        {"type": "string", "maxLength": LONGEST_QUESTION},
    ),
    "taxonomy_term_id": ("Only services with this term.", _ID),
    "taxonomy_id": ("Only services with a term of this taxonomy.", _ID),
    "organization_id": ("Only services of this organisation.", _ID),
    "modified_after": ("Only what changed since this day or moment (ISO 8601).", _TEXT),
    "minimal": ("Only id and modified_date.", _YES_NO),
    "full": ("With everything around it.", _YES_NO),
    "full_service": ("Accepted; services stand in the answer about one organisation.", _YES_NO),
    "top_only": ("Accepted; no term has a parent.", _YES_NO),
    "parent_id": ("No term has a parent: finds nothing.", _TEXT),
}
_PAGING = "page per_page format"
_FILTERS = f"search taxonomy_term_id taxonomy_id organization_id modified_after full {_PAGING}"
#: Address, words, what stands in a page, and its parameters.
LISTS: tuple[tuple[str, str, str, str], ...] = (
    ("services", "Listed services", "Service", f"minimal {_FILTERS}"),
    (
        "organizations",
        "Organisations with listed services",
        "Organization",
        f"search full full_service taxonomy_term_id taxonomy_id {_PAGING}",
    ),
    ("service_at_locations", "Services at places", "ServiceAtLocation", _FILTERS),
    ("taxonomies", "Vocabularies", "Taxonomy", f"search {_PAGING}"),
    ("taxonomy_terms", "Terms", "TaxonomyTerm", f"search taxonomy_id top_only parent_id {_PAGING}"),
)


def describe_hsds(site_url: str) -> Json:
    """OpenAPI 3.1 of what is served under /hsds/."""
    paths: Json = {
        "/hsds/": {"get": _operation("What this API is", "getAbout", _ref("About"), "")},
        "/hsds/openapi.json": {
            "get": _operation("This document", "getOpenApi", {"type": "object"}, "", refuses=False)
        },
    }
    for path, words, name, parameters in LISTS:
        content = _ref(name)
        if name == "Service":
            content = {"anyOf": [content, _ref("ServiceStub")]}
        paths[f"/hsds/{path}"] = {"get": _operation(words, f"list_{path}", _page(content), parameters)}
        one = _operation(f"{words}: one of them", f"get_{path}", _ref(name), "format")
        one["parameters"].append({"name": "id", "in": "path", "required": True, "schema": _ID})
        one["responses"]["404"] = _problem("Not in the list now.")
        paths[f"/hsds/{path}/{{id}}"] = {"get": one}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nestwerk: HSDS 3.0",
            "version": "3.0.0",
            "description": "Recognised professionals who want to be found, as Open Referral HSDS 3.0, as of now.",
        },
        "servers": [{"url": site_url}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _page(items: Json) -> Json:
    return {
        "type": "object",
        "required": ["total_items", "total_pages", "page_number", "size", "empty", "contents"],
        "properties": {
            "total_items": _NUMBER,
            "total_pages": _NUMBER,
            "page_number": _NUMBER,
            "size": _NUMBER,
            "first_page": _YES_NO,
            "last_page": _YES_NO,
            "empty": _YES_NO,
            "contents": {"type": "array", "items": items},
        },
        "additionalProperties": False,
    }


def _operation(words: str, name: str, schema: Json, parameters: str, *, refuses: bool = True) -> Json:
    responses: Json = {
        "200": {"description": words, "content": {"application/json": {"schema": schema}}},
        "429": _problem("Too many requests; see Retry-After."),
    }
    if refuses:
        responses["400"] = _problem("Unknown, repeated or unreadable parameter.")
    return {
        "summary": words,
        "operationId": name,
        "parameters": [
            {
                "name": each,
                "in": "query",
                "required": False,
                "description": PARAMETERS[each][0],
                "schema": PARAMETERS[each][1],
            }
            for each in parameters.split()
        ],
        "responses": responses,
    }


def _problem(description: str) -> Json:
    return {"description": description, "content": {"application/problem+json": {"schema": _ref("Problem")}}}
