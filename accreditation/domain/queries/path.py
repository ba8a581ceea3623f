"""Reads about paths."""

from accreditation.models import PathWish


def open_wishes(person_id: int, level: str) -> frozenset[str]:
    """Ids of criteria for which a person waits to hear of a way. One query."""
    found = PathWish.objects.filter(person_id=person_id, level=level, answered_at=None)
    return frozenset(found.values_list("criterion_id", flat=True))
