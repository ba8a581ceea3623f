"""Reads of private files for higher floors, and the one way to let a file go."""

import uuid
from collections.abc import Iterable
from typing import IO

from django.db import transaction

from ledger.api import record_audit, ref
from media.domain.evidence.ingest import StoredFileInfo, as_info, private_storage
from media.models import StoredFile
from people.api import User


def stored_file_info(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, StoredFileInfo]:
    """Facts of many files at once. One query; ids that do not exist are left out."""
    return {row.pk: as_info(row) for row in StoredFile.objects.filter(pk__in=list(ids))}


def stored_files_of(owner_id: int) -> tuple[StoredFileInfo, ...]:
    """Everything that a person uploaded, oldest first. One query."""
    return tuple(
        as_info(row) for row in StoredFile.objects.filter(owner_id=owner_id).order_by("created", "pk")
    )


def open_stored_file(file_id: uuid.UUID) -> IO[bytes]:
    """The bytes. The caller decided already that this reader may have them.

    Raises StoredFile.DoesNotExist or FileNotFoundError.
    """
    row = StoredFile.objects.get(pk=file_id)
    return private_storage().open(row.storage_name, "rb")


@transaction.atomic
def delete_stored_file(*, file_id: uuid.UUID, actor: User | None, reason: str) -> None:
    """Delete row and bytes, for erasure or a withdrawn upload. The bytes go after the commit. Idempotent."""
    row = StoredFile.objects.select_for_update().filter(pk=file_id).first()
    if row is None:
        return
    place, subject = row.storage_name, ref(row)
    row.delete()
    transaction.on_commit(lambda: private_storage().delete(place))
    record_audit(verb="stored_file.deleted", subject=subject, actor=actor, data={"reason": reason[:200]})
