"""Writing and verifying the audit trail."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from ledger.models import AuditEntry, AuditHead

GENESIS = "0" * 64


@dataclass(frozen=True)
class AuditVerdict:
    """Outcome of a check of the whole chain."""

    ok: bool
    entries: int
    head: str
    first_broken: int | None


def ref(obj: models.Model) -> str:
    """The reference of a row for audit and outbox: model name and primary key, never a person's name."""
    return f"{obj._meta.model_name}:{obj.pk}"


def entry_hash(
    *,
    number: int,
    at: datetime,
    actor: str,
    verb: str,
    subject: str,
    data: dict[str, Any],
    previous_hash: str,
) -> str:
    """SHA-256 over the canonical JSON of one entry, chained to the one before."""
    canonical = json.dumps(
        [
            number,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            actor,
            verb,
            subject,
            data,
            previous_hash,
        ],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def wait_for_turn() -> None:
    """Take one's place in the line of audit writers now, until the commit.

    For verbs that lock other rows before their audit entry: everyone locks the chain's head first, so that two
    transactions never wait for each other.
    """
    AuditHead.objects.select_for_update().get_or_create(id=1)


def record_audit(
    *, verb: str, subject: str, actor: models.Model | str | None = None, data: dict[str, Any] | None = None
) -> int:
    """Append one entry and return its number.

    Call it as the last write of the transaction: the chain's head stays locked until the commit.
    """
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update().get_or_create(id=1)
        actor_ref = ref(actor) if isinstance(actor, models.Model) else (actor or "")
        at, number = timezone.now(), head.number + 1
        facts = data or {}
        digest = entry_hash(
            number=number,
            at=at,
            actor=actor_ref,
            verb=verb,
            subject=subject,
            data=facts,
            previous_hash=head.hash,
        )
        AuditEntry.objects.create(
            number=number,
            at=at,
            actor=actor_ref,
            verb=verb,
            subject=subject,
            data=facts,
            previous_hash=head.hash,
            hash=digest,
        )
        AuditHead.objects.filter(id=1).update(number=number, hash=digest)
    return number


def verify_audit(*, known: Mapping[int, str] | None = None) -> AuditVerdict:
    """Recompute the whole chain in constant memory; the first entry that does not fit is named.

    `known` are hashes by number of entry that were kept elsewhere: a chain that was written anew from its first entry
    fits in itself, but not with them.
    """
    previous, count, kept = GENESIS, 0, known or {}
    # The entries' end before the head, and no further than that: what is written meanwhile is no fault.
    newest = AuditEntry.objects.aggregate(newest=Max("number"))["newest"] or 0
    head = AuditHead.objects.filter(id=1).first()
    until = max(newest, head.number if head else 0)
    for entry in AuditEntry.objects.filter(number__lte=until).order_by("number").iterator(chunk_size=2000):
        count += 1
        expected = entry_hash(
            number=entry.number,
            at=entry.at,
            actor=entry.actor,
            verb=entry.verb,
            subject=entry.subject,
            data=entry.data,
            previous_hash=previous,
        )
        fits = entry.number == count and entry.previous_hash == previous and entry.hash == expected
        if not fits or kept.get(entry.number, entry.hash) != entry.hash:
            return AuditVerdict(ok=False, entries=count, head=previous, first_broken=entry.number)
        previous = entry.hash
    if (head is not None and (head.number != count or head.hash != previous)) or max(kept, default=0) > count:
        return AuditVerdict(ok=False, entries=count, head=previous, first_broken=count + 1)
    return AuditVerdict(ok=True, entries=count, head=previous, first_broken=None)
