"""Covering parts of a document of one's own: a new piece whose file has black pixels where the boxes were."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.domain.evidence import add_evidence
from accreditation.domain.evidence_kinds import CheckedFacts
from accreditation.domain.snapshot import evidence_ids_of
from accreditation.enums import EvidenceOrigin
from accreditation.exceptions import EvidenceError
from accreditation.models import DossierRound, Evidence
from ledger.api import record_audit, ref
from media.api import EvidenceRefusedError, delete_stored_file, redact_file
from people.api import User

Box = tuple[float, float, float, float]
MOST_BOXES = 400


def redact_evidence(
    *, person: User, evidence_id: int, boxes: Mapping[int, Sequence[Box]], drop: Sequence[int], token: str
) -> Evidence:
    """Put a covered copy in the place of the piece; the office looks at it again.

    The uncovered file is deleted, unless a dossier that was handed in rests on it. Same token: the piece of the first
    time. Raises EvidenceError when there is nothing to cover, or the piece cannot be changed.
    """
    known = made_before(person=person, token=token)
    if known is not None:
        return known
    row = Evidence.objects.filter(pk=evidence_id, person=person).select_related("file").first()
    if row is None or row.file is None or row.origin != EvidenceOrigin.UPLOAD or row.part_of_id:
        raise EvidenceError(_("Dit bewijsstuk kun je niet afdekken."))
    if not drop and not any(boxes.values()):
        raise EvidenceError(_("Teken eerst een zwart vak, of duid een blad aan dat weg mag."))
    if sum(len(found) for found in boxes.values()) > MOST_BOXES:
        raise EvidenceError(_("Dat zijn te veel vakken. Dek een groter stuk ineens af."))
    try:
        made = redact_file(file_id=row.file.pk, owner=person, boxes=boxes, drop=drop)
    except EvidenceRefusedError as error:
        raise EvidenceError(error.message) from error
    with transaction.atomic():
        parts = tuple(_checked(part) for part in row.parts.filter(withdrawn_at=None).order_by("pk"))
        piece = add_evidence(
            person=person, checked=_checked(row), token=token, file_id=made.id, replaces=row, also=parts
        )
        _forget_uncovered(row, person)
        record_audit(verb="evidence.redacted", subject=ref(piece), actor=person, data={"replaces": ref(row)})
    return piece


def made_before(*, person: User, token: str) -> Evidence | None:
    """The piece that this form made already."""
    return Evidence.objects.filter(person=person, origin_ref=f"upload:{token}"[:80]).first()


def _checked(row: Evidence) -> CheckedFacts:
    return CheckedFacts(row.kind, row.title, dict(row.facts), row.valid_from, row.valid_until)


def _forget_uncovered(row: Evidence, person: User) -> None:
    """Covering is about what others may see: the old file goes, where no frozen round needs it."""
    rounds = DossierRound.objects.filter(dossier__person=person).values_list("snapshot", flat=True)
    frozen = {pk for snapshot in rounds for pk in evidence_ids_of(snapshot)} if rounds else set()
    same_file = Evidence.objects.filter(file_id=row.file_id)
    if frozen & set(same_file.values_list("pk", flat=True)):
        return
    file_id = row.file_id
    same_file.update(file=None)
    if file_id is not None:
        delete_stored_file(file_id=file_id, actor=person, reason="covered copy took its place")
