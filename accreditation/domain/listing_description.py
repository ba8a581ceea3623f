"""A listing in the words that the public may see: only what the person chose to show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from accreditation.domain.certificate_paper import verify_url
from accreditation.domain.offer_words import OfferWord, offers_by_key
from accreditation.enums import Level
from accreditation.models import Certificate, PracticePlace, Recognition
from accreditation.models.recognition import RecognitionQuerySet


@dataclass(frozen=True)
class PublicPlace:
    """A place where somebody practises. Empty text: not shown."""

    id: str
    name: str
    street: str
    postal_code: str
    municipality: str
    region: str
    region_slug: str
    phone: str
    email: str
    website: str


@dataclass(frozen=True)
class PublicListing:
    """What the person agreed to show of one recognition. Empty text or tuple: not shown.

    `id` and `changed_at` belong to the lists of others: empty and None where the person is on our page only.
    """

    id: str
    name: str
    level: str
    level_name: str
    valid_from: date
    valid_until: date
    profession: str
    profession_key: str
    region: str
    region_slug: str
    organisation: str
    languages: tuple[str, ...]
    offer: str
    offers: tuple[OfferWord, ...]
    places: tuple[PublicPlace, ...]
    phone: str
    email: str
    verify_url: str
    changed_at: datetime | None
    person_id: int = 0
    recognition_id: int = 0


PlacesByPerson = Mapping[int, Sequence[PracticePlace]]


def described(
    rows: RecognitionQuerySet, *, places: PlacesByPerson | None = None
) -> tuple[PublicListing, ...]:
    """Put recognitions in the words that the public may see. Two queries, one where the places are known already."""
    standing = Certificate.objects.newest_versions().filter(
        entitlement_key=Concat(Value("recognition:"), Cast(OuterRef("pk"), CharField())), revoked_at=None
    )
    loaded = list(
        rows.select_related(
            "listing",
            "person__listing_card",
            "person__profile__profession",
            "person__profile__region",
            "person__profile__employer",
        ).annotate(verify_code=Subquery(standing.order_by().values("code")[:1]))
    )
    if places is None:
        places = listed_places([row.person_id for row in loaded])
    return tuple(
        _describe(row, getattr(row, "verify_code", "") or "", places.get(row.person_id, ())) for row in loaded
    )


def listed_places(person_ids: Collection[int] | None = None) -> dict[int, list[PracticePlace]]:
    """Places that people show, by person; of everybody without `person_ids`. One query."""
    rows = PracticePlace.objects.filter(is_listed=True).select_related("region")
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    found: dict[int, list[PracticePlace]] = {}
    for place in rows:
        found.setdefault(place.person_id, []).append(place)
    return found


def shown_parts(recognition: Recognition) -> list[object]:
    """Everything that the public sees of a listed person, to notice that something changed. One query."""
    person = recognition.person
    profile = person.profile
    parts: list[object] = [person.full_name, profile.profession_id, profile.offer, _offer_keys(recognition)]
    parts += [profile.public_region and profile.region_id, profile.public_languages and profile.languages]
    parts += [profile.public_employer and profile.employer_id]
    parts += [profile.public_contact and (profile.phone, profile.public_email)]
    places = PracticePlace.objects.filter(person=person, is_listed=True).select_related("region")
    return parts + [(_place(place), place.kbo_unit, place.sociale_kaart_id) for place in places]


def _offer_keys(row: Recognition) -> list[str]:
    try:
        return list(row.person.listing_card.offers)
    except ObjectDoesNotExist:
        return []


def _place(place: PracticePlace) -> PublicPlace:
    return PublicPlace(
        id=str(place.public_id),
        name=place.name,
        street=place.street if place.show_address else "",
        postal_code=place.postal_code,
        municipality=place.municipality,
        region=place.region.name,
        region_slug=place.region.slug,
        phone=place.phone if place.show_contact else "",
        email=place.email if place.show_contact else "",
        website=place.website if place.show_contact else "",
    )


def _describe(row: Recognition, code: str, places: Sequence[PracticePlace]) -> PublicListing:
    person, profile = row.person, row.person.profile
    region = profile.region if profile.public_region else None
    employer = profile.employer if profile.public_employer else None
    listing = getattr(row, "listing", None)
    return PublicListing(
        id=str(listing.public_id) if listing else "",
        name=person.full_name,
        level=row.level,
        level_name=str(Level(row.level).label),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        profession=profile.profession.name if profile.profession else "",
        profession_key=profile.profession.key if profile.profession else "",
        region=region.name if region else "",
        region_slug=region.slug if region else "",
        organisation=employer.name if employer else "",
        languages=tuple(profile.languages or ()) if profile.public_languages else (),
        offer=profile.offer,
        offers=offers_by_key(_offer_keys(row)),
        places=tuple(_place(place) for place in places),
        phone=profile.phone if profile.public_contact else "",
        email=profile.public_email if profile.public_contact else "",
        verify_url=verify_url(code) if code else "",
        changed_at=listing.changed_at if listing else None,
        person_id=person.pk,
        recognition_id=row.pk,
    )
