"""Uploads in pieces: start, add the next piece, ask how far it came, open the whole.

No state in a web process: the pieces lie in the private storage, the row says which belong to the file. A piece that
arrives twice, or out of order, changes nothing; the answer says from which byte to go on.
"""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction

from media.domain.evidence.ingest import clean_name, private_storage
from media.domain.evidence.limits import MAX_BYTES
from media.domain.evidence.messages import evidence_message
from media.exceptions import EvidenceRefusedError, UploadError
from media.models import ResumableUpload
from people.api import User

FOLDER = "uploads"
MAX_PART_BYTES = 1024 * 1024
MOST_OPEN = 60


@dataclass(frozen=True, slots=True)
class UploadInfo:
    """How far an upload came; sizes in bytes."""

    id: uuid.UUID
    name: str
    size: int
    received: int

    @property
    def is_whole(self) -> bool:
        """Whether every byte is there."""
        return self.received == self.size


def start_upload(*, owner: User, name: str, size: int) -> UploadInfo:
    """Announce a file of `size` bytes. Raises EvidenceRefusedError at once for one that is empty or too large."""
    if size <= 0 or size > MAX_BYTES:
        code = "empty" if size <= 0 else "too_large"
        raise EvidenceRefusedError(code, evidence_message(code))
    for old in ResumableUpload.objects.filter(owner=owner).order_by("-created_at")[MOST_OPEN - 1 :]:
        _forget(old)
    return _info(ResumableUpload.objects.create(owner=owner, name=clean_name(name), size=size))


def append_part(*, owner: User, upload_id: uuid.UUID, offset: int, data: bytes) -> UploadInfo:
    """Add the piece that begins at `offset` bytes; one that does not fit is left out and the answer says where we are.

    Raises UploadError for an upload that is not there (any more), and for a piece that is empty, over 1 MB or too long.
    """
    row = _mine(owner, upload_id)
    if not data or len(data) > MAX_PART_BYTES or offset + len(data) > row.size:
        raise UploadError("bad_part", "Dit stuk past niet bij het bestand. Kies het bestand opnieuw.")
    if offset != row.received:
        return _info(row)
    storage = private_storage()
    # A name of its own per try: two tries at once never write into one another.
    place = storage.save(f"{FOLDER}/{row.pk.hex}/{offset:09d}-{secrets.token_hex(4)}", ContentFile(data))
    with transaction.atomic():
        now = ResumableUpload.objects.select_for_update().filter(pk=row.pk).first()
        is_next = now is not None and now.received == offset
        if now is not None and is_next:
            now.parts = [*now.parts, [place, len(data)]]
            now.received += len(data)
            now.save(update_fields=["parts", "received"])
    if not is_next:
        storage.delete(place)
    return _info(now or row)


def upload_info(*, owner: User, upload_id: uuid.UUID) -> UploadInfo:
    """How far it came. Raises UploadError for an upload that is not there (any more)."""
    return _info(_mine(owner, upload_id))


@contextmanager
def open_upload(*, owner: User, upload_id: uuid.UUID) -> Iterator[IO[bytes]]:
    """The whole file, as one; its pieces are forgotten after the block, whatever comes of it.

    Raises UploadError for an upload that is not there or not whole.
    """
    row = _mine(owner, upload_id)
    if row.received != row.size:
        raise UploadError("not_whole", "Het bestand is nog niet helemaal binnen.")
    storage = private_storage()
    with TemporaryFile() as whole:
        for place, _size in row.parts:
            with storage.open(place, "rb") as part:
                whole.write(part.read())
        whole.seek(0)
        named: Any = _Named(whole, row.name)
        try:
            yield named
        finally:
            _forget(row)


def forget_uploads(*, before: datetime) -> int:
    """Drop uploads that never became whole; returns how many."""
    old = list(ResumableUpload.objects.filter(created_at__lt=before)[:500])
    for row in old:
        _forget(row)
    return len(old)


class _Named:
    """A file with the name that the person gave it."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.file, self.name = file, name
        self.read, self.seek = file.read, file.seek


def _mine(owner: User, upload_id: uuid.UUID) -> ResumableUpload:
    row = ResumableUpload.objects.filter(pk=upload_id, owner=owner).first()
    if row is None:
        raise UploadError("gone", "Deze upload is er niet meer. Kies het bestand opnieuw.")
    return row


def _forget(row: ResumableUpload) -> None:
    places = [place for place, _size in row.parts]
    ResumableUpload.objects.filter(pk=row.pk).delete()
    storage = private_storage()
    for place in places:
        storage.delete(place)


def _info(row: ResumableUpload) -> UploadInfo:
    return UploadInfo(id=row.pk, name=row.name, size=row.size, received=row.received)
