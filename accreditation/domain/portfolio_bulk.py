"""Portfolios of many people at once, as the rules see them: a fixed number of queries, and no row objects."""

from collections import defaultdict
from collections.abc import Iterable

from accreditation.domain.evidence_facts import EvidencePiece
from accreditation.domain.portfolio import piece_of_facts, pieces_of_learning
from accreditation.models import Evidence
from lms import api as learning


def pieces_of(person_ids: Iterable[int]) -> dict[int, tuple[EvidencePiece, ...]]:
    """What each of these people can show; everybody asked for is in it. Three queries, whatever their number."""
    ids = list(person_ids)
    learned = learning.learning_facts_bulk(ids)
    found: dict[int, list[EvidencePiece]] = defaultdict(list)
    for person_id in ids:
        found[person_id].extend(pieces_of_learning(learned[person_id]))
    live = {person_id: {piece.ref for piece in pieces} for person_id, pieces in found.items()}
    rows = Evidence.objects.in_portfolio().filter(person_id__in=ids).order_by("pk")
    for pk, person_id, origin, origin_ref, kind, title, status, facts, start, end, note in rows.values_list(
        "pk",
        "person_id",
        "origin",
        "origin_ref",
        "kind",
        "title",
        "status",
        "facts",
        "valid_from",
        "valid_until",
        "reason",
    ):
        ref = f"evidence:{pk}" if origin == "upload" else origin_ref
        if ref not in live[person_id]:
            piece = piece_of_facts(
                ref=ref,
                kind=kind,
                title=title,
                status=status,
                facts=facts,
                valid_from=start,
                valid_until=end,
                note=note,
            )
            found[person_id].append(piece)
    return {person_id: tuple(found[person_id]) for person_id in ids}
