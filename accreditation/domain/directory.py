"""The public directory: who fits, and how many there are in each region."""

from dataclasses import dataclass

from accreditation.domain.directory_search import found_people
from accreditation.domain.listing_description import PlacesByPerson, PublicListing, described, listed_places
from accreditation.domain.public_listing import FilterOption, page_recognitions
from accreditation.models import Recognition
from people.api import language_name

PAGE_SIZE = 20
#: Columns of one listed recognition that decide who is on the page.
_COLUMNS = (
    "pk",
    "person_id",
    "level",
    "person__profile__profession__key",
    "person__profile__profession__name",
    "person__profile__public_region",
    "person__profile__region__slug",
    "person__profile__public_languages",
    "person__profile__languages",
)


@dataclass(frozen=True)
class DirectoryPage:
    """One page of people, each once, with the counts around it.

    `by_region`: people who fit by slug of region, as if no region was chosen. `total` counts those who fit everything.
    """

    listings: tuple[PublicListing, ...]
    total: int
    number: int
    pages: int
    by_region: dict[str, int]
    professions: tuple[FilterOption, ...]
    languages: tuple[FilterOption, ...]


@dataclass(frozen=True)
class _Person:
    """What decides about one person; the recognition with the deepest level speaks."""

    pk: int
    person_id: int
    profession: str
    profession_name: str
    regions: frozenset[str]
    languages: frozenset[str]


def directory(
    *, question: str = "", region: str = "", profession: str = "", language: str = "", number: int = 1
) -> DirectoryPage:
    """Who fits. Five queries or less, however many; an unknown region, profession or language finds nobody.

    With a question: those whom most of its words fit first, then by family name.
    """
    places = listed_places()
    everybody = _people(places)
    scores = found_people(question)
    fitting = everybody if scores is None else [one for one in everybody if one.person_id in scores]
    if scores is not None:
        fitting = sorted(fitting, key=lambda one: -scores[one.person_id])
    if profession:
        fitting = [one for one in fitting if one.profession == profession]
    if language:
        fitting = [one for one in fitting if language in one.languages]
    by_region: dict[str, int] = {}
    for one in fitting:
        for slug in one.regions:
            by_region[slug] = by_region.get(slug, 0) + 1
    if region:
        fitting = [one for one in fitting if region in one.regions]
    pages = max(1, -(-len(fitting) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    keys = [one.pk for one in fitting[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]]
    return DirectoryPage(
        listings=_in_order(keys, places),
        total=len(fitting),
        number=number,
        pages=pages,
        by_region=by_region,
        professions=_options({one.profession: one.profession_name for one in everybody if one.profession}),
        languages=_options({code: language_name(code) for one in everybody for code in one.languages}),
    )


def _people(places: PlacesByPerson) -> list[_Person]:
    """Everybody on our page, each once, by family name. Two queries."""
    # "specialised" sorts after "basic": the deeper one comes first and stays.
    rows = page_recognitions().order_by(
        "person__last_name", "person__first_name", "person_id", "-level", "-pk"
    )
    found: dict[int, _Person] = {}
    for pk, person_id, _level, key, name, shows_region, slug, shows_languages, spoken in rows.values_list(
        *_COLUMNS
    ):
        if person_id in found:
            continue
        regions = {place.region.slug for place in places.get(person_id, ())}
        regions |= {slug} if shows_region and slug else set()
        languages = frozenset(spoken or ()) if shows_languages else frozenset()
        found[person_id] = _Person(pk, person_id, key or "", name or "", frozenset(regions), languages)
    return list(found.values())


def _in_order(keys: list[int], places: PlacesByPerson) -> tuple[PublicListing, ...]:
    if not keys:
        return ()
    order = {key: place for place, key in enumerate(keys)}
    loaded = described(Recognition.objects.filter(pk__in=keys), places=places)
    return tuple(sorted(loaded, key=lambda one: order[one.recognition_id]))


def _options(names: dict[str, str]) -> tuple[FilterOption, ...]:
    return tuple(
        FilterOption(value, label) for value, label in sorted(names.items(), key=lambda pair: pair[1])
    )
