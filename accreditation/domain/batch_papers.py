"""The papers of a batch in one go: a zip to keep or send, and one PDF for the printer."""

import io
import re
import zipfile
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import pikepdf

from accreditation.domain.rendering import certificate_storage
from accreditation.models import Certificate, IssueBatch

_NOT_IN_NAMES = re.compile(r"[^\w .'-]+")


def papers_of(batch: IssueBatch) -> Iterator[Certificate]:
    """Every paper of the batch that is drawn and still counts, by name of the holder."""
    rows = (
        Certificate.objects.filter(pk__in=batch.lines.values("certificate_id"))
        .filter(revoked_at=None, superseded_by=None)
        .exclude(file_name="")
        .order_by("holder_name", "pk")
    )
    return rows.iterator(chunk_size=200)


def write_zip(batch: IssueBatch) -> tuple[BinaryIO, int]:
    """All papers as sealed files, named by number and holder: an open file for the caller to close, and how many."""
    target = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - the answer reads and closes it
    count = 0
    # A PDF is compressed already.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for paper in papers_of(batch):
            holder = " ".join(_NOT_IN_NAMES.sub(" ", paper.holder_name).split())[:80]
            with certificate_storage().open(paper.file_name) as file:
                archive.writestr(f"{paper.number} {holder}.pdf".replace(" .pdf", ".pdf"), file.read())
            count += 1
    target.seek(0)
    return target, count


def write_print(batch: IssueBatch) -> tuple[BinaryIO, int]:
    """All papers one after the other in one PDF, for paper only: together they carry no seal. As `write_zip`."""
    target = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - the answer reads and closes it
    count = 0
    with pikepdf.new() as whole:
        for paper in papers_of(batch):
            with certificate_storage().open(paper.file_name) as file:
                content = io.BytesIO(file.read())
            with pikepdf.open(content) as one:
                for page in one.pages:
                    # The field of the seal: it means nothing outside its own file.
                    if "/Annots" in page.obj:
                        del page.obj["/Annots"]
                whole.pages.extend(one.pages)
            count += 1
        if count:
            whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    target.seek(0)
    return target, count
