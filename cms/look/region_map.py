"""A schematic map of the reference regions: our own drawing of hexagons, roughly where they lie."""

from dataclasses import dataclass
from math import cos, pi, sin

#: Half a width of a tile in units of the drawing.
RADIUS = 58
_STEP_X = RADIUS * 3**0.5
_STEP_Y = RADIUS * 1.5
_GAP = 3
#: Slug, column (half columns between rows), row, and a name short enough for a tile.
_TILES: tuple[tuple[str, float, int, str], ...] = (
    ("regio-oostende", 0.5, 0, "Oostende"),
    ("regio-brugge", 1.5, 0, "Brugge"),
    ("waasland", 3.5, 0, "Waasland"),
    ("regio-antwerpen", 4.5, 0, "Antw."),
    ("kempen", 5.5, 0, "Kempen"),
    ("westhoek", 0, 1, "Westhoek"),
    ("midwest", 1, 1, "Midwest"),
    ("regio-gent", 2, 1, "Gent"),
    ("denderregio", 3, 1, "Dender"),
    ("rivierenland", 4, 1, "Rivier."),
    ("oost-brabant", 5, 1, "O-Brab."),
    ("limburg", 6, 1, "Limburg"),
    ("zuid-west-vlaanderen", 1.5, 2, "Z-W-Vl."),
    ("vlaamse-ardennen", 2.5, 2, "Vl. Ard."),
    ("halle-vilvoorde", 3.5, 2, "Halle-V."),
)
#: Which regions touch on a real map; read both ways.
_BORDERS: tuple[tuple[str, str], ...] = (
    ("regio-oostende", "regio-brugge"),
    ("regio-oostende", "westhoek"),
    ("regio-oostende", "midwest"),
    ("regio-brugge", "midwest"),
    ("regio-brugge", "regio-gent"),
    ("westhoek", "midwest"),
    ("westhoek", "zuid-west-vlaanderen"),
    ("midwest", "zuid-west-vlaanderen"),
    ("midwest", "regio-gent"),
    ("regio-gent", "waasland"),
    ("regio-gent", "denderregio"),
    ("regio-gent", "vlaamse-ardennen"),
    ("zuid-west-vlaanderen", "vlaamse-ardennen"),
    ("vlaamse-ardennen", "denderregio"),
    ("vlaamse-ardennen", "halle-vilvoorde"),
    ("denderregio", "waasland"),
    ("denderregio", "rivierenland"),
    ("denderregio", "halle-vilvoorde"),
    ("waasland", "regio-antwerpen"),
    ("waasland", "rivierenland"),
    ("regio-antwerpen", "kempen"),
    ("regio-antwerpen", "rivierenland"),
    ("rivierenland", "kempen"),
    ("rivierenland", "oost-brabant"),
    ("rivierenland", "halle-vilvoorde"),
    ("kempen", "oost-brabant"),
    ("kempen", "limburg"),
    ("oost-brabant", "limburg"),
    ("oost-brabant", "halle-vilvoorde"),
)


@dataclass(frozen=True)
class Tile:
    """One region as a hexagon; coordinates in units of the drawing."""

    slug: str
    short: str
    points: str
    x: int
    y: int


def _points(x: float, y: float) -> str:
    radius = RADIUS - _GAP
    corners = [(x + radius * sin(pi / 3 * i), y - radius * cos(pi / 3 * i)) for i in range(6)]
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)


def _tile(slug: str, column: float, row: int, short: str) -> Tile:
    x, y = _STEP_X * (column + 0.5), RADIUS + row * _STEP_Y
    return Tile(slug, short, _points(x, y), round(x), round(y))


TILES: tuple[Tile, ...] = tuple(_tile(*each) for each in _TILES)
WIDTH, HEIGHT = round(_STEP_X * 7), round(2 * RADIUS + 2 * _STEP_Y)


def neighbours(slug: str) -> tuple[str, ...]:
    """Regions that touch this one, in the order of the drawing; none for a region that is not drawn."""
    near = {b for a, b in _BORDERS if a == slug} | {a for a, b in _BORDERS if b == slug}
    return tuple(tile.slug for tile in TILES if tile.slug in near)
