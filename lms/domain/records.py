"""Learning records: one kind for all, written once, voided by a new row."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import RecordError
from lms.models import LearningRecord

ADL = "http://adlnet.gov/expapi/verbs/"
NAMESPACE = uuid.UUID("5c7f7d2e-6f0e-5c0e-9a51-2b1f1a5f4e10")


def course_iri(course_id: int) -> str:
    """The name of a course in records; stays the same when its address changes."""
    return f"{settings.SITE_URL}/id/cursus/{course_id}"


def check_iri(course_id: int, check_id: str) -> str:
    """The name of a knowledge check in records."""
    return f"{course_iri(course_id)}/toets/{check_id}"


def activity_iri(course_id: int, activity_id: str) -> str:
    """The root name of a package's activity in records; its parts add `?subContentId=`."""
    return f"{course_iri(course_id)}/activiteit/{activity_id}"


def registration_of(enrolment_id: int, activity_id: str, attempt: int) -> uuid.UUID:
    """The same number for every statement of one attempt at one activity; nobody can choose it."""
    return uuid.uuid5(NAMESPACE, f"{enrolment_id}/{activity_id}/{attempt}")


def record_hash(
    *,
    person_id: int,
    enrolment_id: int | None,
    verb: str,
    object_id: str,
    registration: uuid.UUID | None,
    result: Mapping[str, Any],
    payload: Mapping[str, Any],
    kind: RecordKind,
    attested_by: AttestedBy,
) -> str:
    """SHA-256 over who, what and how; two records with the same hash say the same."""
    parts = [person_id, enrolment_id, kind, attested_by, verb, object_id, registration, result, payload]
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def append_record(
    *,
    person_id: int,
    kind: RecordKind,
    attested_by: AttestedBy,
    verb: str,
    object_id: str,
    enrolment_id: int | None = None,
    result: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
    registration: uuid.UUID | None = None,
    happened_at: datetime | None = None,
    record_id: uuid.UUID | None = None,
) -> LearningRecord:
    """Write one record; one query. With a `record_id` that exists, IntegrityError comes through to the caller."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "person_id": person_id,
        "enrolment_id": enrolment_id,
        "kind": kind,
        "attested_by": attested_by,
        "verb": verb,
        "object_id": object_id,
        "registration": registration,
        "result": dict(result or {}),
        "payload": dict(payload or {}),
    }
    record = LearningRecord(
        **facts,
        id=record_id or uuid.uuid4(),
        content_hash=record_hash(**facts),
        happened_at=happened_at or now,
        stored_at=now,
    )
    record.save(force_insert=True)
    return record


@transaction.atomic
def void_record(*, record: LearningRecord, actor_id: int, reason: str) -> LearningRecord:
    """Say that a record does not hold. The record stays; a new row points at it. Twice is once.

    Raises RecordError when the record is itself a voiding.
    """
    if record.kind == RecordKind.VOID:
        raise RecordError("void_of_void", _("Een intrekking kun je niet zelf intrekken."))
    existing = LearningRecord.objects.filter(voids=record).first()
    if existing is not None:
        return existing
    now = timezone.now()
    facts: dict[str, Any] = {
        "person_id": record.person_id,
        "enrolment_id": record.enrolment_id,
        "kind": RecordKind.VOID,
        "attested_by": AttestedBy.PERSON,
        "verb": ADL + "voided",
        "object_id": f"urn:uuid:{record.pk}",
        "registration": None,
        "result": {"reason": reason},
        "payload": {},
    }
    voiding = LearningRecord(
        **facts, content_hash=record_hash(**facts), happened_at=now, stored_at=now, voids=record
    )
    try:
        with transaction.atomic():
            voiding.save(force_insert=True)
    except IntegrityError:
        return LearningRecord.objects.get(voids=record)
    record_audit(verb="record.voided", subject=ref(record), actor=f"user:{actor_id}", data={"reason": reason})
    return voiding
