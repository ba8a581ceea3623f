"""Reference rows by their key, for floors above."""

from datetime import date

from django.core.cache import cache
from django.db.models import Q

from people.models import BaseDegree, Profession, ReferenceRegion

REGIONS_KEY = "reference-regions"


def profession_by_key(key: str) -> int | None:
    """Primary key of a profession; None where the key is unknown."""
    return Profession.objects.filter(key=key).values_list("pk", flat=True).first()


def own_profession(person_id: int) -> str:
    """Key of somebody's profession, or an empty text. One query."""
    found = Profession.objects.filter(profiles__user_id=person_id).values_list("key", flat=True).first()
    return found or ""


def is_region(slug: str) -> bool:
    """Whether a reference region has this slug. One query."""
    return ReferenceRegion.objects.filter(slug=slug).exists()


def base_degree_names(on: date) -> tuple[str, ...]:
    """Names in the table of base degrees on a day, in the table's own order. One query."""
    rows = BaseDegree.objects.filter(Q(valid_from=None) | Q(valid_from__lte=on))
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    return tuple(rows.order_by("id").values_list("name", flat=True))


def region_list() -> list[tuple[str, str]]:
    """Slug and name of every reference region, by name. One query an hour: regions hardly ever change."""
    found: list[tuple[str, str]] | None = cache.get(REGIONS_KEY)
    if found is None:
        found = list(ReferenceRegion.objects.order_by("name").values_list("slug", "name"))
        cache.set(REGIONS_KEY, found, 3600)
    return found
