"""Intervision groups as the public may count them: how many in a region, never who or when."""

from dataclasses import dataclass

from django.db.models import Count, Q

from lms.models import IntervisionGroup


@dataclass(frozen=True)
class RegionForums:
    """Intervision groups of a region: all that run, and those that welcome newcomers."""

    groups: int
    welcoming: int


def forums_by_region() -> dict[str, RegionForums]:
    """Running groups by slug of their region. One query."""
    rows = IntervisionGroup.objects.filter(closed_on=None, region__isnull=False).order_by()
    counted = rows.values_list("region__slug").annotate(
        groups=Count("pk"), welcoming=Count("pk", filter=Q(open_since__isnull=False))
    )
    return {slug: RegionForums(groups, welcoming) for slug, groups, welcoming in counted}
