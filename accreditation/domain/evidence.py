"""The verbs of evidence: add, replace, withdraw, verify."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.criteria_rules import parse_rules
from accreditation.domain.criteria_sets import version_in_force
from accreditation.domain.criterion_kinds import DegreeRule, small_rules
from accreditation.domain.evidence_kinds import WITHOUT_FILE, CheckedFacts
from accreditation.enums import OWN_ORIGINS, EvidenceOrigin, EvidenceStatus, Level
from accreditation.exceptions import EvidenceConflictError, EvidenceError
from accreditation.models import Evidence
from accreditation.rules import can_verify_evidence
from ledger.api import record_audit, ref
from media.api import EvidenceRefusedError, FilePurpose, delete_stored_file, ingest_file
from people.api import User, queue_mail

logger = logging.getLogger("nestwerk.accreditation")
KEEP_LOOSE_FILE = timedelta(hours=1)


@dataclass(frozen=True)
class KeptFile:
    """A cleaned file that waits for the rest of its form."""

    id: UUID
    name: str
    warnings: tuple[str, ...] = ()


def recognised_degrees(on: date) -> tuple[str, ...]:
    """The table of base degrees in force, in its own order. Raises CriteriaError before the first version."""
    rules = parse_rules(version_in_force(level=Level.BASIC, on=on).rules)
    small = (part for criterion in rules.criteria for part in small_rules(criterion.rule))
    return next((part.degrees for part in small if isinstance(part, DegreeRule)), ())


def keep_file(*, person: User, upload: IO[bytes]) -> KeptFile:
    """Check, clean and store a file before its facts are right, so that nobody has to choose it twice.

    Raises EvidenceError (field "file") with the reason. A file that never gets its piece is dropped after an hour.
    """
    forget_loose_files(before=timezone.now() - KEEP_LOOSE_FILE, owner=person)
    try:
        info = ingest_file(upload=upload, owner=person, purpose=FilePurpose.EVIDENCE)
    except EvidenceRefusedError as error:
        raise EvidenceError(error.message, field="file") from error
    except OSError as error:
        logger.warning("storage of evidence failed: %s", type(error).__name__)
        raise EvidenceError(
            _("We konden je bestand nu niet bewaren. Er is niets verloren: probeer het straks nog eens."),
            field="file",
        ) from error
    return KeptFile(id=info.id, name=info.original_name, warnings=tuple(w.message for w in info.warnings))


def loose_file(*, person: User, file_id: UUID) -> KeptFile | None:
    """A kept file of this person that no piece uses yet; None for anything else (such as another person's file)."""
    row = (
        _stored_files().filter(pk=file_id, owner=person, purpose=FilePurpose.EVIDENCE, evidence=None).first()
    )
    return KeptFile(id=row.pk, name=row.original_name) if row else None


def forget_loose_files(*, before: datetime, owner: User | None = None) -> int:
    """Delete evidence files that never got a piece; returns how many."""
    loose = _stored_files().filter(purpose=FilePurpose.EVIDENCE, evidence=None, created__lt=before)
    if owner is not None:
        loose = loose.filter(owner=owner)
    ids = list(loose.values_list("pk", flat=True)[:500])
    for file_id in ids:
        delete_stored_file(file_id=file_id, actor=None, reason="never attached")
    return len(ids)


@transaction.atomic
def add_evidence(
    *,
    person: User,
    checked: CheckedFacts,
    token: str,
    file_id: UUID | None = None,
    replaces: Evidence | None = None,
    also: tuple[CheckedFacts, ...] = (),
) -> Evidence:
    """Add one piece, or put it in the place of an older one (which keeps its row).

    `token` names the form that was filled in: the same token again gives the piece of the first time. `file_id`: a kept
    file of this person; a replacement without one takes over the file of the older piece. `also`: what the same
    document shows beside it. Raises EvidenceError.
    """
    origin_ref = f"upload:{token}"[:80]
    known = Evidence.objects.filter(person=person, origin_ref=origin_ref).first()
    if known is not None:
        return known
    old = _lock_replaceable(person=person, evidence=replaces, kind=checked.kind) if replaces else None
    if file_id is not None and loose_file(person=person, file_id=file_id) is None:
        raise EvidenceError(_("We vinden dit bestand niet meer. Kies het nog eens."), field="file")
    stored = file_id or (old.file_id if old else None)
    if stored is None and checked.kind not in WITHOUT_FILE:
        raise EvidenceError(_("Kies een bestand: een PDF of een foto."), field="file")
    try:
        with transaction.atomic():
            row = Evidence.objects.create(
                person=person,
                kind=checked.kind,
                criterion_ids=checked.criterion_ids,
                title=checked.title,
                facts=checked.facts,
                valid_from=checked.valid_from,
                valid_until=checked.valid_until,
                file_id=stored,
                origin=EvidenceOrigin.UPLOAD,
                origin_ref=origin_ref,
            )
    except IntegrityError:
        # The same form arrived twice at once; the other one was first.
        return Evidence.objects.get(person=person, origin_ref=origin_ref)
    add_parts(row, also)
    if old is not None:
        old.replaced_by = row
        old.save(update_fields=["replaced_by"])
        old.parts.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    record_audit(
        verb="evidence.replaced" if old else "evidence.added",
        subject=ref(row),
        actor=person,
        data={"kind": row.kind, **({"replaces": ref(old)} if old else {})},
    )
    return row


def add_parts(main: Evidence, also: tuple[CheckedFacts, ...]) -> None:
    """Write what else the document of a piece shows, each as a row of its own that follows the main one."""
    for number, part in enumerate(also, start=1):
        Evidence.objects.create(
            person_id=main.person_id,
            kind=part.kind,
            criterion_ids=part.criterion_ids,
            title=part.title,
            facts=part.facts,
            valid_from=part.valid_from,
            valid_until=part.valid_until,
            file_id=main.file_id,
            origin=main.origin,
            origin_ref=f"{main.origin_ref[:76]}+{number}",
            part_of=main,
        )


@transaction.atomic
def withdraw_evidence(*, person: User, evidence_id: int) -> Evidence:
    """Take one's own piece out of the portfolio; what a dossier round froze stays in that round. Twice is once.

    Raises EvidenceError for a piece that is not there, not one's own, or replaced.
    """
    row = Evidence.objects.select_for_update().filter(pk=evidence_id, person=person).first()
    if row is None or row.replaced_by_id is not None:
        raise EvidenceError(_("Dit bewijsstuk is er niet meer."))
    if row.origin not in OWN_ORIGINS:
        raise EvidenceError(_("Dit bewijsstuk komt vanzelf uit een cursus of bijeenkomst."))
    if row.part_of_id is not None:
        raise EvidenceError(_("Dit hoort bij een ander bewijsstuk. Neem dat terug, dan gaat dit mee weg."))
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        row.parts.filter(withdrawn_at=None).update(withdrawn_at=row.withdrawn_at)
        record_audit(verb="evidence.withdrawn", subject=ref(row), actor=person, data={"kind": row.kind})
    return row


@transaction.atomic
def verify_evidence(
    *, evidence_id: int, by: User, status: str, reason: str = "", seen_status: str = EvidenceStatus.WAITING
) -> Evidence:
    """Say that a piece is right, does not count, or needs something more; its owner gets a mail.

    `seen_status` is what the person behind the screen saw: when somebody else was first, EvidenceConflictError says so.
    The same answer twice is once. Raises EvidenceError without a reason where one is due, and for one's own piece.
    """
    row = Evidence.objects.select_for_update().filter(pk=evidence_id).first()
    if row is None or row.part_of_id is not None or not can_verify_evidence(by, row):
        raise EvidenceError(_("Dit bewijsstuk kun je niet nakijken."))
    if status not in (EvidenceStatus.VERIFIED, EvidenceStatus.REFUSED, EvidenceStatus.NEEDS_MORE):
        raise EvidenceError(_("Kies wat je besluit."), field="status")
    reason = reason.strip()
    if status != EvidenceStatus.VERIFIED and not reason:
        raise EvidenceError(_("Schrijf kort waarom, zodat de ander verder kan."), field="reason")
    if row.status == status and row.verified_by_id == by.pk and row.reason == reason:
        return row
    if row.status != seen_status:
        raise EvidenceConflictError(
            _("Een collega keek dit bewijsstuk net na. Je ziet hieronder het antwoord.")
        )
    if row.withdrawn_at is not None or row.replaced_by_id is not None:
        raise EvidenceConflictError(_("De eigenaar nam dit bewijsstuk intussen terug of verving het."))
    row.status, row.reason, row.verified_by, row.verified_at = status, reason, by, timezone.now()
    row.save(update_fields=["status", "reason", "verified_by", "verified_at"])
    for part in row.parts.filter(withdrawn_at=None):
        part.status, part.reason, part.verified_by, part.verified_at = status, reason, by, row.verified_at
        part.save(update_fields=["status", "reason", "verified_by", "verified_at"])
    queue_mail(
        to_user_id=row.person_id,
        template="accreditation/email/evidence_looked_at",
        context={"status": status, "kind": str(row.get_kind_display()), "path": _path_of(row)},
        key=f"evidence-looked-at:{row.pk}:{row.verified_at.isoformat()}",
    )
    record_audit(verb=f"evidence.{status}", subject=ref(row), actor=by, data={"kind": row.kind})
    return row


def _path_of(row: Evidence) -> str:
    return reverse("accreditation:evidence", args=[row.pk])


def _lock_replaceable(*, person: User, evidence: Evidence, kind: str) -> Evidence:
    row = Evidence.objects.select_for_update().filter(pk=evidence.pk, person=person).first()
    if row is None or row.origin != EvidenceOrigin.UPLOAD or row.kind != kind or row.part_of_id:
        raise EvidenceError(_("Dit bewijsstuk kun je niet vervangen."))
    if row.replaced_by_id is not None or row.withdrawn_at is not None:
        raise EvidenceError(_("Dit bewijsstuk is al vervangen of teruggenomen. Kijk even in je lijst."))
    return row


def _stored_files() -> Any:
    """Files that evidence can point at, by the relation itself."""
    return apps.get_model("media", "StoredFile").objects
