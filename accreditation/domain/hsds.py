"""Listings as Open Referral HSDS 3.0: a service for each listed recognition, with the recognition as attribute."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from accreditation.domain.directory_search import found_people
from accreditation.domain.listing_description import PublicListing, PublicPlace, described
from accreditation.domain.offer_words import OfferWord, offer_words
from accreditation.domain.public_listing import listed_recognitions
from accreditation.enums import Level
from accreditation.models import Recognition
from people.api import language_name

Json = dict[str, Any]
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:nestwerk:hsds")


def made_id(*parts: str) -> str:
    """A UUID that is the same every time for the same thing."""
    return str(uuid.uuid5(_SPACE, ":".join(parts)))


LEVELS_ID = made_id("taxonomy", "levels")
OFFERS_ID = made_id("taxonomy", "offers")
TAXONOMY_IDS = (LEVELS_ID, OFFERS_ID)


@dataclass(frozen=True)
class Entry:
    """What decides whether a service is in a list; the rest is read for one page only."""

    id: str
    pk: int
    person_id: int
    organization_id: str
    organization_name: str
    terms: frozenset[str]
    changed_at: datetime


def level_term_id(level: str) -> str:
    """Id of the term of a level."""
    return made_id("level", level)


def offer_term_id(key: str) -> str:
    """Id of the term of an offer."""
    return made_id("offer", key)


def entries(
    *,
    search: str = "",
    organization_id: str = "",
    term_id: str = "",
    taxonomy_id: str = "",
    modified_after: datetime | None = None,
) -> list[Entry]:
    """The listed services that fit, by family name. Two queries, three with `search`."""
    rows = [_entry(*row) for row in _columns()]
    if search:
        people = found_people(search) or {}
        rows = [row for row in rows if row.person_id in people]
    if organization_id:
        rows = [row for row in rows if row.organization_id == organization_id]
    if term_id:
        rows = [row for row in rows if term_id in row.terms]
    if taxonomy_id:
        terms = {term["id"] for term in taxonomy_terms() if term["taxonomy_detail"]["id"] == taxonomy_id}
        rows = [row for row in rows if terms & row.terms]
    if modified_after:
        rows = [row for row in rows if row.changed_at >= modified_after]
    return rows


def listings_of(found: Iterable[Entry]) -> list[PublicListing]:
    """The listings of these entries, in the same order. Two queries."""
    keys = [one.pk for one in found]
    by_pk = {one.recognition_id: one for one in described(Recognition.objects.filter(pk__in=keys))}
    return [by_pk[key] for key in keys if key in by_pk]


def service(listing: PublicListing, *, full: bool) -> Json:
    """One service. Without `full` only what stands once, as HSDS asks of lists."""
    body: Json = {
        "id": listing.id,
        "name": listing.name,
        "description": _description(listing),
        "url": listing.verify_url,
        "email": listing.email,
        "status": "active",
        "accreditations": f"{listing.level_name}, erkend tot en met {listing.valid_until.isoformat()}",
        "assured_date": listing.valid_from.isoformat(),
        "assurer_email": settings.CONTACT_EMAIL,
        "last_modified": _moment(listing),
        "organization": organization(listing),
    }
    if full:
        body |= {
            "phones": _phones(listing.id, listing.phone),
            "languages": [
                {"id": made_id("language", listing.id, code), "name": language_name(code), "code": code}
                for code in listing.languages
            ],
            "service_areas": _areas(listing),
            "attributes": _attributes(listing),
            "service_at_locations": [service_at_location(listing, place) for place in listing.places],
        }
    return {name: value for name, value in body.items() if value != ""}


def service_at_location(listing: PublicListing, place: PublicPlace, *, with_service: bool = False) -> Json:
    """One service at one place."""
    body: Json = {
        "id": made_id("at", listing.id, place.id),
        "phones": _phones(place.id, place.phone),
        "location": _location(place),
    }
    return body | ({"service": service(listing, full=False)} if with_service else {})


def organization(listing: PublicListing) -> Json:
    """The employer where it is shown, else the professional's own practice."""
    if listing.organisation:
        return {
            "id": organization_id(listing.organisation, listing.id),
            "name": listing.organisation,
            "description": "Organisatie waar een erkende zorgverlener werkt.",
        }
    return {
        "id": organization_id("", listing.id),
        "name": listing.name,
        "description": "Erkende zorgverlener.",
    }


def organization_id(employer: str, listing_id: str) -> str:
    """The same employer has the same id; somebody without one counts as a practice of their own."""
    return made_id("employer", employer) if employer else made_id("practice", listing_id)


