"""Everything of one person in one zip: an overview to read, the files, and the data for machines."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone

from accreditation.domain.evidence_kinds import fact_lines
from accreditation.domain.pdf_worker import worker
from accreditation.enums import OWN_ORIGINS
from accreditation.models import Evidence, Recognition
from ledger.api import record_audit, ref
from media.api import open_stored_file, stored_files_of
from people.api import User, exported_data

README = (
    "overzicht.pdf: om te lezen. bestanden/: wat je oplaadde, opgekuist zoals wij het bewaren. "
    "gegevens.json: alles wat we over je bijhouden, met doel en bewaartermijn per soort.\n"
)


@dataclass(frozen=True)
class ExportSummary:
    """What went into the zip."""

    files: int
    missing_files: tuple[str, ...]
    data_classes: int
    rows: int


def write_export(*, person: User, target: IO[bytes], actor: User | None) -> ExportSummary:
    """Write the zip to `target`, one file in memory at a time. A file whose bytes are gone is named, not skipped.

    Raises RenderError when the overview cannot be made.
    """
    data = exported_data(person.pk)
    missing, count = [], 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("overzicht.pdf", overview_pdf(person, data))
        for info in stored_files_of(person.pk):
            name = (
                f"bestanden/{info.created:%Y-%m-%d}-{str(info.id)[:8]}-{_safe(info.original_name, info.mime)}"
            )
            try:
                with open_stored_file(info.id) as source, archive.open(name, "w") as into:
                    while part := source.read(256 * 1024):
                        into.write(part)
            except FileNotFoundError:
                missing.append(info.original_name)
                continue
            count += 1
        archive.writestr("gegevens.json", json.dumps(data, ensure_ascii=False, indent=1))
        archive.writestr("lees-mij.txt", README)
    rows = sum(len(one["rows"]) for one in data)
    record_audit(
        verb="person.exported", subject=ref(person), actor=actor, data={"files": count, "rows": rows}
    )
    return ExportSummary(count, tuple(missing), len(data), rows)


def overview_pdf(person: User, data: list[dict[str, Any]]) -> bytes:
    """The overview: pieces with their facts, recognitions, and what else is held, for what and how long."""
    rows = (
        Evidence.objects.in_portfolio()
        .filter(person=person, origin__in=OWN_ORIGINS, part_of=None)
        .select_related("file")
        .prefetch_related("parts")
    )
    html = render_to_string(
        "accreditation/portfolio/overview.html",
        {
            "person": person,
            "now": timezone.now(),
            "pieces": [
                (row, _lines(row), [(part, _lines(part)) for part in row.parts.all()]) for row in rows
            ],
            "recognitions": Recognition.objects.filter(person=person),
            "data": [{**one, "count": len(one["rows"])} for one in data],
        },
    )
    # An empty folder: the page reads no file at all.
    with TemporaryDirectory(prefix="nest-overview-") as nothing:
        return worker.render(html=html, engine="xhtml2pdf", roots=[Path(nothing)]).content


def _lines(row: Evidence) -> tuple[tuple[str, str], ...]:
    return fact_lines(kind=row.kind, facts=row.facts, valid_from=row.valid_from, valid_until=row.valid_until)


def _safe(name: str, mime: str) -> str:
    """A name for inside a zip: no folders, with the ending of what the file is."""
    stem = PurePosixPath(name).name.rsplit(".", 1)[0].strip(". ") or "bestand"
    ending = {"application/pdf": "pdf", "image/png": "png"}.get(mime, "jpg")
    return f"{stem[:80]}.{ending}"
