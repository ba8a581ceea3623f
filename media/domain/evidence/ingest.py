"""Take an evidence file in: clean it, keep the clean copy in private storage, forget the original."""

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction

from ledger.api import record_audit, ref
from media.domain.evidence.looks import remember_look
from media.domain.evidence.report import EvidenceReport, cleaned_copy
from media.domain.packages.report import Finding
from media.enums import FilePurpose
from media.exceptions import EvidenceRefusedError
from media.models import StoredFile
from people.api import User

#: Everything below this folder of the storage has a row of StoredFile; the sweeper looks nowhere else.
FOLDER = "stored"


@dataclass(frozen=True, slots=True)
class StoredFileInfo:
    """A stored file as higher floors see it. `size` in bytes, `sha256` of the bytes we keep."""

    id: uuid.UUID
    owner_id: int
    purpose: str
    sha256: str
    mime: str
    size: int
    pages: int
    original_name: str
    created: datetime
    warnings: tuple[Finding, ...] = ()


def private_storage() -> Storage:
    """The storage of people's files (`STORAGES["private"]`); nothing in it has a public address."""
    return storages["private"]


def ingest_file(
    *, upload: IO[bytes], owner: User, purpose: FilePurpose | str, name: str | None = None
) -> StoredFileInfo:
    """Check, clean and store one upload.

    `name` is what the person called it (default: `upload.name`). Raises EvidenceRefusedError with a code and a message
    for the person; OSError when the storage is full. Nothing stays behind in either case.
    """
    original = clean_name(name or getattr(upload, "name", "") or "")
    with cleaned_copy(upload, name=original) as (report, copy):
        if copy is None:
            raise EvidenceRefusedError(report.errors[0].code, report.errors[0].message)
        return store_copy(copy, report=report, owner=owner, purpose=FilePurpose(purpose), name=original)


def store_copy(
    copy: Path, *, report: EvidenceReport, owner: User, purpose: FilePurpose, name: str
) -> StoredFileInfo:
    """Keep a clean file of ours. Raises OSError when the storage is full; nothing stays behind then."""
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    with copy.open("rb") as source:
        return _store(source, copy.stat().st_size, digest, report, owner, purpose, name)


def _store(
    source: IO[bytes],
    size: int,
    digest: str,
    report: EvidenceReport,
    owner: User,
    purpose: FilePurpose,
    name: str,
) -> StoredFileInfo:
    file_id = uuid.uuid4()
    storage = private_storage()
    place = f"{FOLDER}/{purpose.value}/{file_id.hex[:2]}/{file_id.hex}"
    try:
        storage.save(place, File(source, name=place))
        with transaction.atomic():
            row = StoredFile.objects.create(
                id=file_id,
                owner=owner,
                purpose=purpose,
                sha256=digest,
                mime=report.mime or "",
                size=size,
                pages=report.pages,
                original_name=name,
                storage_name=place,
                look=report.look,
                words=report.words,
            )
            remember_look(row)
            record_audit(
                verb="stored_file.created",
                subject=ref(row),
                actor=owner,
                data={"purpose": purpose.value, "sha256": digest, "mime": report.mime, "pages": report.pages},
            )
    except BaseException:
        storage.delete(place)
        raise
    return as_info(row, report.warnings)


def as_info(row: StoredFile, warnings: tuple[Finding, ...] = ()) -> StoredFileInfo:
    """A row in the words of the api."""
    return StoredFileInfo(
        id=row.pk,
        owner_id=row.owner_id,
        purpose=row.purpose,
        sha256=row.sha256,
        mime=row.mime,
        size=row.size,
        pages=row.pages,
        original_name=row.original_name,
        created=row.created,
        warnings=warnings,
    )


def clean_name(name: Any) -> str:
    """The file's own name without folders and control characters, at most 150 characters."""
    last = re.split(r"[/\\]", str(name))[-1]
    printable = "".join(char for char in last if char.isprintable()).strip(" .")
    return printable[-150:] or "bestand"