def taxonomies() -> list[Json]:
    """The two vocabularies."""
    return [
        {
            "id": LEVELS_ID,
            "name": "Niveaus van erkenning",
            "description": "De twee niveaus van erkenning in perinatale mentale gezondheid.",
            "uri": f"{settings.SITE_URL}/ldes/erkenningen/termen",
        },
        {
            "id": OFFERS_ID,
            "name": "Aanbod",
            "description": "Waarmee erkende zorgverleners gezinnen helpen, met een vakwoord en een woord van ouders.",
            "uri": f"{settings.SITE_URL}/hsds/taxonomies/{OFFERS_ID}",
        },
    ]


def taxonomy_terms() -> list[Json]:
    """Every term: the word of the field as name, the word of parents as description."""
    levels, offers = taxonomies()
    return [
        *(
            _term(level_term_id(level.value), level.value, str(level.label), str(level.label), levels)
            for level in Level
        ),
        *(_offer_term(word, offers) for word in offer_words()),
    ]


def _columns() -> Iterable[tuple[Any, ...]]:
    rows = listed_recognitions().order_by("person__last_name", "person__first_name", "pk")
    return rows.values_list(
        "pk",
        "person_id",
        "level",
        "listing__public_id",
        "listing__changed_at",
        "person__profile__public_employer",
        "person__profile__employer__name",
        "person__first_name",
        "person__last_name",
        "person__listing_card__offers",
    )


def _entry(
    pk: int,
    person_id: int,
    level: str,
    public_id: uuid.UUID,
    changed_at: datetime,
    shows_employer: bool,
    employer: str | None,
    first_name: str,
    last_name: str,
    offers: list[str] | None,
) -> Entry:
    shown = employer if shows_employer and employer else ""
    known = {word.key for word in offer_words()}
    terms = {level_term_id(level), *(offer_term_id(key) for key in offers or () if key in known)}
    return Entry(
        id=str(public_id),
        pk=pk,
        person_id=person_id,
        organization_id=organization_id(shown, str(public_id)),
        organization_name=shown or f"{first_name} {last_name}".strip(),
        terms=frozenset(terms),
        changed_at=changed_at,
    )


def _description(listing: PublicListing) -> str:
    parts = [listing.profession, listing.level_name, listing.offer, *(one.plain for one in listing.offers)]
    return ". ".join(part for part in parts if part)


def _moment(listing: PublicListing) -> str:
    return listing.changed_at.isoformat() if listing.changed_at else ""


def _phones(owner: str, number: str) -> list[Json]:
    return [{"id": made_id("phone", owner), "number": number, "type": "voice"}] if number else []


def _areas(listing: PublicListing) -> list[Json]:
    names = dict.fromkeys(
        name for name in (listing.region, *(each.region for each in listing.places)) if name
    )
    return [{"id": made_id("area", listing.id, name), "name": name} for name in names]


def _attributes(listing: PublicListing) -> list[Json]:
    """The recognition first: its level, and until when as `value`."""
    levels, offers = taxonomies()
    level = level_term_id(listing.level)
    return [
        {
            "id": made_id("attribute", listing.id, level),
            "link_type": "recognition",
            "link_entity": "service",
            "link_id": listing.id,
            "taxonomy_term_id": level,
            "value": listing.valid_until.isoformat(),
            "taxonomy_term": _term(level, listing.level, listing.level_name, listing.level_name, levels),
        },
        *(
            {
                "id": made_id("attribute", listing.id, word.key),
                "link_type": "offer",
                "link_entity": "service",
                "link_id": listing.id,
                "taxonomy_term_id": offer_term_id(word.key),
                "taxonomy_term": _offer_term(word, offers),
            }
            for word in listing.offers
        ),
    ]


def _offer_term(word: OfferWord, taxonomy: Json) -> Json:
    return _term(offer_term_id(word.key), word.key, word.term, word.plain, taxonomy)


def _term(term_id: str, code: str, name: str, description: str, taxonomy: Json) -> Json:
    return {
        "id": term_id,
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": taxonomy["name"],
        "taxonomy_detail": taxonomy,
        "language": "nl",
    }


def _location(place: PublicPlace) -> Json:
    body: Json = {
        "id": place.id,
        "location_type": "physical",
        "name": place.name,
        "description": f"{place.postal_code} {place.municipality}, {place.region}".strip(),
    }
    if place.website:
        body["url"] = place.website
    if place.street:
        body["addresses"] = [
            {
                "id": made_id("address", place.id),
                "address_1": place.street,
                "city": place.municipality,
                "state_province": place.region,
                "postal_code": place.postal_code,
                "country": "BE",
                "address_type": "physical",
            }
        ]
    return body
