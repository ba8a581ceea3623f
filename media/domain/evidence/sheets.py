"""New files made of stored ones: photos put together in one PDF, and documents with parts covered in black."""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from media.domain.evidence import limits
from media.domain.evidence.ingest import StoredFileInfo, private_storage, store_copy
from media.domain.evidence.messages import evidence_message
from media.domain.evidence.report import EvidenceReport
from media.domain.evidence.sandbox import CleanResult, run_sheets
from media.enums import FilePurpose
from media.exceptions import EvidenceRefusedError
from media.models import StoredFile
from people.api import User

Box = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class PhotoSheet:
    """One photo as a sheet: `turn` in degrees clockwise (0, 90, 180, 270); `crop` in fractions of the turned photo."""

    file_id: uuid.UUID
    turn: int = 0
    crop: Box = WHOLE


def compose_sheets(
    *, owner: User, sheets: Sequence[PhotoSheet], purpose: FilePurpose, name: str
) -> StoredFileInfo:
    """One PDF of photos of this owner, in the given order. Raises EvidenceRefusedError."""
    if not sheets:
        raise _refused("no_photos")
    if len(sheets) > limits.MAX_SHEETS:
        raise _refused("too_many_photos")
    rows = StoredFile.objects.filter(owner=owner, mime__startswith="image/").in_bulk(
        [sheet.file_id for sheet in sheets]
    )
    with TemporaryDirectory(prefix="nest-sheets-") as folder:
        job = []
        for number, sheet in enumerate(sheets):
            if sheet.file_id not in rows or sheet.turn not in (0, 90, 180, 270):
                raise _refused("image_corrupt")
            path = _fetched(rows[sheet.file_id], Path(folder) / f"{number}.in")
            job.append({"path": str(path), "turn": sheet.turn, "crop": clamped(sheet.crop)})
        target = Path(folder) / "out.pdf"
        result = run_sheets("compose", {"sheets": job, "side": limits.SHEET_SIDE}, target)
        return _kept(result, target, owner=owner, purpose=purpose, name=name)


def redact_file(
    *, file_id: uuid.UUID, owner: User, boxes: Mapping[int, Sequence[Box]], drop: Sequence[int] = ()
) -> StoredFileInfo:
    """A copy in which the boxes (fractions of the page, by page from 1) are black and `drop` pages are gone.

    The copy is pixels only: no text, no layers, nothing under a box. The file itself stays as it is. Raises
    EvidenceRefusedError, and StoredFile.DoesNotExist for a file that is not the owner's.
    """
    row = StoredFile.objects.get(pk=file_id, owner=owner)
    with TemporaryDirectory(prefix="nest-sheets-") as folder:
        source = _fetched(row, Path(folder) / "in")
        target = Path(folder) / "out.pdf"
        job = {
            "source": str(source),
            "mime": row.mime,
            "boxes": {str(page): [clamped(box) for box in found] for page, found in boxes.items()},
            "drop": list(drop),
            "side": limits.SHEET_SIDE,
            "most": limits.MAX_SHEETS,
        }
        result = run_sheets("redact", job, target)
        name = row.original_name.rsplit(".", 1)[0] + ".pdf"
        return _kept(result, target, owner=owner, purpose=FilePurpose(row.purpose), name=name)


def clamped(box: Box) -> Box:
    """The box within the page, its corners in order."""
    left, right = sorted(min(max(float(value), 0.0), 1.0) for value in (box[0], box[2]))
    top, bottom = sorted(min(max(float(value), 0.0), 1.0) for value in (box[1], box[3]))
    return left, top, right, bottom


def _kept(
    result: CleanResult, target: Path, *, owner: User, purpose: FilePurpose, name: str
) -> StoredFileInfo:
    if result.code:
        raise _refused(result.code)
    report = EvidenceReport(True, mime=result.mime, pages=result.pages)
    return store_copy(target, report=report, owner=owner, purpose=purpose, name=name)


def _fetched(row: StoredFile, target: Path) -> Path:
    with ExitStack() as stack:
        source = stack.enter_context(private_storage().open(row.storage_name, "rb"))
        copyfileobj(source, stack.enter_context(target.open("wb")))
    return target


def _refused(code: str) -> EvidenceRefusedError:
    return EvidenceRefusedError(code, evidence_message(code))
