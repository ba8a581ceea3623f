"""Files that look alike: the same bytes, or a first page that the eye would take for the same."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from media.models import FileLookBand, StoredFile

BANDS = 16
#: Of 256 bits. A slightly tilted rescan of the same paper differs in some twenty; another paper in sixty or more.
MOST_DIFFERENT = 26
MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A file like another one; `is_same` when its bytes are the same."""

    file_id: uuid.UUID
    is_same: bool


def remember_look(row: StoredFile) -> None:
    """Index the fingerprint of a new file. Parts without contrast (a white margin) say nothing and are left out."""
    FileLookBand.objects.bulk_create(
        FileLookBand(file=row, place=place, value=value) for place, value in _bands(row.look) if value
    )


def files_like(file_id: uuid.UUID) -> tuple[Lookalike, ...]:
    """Other files with the same bytes or nearly the same first page, the same bytes first. At most three queries."""
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None:
        return ()
    others = StoredFile.objects.exclude(pk=file_id).filter(purpose=row.purpose)
    same = set(others.filter(sha256=row.sha256).values_list("pk", flat=True)[:MOST_CANDIDATES])
    wanted = Q(words=row.words) if row.words else Q(pk=None)
    for place, value in _bands(row.look):
        if value:
            wanted |= Q(look_bands__place=place, look_bands__value=value)
    alike = others.filter(wanted).annotate(shared=Count("look_bands")).order_by("-shared")[:MOST_CANDIDATES]
    near = [other.pk for other in alike if other.pk not in same and _is_alike(row, other)]
    return tuple(Lookalike(pk, is_same=True) for pk in same) + tuple(
        Lookalike(pk, is_same=False) for pk in near
    )


def _is_alike(one: StoredFile, other: StoredFile) -> bool:
    """Two PDFs with words are alike when the words are; a scan is judged by how it looks."""
    if one.words and other.words:
        return one.words == other.words
    return distance(one.look, other.look) <= MOST_DIFFERENT


def distance(one: str, other: str) -> int:
    """In how many bits two fingerprints differ; 256 when one of them is missing."""
    if not one or not other:
        return 256
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _bands(look: str) -> list[tuple[int, int]]:
    return [(place, int(look[4 * place : 4 * place + 4], 16)) for place in range(BANDS)] if look else []
