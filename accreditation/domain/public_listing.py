"""Who is recognised and wants to be found, right now: worked out from consent and dates at read time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accreditation.domain.codes import read_code
from accreditation.domain.feed import riziv_digest
from accreditation.domain.listing_description import PublicListing, described
from accreditation.domain.match_keys import MatchKeyError, read_kbo_unit, read_sociale_kaart_id
from accreditation.domain.queries.listed import (
    holding_recognitions,
    listable_recognitions,
    shown_recognitions,
)
from accreditation.enums import CertificateKind
from accreditation.exceptions import PublicQueryError
from accreditation.models import Certificate, PracticePlace
from accreditation.models.recognition import RecognitionQuerySet

#: How many answers to one question a partner gets; a building may hold many.
MOST_MATCHES = 50


@dataclass(frozen=True)
class PublicNumbers:
    """Figures for the home page.

    People recognised today (each once), how many of them are listed, in how many regions, and certificates that stand.
    """

    recognised: int
    listed: int
    regions: int
    certificates: int


@dataclass(frozen=True)
class FilterOption:
    """One choice of a filter on the public list."""

    value: str
    label: str


@dataclass(frozen=True)
class ListingFilters:
    """Choices that find somebody: only regions and professions of people who are listed."""

    regions: tuple[FilterOption, ...]
    professions: tuple[FilterOption, ...]


def listed_recognitions(*, day: date | None = None) -> RecognitionQuerySet:
    """What others may list: recognitions that hold today, with consent for it, and that the stream announced."""
    return listable_recognitions(day or timezone.localdate()).filter(listing__is_announced=True)


def page_recognitions(*, day: date | None = None) -> RecognitionQuerySet:
    """What our own page shows: recognitions that hold today of people who want to be found there."""
    return shown_recognitions(day or timezone.localdate())


def public_listings(
    *, region: str | None = None, profession: str | None = None, language: str | None = None
) -> tuple[PublicListing, ...]:
    """What our own page shows, by family name; `region` and `profession` are slug and key. Three queries."""
    rows = filtered(page_recognitions(), region=region, profession=profession, language=language)
    return described(by_name(rows))


def partner_listings(
    *,
    region: str | None = None,
    level: str | None = None,
    updated_since: datetime | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[PublicListing, ...]:
    """What the lists of others may show, by family name. Three queries, however long."""
    rows = filtered(listed_recognitions(), region=region, level=level)
    if updated_since:
        rows = rows.filter(listing__changed_at__gte=updated_since)
    return described(by_name(rows)[offset : None if limit is None else offset + limit])


def by_name(rows: RecognitionQuerySet) -> RecognitionQuerySet:
    """The order of people's lists."""
    return rows.order_by("person__last_name", "person__first_name", "id")


def filtered(
    rows: RecognitionQuerySet,
    *,
    region: str | None = None,
    profession: str | None = None,
    level: str | None = None,
    language: str | None = None,
) -> RecognitionQuerySet:
    """The rows that fit. Looks only at what the person shows: nobody is found by what they keep to themselves."""
    if region:
        there = PracticePlace.objects.filter(
            person_id=OuterRef("person_id"), is_listed=True, region__slug=region
        )
        rows = rows.filter(
            Q(person__profile__public_region=True, person__profile__region__slug=region) | Exists(there)
        )
    if profession:
        rows = rows.filter(person__profile__profession__key=profession)
    if level:
        rows = rows.filter(level=level)
    if language:
        fitting = [
            key
            for key, spoken in rows.filter(person__profile__public_languages=True).values_list(
                "pk", "person__profile__languages"
            )
            if language in (spoken or [])
        ]
        rows = rows.filter(pk__in=fitting)
    return rows


def match(question: str) -> tuple[PublicListing, ...]:
    """Who fits one question: `riziv:`, `code:`, `kbo:` or `sociale-kaart:` with a value; at most MOST_MATCHES.

    One for each person: somebody recognised at both levels answers with the deeper one. Raises PublicQueryError for a
    question of another form.
    """
    rows = _asked_rows(question)
    found: dict[int, PublicListing] = {}
    # "specialised" sorts after "basic".
    for listing in described(rows.order_by("-level", "-valid_until", "pk")[: 2 * MOST_MATCHES]):
        found.setdefault(listing.person_id, listing)
    return tuple(found.values())[:MOST_MATCHES]


def _asked_rows(question: str) -> RecognitionQuerySet:
    kind, _separator, value = question.partition(":")
    value = value.strip()
    rows = listed_recognitions()
    places = PracticePlace.objects.filter(person_id=OuterRef("person_id"), is_listed=True)
    try:
        if kind == "riziv" and riziv_digest(value):
            return rows.filter(listing__riziv_digest=riziv_digest(value))
        if kind == "kbo" and (unit := read_kbo_unit(value)):
            return rows.filter(Exists(places.filter(kbo_unit=unit)))
        if kind == "sociale-kaart" and (key := read_sociale_kaart_id(value)):
            return rows.filter(Exists(places.filter(sociale_kaart_id=key)))
    except MatchKeyError as error:
        raise PublicQueryError("this key cannot be right; look at its digits", field="match") from error
    if kind == "code" and (code := read_code(value)):
        papers = Certificate.objects.filter(code=code, kind=CertificateKind.RECOGNITION, revoked_at=None)
        text = papers.values_list("entitlement_key", flat=True).first() or ""
        return rows.filter(pk=int(text.removeprefix("recognition:") or 0))
    raise PublicQueryError(
        "match must be riziv:<number>, kbo:<unit number>, sociale-kaart:<id> or code:<verification code>",
        field="match",
    )


def public_numbers() -> PublicNumbers:
    """Figures for everybody. Five queries."""
    today = timezone.localdate()
    recognised = holding_recognitions(today).aggregate(people=Count("person", distinct=True))
    listed = page_recognitions(day=today).aggregate(
        people=Count("person", distinct=True),
        regions=Count(
            "person__profile__region", distinct=True, filter=Q(person__profile__public_region=True)
        ),
    )
    return PublicNumbers(
        recognised=recognised["people"],
        listed=listed["people"],
        regions=listed["regions"],
        certificates=Certificate.objects.newest_versions().filter(revoked_at=None).count(),
    )


def listing_filters() -> ListingFilters:
    """What the public list can be narrowed to. Four queries."""
    rows = page_recognitions().order_by()
    regions = rows.filter(person__profile__public_region=True, person__profile__region__isnull=False)
    professions = rows.filter(person__profile__profession__isnull=False)
    return ListingFilters(
        regions=_options(regions, "person__profile__region__slug", "person__profile__region__name"),
        professions=_options(
            professions, "person__profile__profession__key", "person__profile__profession__name"
        ),
    )


def _options(rows: RecognitionQuerySet, value: str, label: str) -> tuple[FilterOption, ...]:
    pairs = rows.values_list(value, label).distinct()
    return tuple(FilterOption(*pair) for pair in sorted(pairs, key=lambda pair: pair[1]))
