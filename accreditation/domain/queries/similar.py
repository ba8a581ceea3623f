"""Pieces whose document was seen before: the same bytes, or a page that looks the same."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.models import Evidence
from media.api import files_like


@dataclass(frozen=True)
class SimilarPiece:
    """An earlier or other piece; `is_same` when the files are equal, `is_other_person` when somebody else added it."""

    evidence_id: int
    title: str
    person: str
    created_at: datetime
    status: str
    is_same: bool
    is_other_person: bool


def similar_pieces(row: Evidence) -> tuple[SimilarPiece, ...]:
    """At most six, those of other people first. Four queries, none for a piece without a file.

    What the person replaced themselves is no news and left out.
    """
    if row.file_id is None:
        return ()
    found = {one.file_id: one.is_same for one in files_like(row.file_id)}
    others = (
        Evidence.objects.filter(file_id__in=found, part_of=None)
        .exclude(person_id=row.person_id, replaced_by__isnull=False)
        .select_related("person")
    )
    pieces = [
        SimilarPiece(
            evidence_id=other.pk,
            title=other.title,
            person=other.person.get_full_name(),
            created_at=other.created_at,
            status=str(other.get_status_display()),
            is_same=found[other.file_id],
            is_other_person=other.person_id != row.person_id,
        )
        for other in others
        if other.file_id is not None and other.pk != row.pk
    ]
    return tuple(
        sorted(pieces, key=lambda one: (not one.is_other_person, not one.is_same, one.evidence_id))[:6]
    )
