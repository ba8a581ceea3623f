"""What the page of recognised care shows: people, the map with its list, and a second layer beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from accreditation.api import DirectoryPage, directory
from cms.look.region_map import TILES, Tile, neighbours
from lms.api import RegionForums, forums_by_region
from people.api import network_points, region_list

#: Names of the parameters, in the order in which addresses carry them; anything else is ignored.
PARAMETERS = ("zoek", "regio", "taal", "beroep", "laag", "bladzijde")
LAYER = "netwerk"
LONGEST_VALUE = 200


@dataclass(frozen=True)
class RegionLine:
    """One region in the list and on the map. `count` are people who fit; the rest belongs to the second layer."""

    slug: str
    name: str
    count: int
    href: str
    is_chosen: bool
    tile: Tile | None
    forums: RegionForums | None
    points: tuple[str, ...]


@dataclass(frozen=True)
class CareDirectory:
    """Everything below the filters. `near`: neighbours of a chosen region where somebody fits."""

    found: DirectoryPage
    regions: tuple[RegionLine, ...]
    chosen: Mapping[str, str]
    region: RegionLine | None
    near: tuple[RegionLine, ...]
    shows_layer: bool
    is_filtered: bool
    previous_href: str
    next_href: str
    layer_href: str


def care_directory(asked: Mapping[str, str]) -> CareDirectory:
    """Work out the page for these parameters; what nobody knows finds nobody. Seven queries, nine with the layer."""
    chosen = {name: str(asked.get(name, ""))[:LONGEST_VALUE].strip() for name in PARAMETERS}
    number = chosen["bladzijde"]
    found = directory(
        question=chosen["zoek"],
        region=chosen["regio"],
        language=chosen["taal"],
        profession=chosen["beroep"],
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
    )
    shows_layer = chosen["laag"] == LAYER
    regions = _regions(found, chosen, shows_layer=shows_layer)
    by_slug = {line.slug: line for line in regions}
    region = by_slug.get(chosen["regio"])
    near = tuple(
        by_slug[slug] for slug in neighbours(chosen["regio"]) if slug in by_slug and by_slug[slug].count
    )
    return CareDirectory(
        found=found,
        regions=regions,
        chosen=chosen,
        region=region,
        near=near,
        shows_layer=shows_layer,
        is_filtered=any(chosen[name] for name in ("zoek", "regio", "taal", "beroep")),
        previous_href=_href(chosen, bladzijde=str(found.number - 1)) if found.number > 1 else "",
        next_href=_href(chosen, bladzijde=str(found.number + 1)) if found.number < found.pages else "",
        layer_href=_href(chosen, laag="" if shows_layer else LAYER),
    )


def _regions(found: DirectoryPage, chosen: Mapping[str, str], *, shows_layer: bool) -> tuple[RegionLine, ...]:
    tiles = {tile.slug: tile for tile in TILES}
    forums = forums_by_region() if shows_layer else {}
    points: dict[str, list[str]] = {}
    for name, slug in network_points() if shows_layer else ():
        points.setdefault(slug, []).append(name)
    return tuple(
        RegionLine(
            slug=slug,
            name=name,
            count=found.by_region.get(slug, 0),
            href=_href(chosen, regio="" if chosen["regio"] == slug else slug, bladzijde=""),
            is_chosen=chosen["regio"] == slug,
            tile=tiles.get(slug),
            forums=forums.get(slug),
            points=tuple(points.get(slug, ())),
        )
        for slug, name in region_list()
    )


def _href(chosen: Mapping[str, str], **changes: str) -> str:
    wanted = {**chosen, **changes}
    query = urlencode({name: wanted[name] for name in PARAMETERS if wanted[name]})
    return f"?{query}#wie" if query else "?#wie"
