"""Papers for portfolios: real PDF files with plainly invented content."""

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from accreditation.domain.evidence import add_evidence, keep_file, recognised_degrees, verify_evidence
from accreditation.domain.evidence_kinds import check_facts
from accreditation.enums import EvidenceStatus
from accreditation.models import Evidence
from demo.acts.people import by_account, today
from people.models import User


def paper(title: str, lines: list[str]) -> bytes:
    """One page that says what it is and that it is invented."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setTitle(title)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(70, 740, title)
    canvas.setFont("Helvetica", 12)
    for row, line in enumerate([*lines, "", "Verzonnen document voor de demo van Nestwerk."]):
        canvas.drawString(70, 700 - 22 * row, line)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def add(person: User, kind: str, *, verified: bool | None = True, reason: str = "", **data: Any) -> Evidence:
    """Upload one piece as its owner; the office looks at it (`verified` None: it still waits)."""
    now = today()
    checked = check_facts(kind=kind, data=data, degrees=recognised_degrees(now), today=now)
    upload = SimpleUploadedFile(
        f"{kind}.pdf",
        paper(checked.title, [person.full_name, *(f"{name}: {value}" for name, value in data.items())]),
    )
    kept = keep_file(person=person, upload=upload)
    piece = add_evidence(
        person=person, checked=checked, token=f"demo-{kind}-{data.get('year', '')}-{now}", file_id=kept.id
    )
    if verified is not None:
        verify_evidence(
            evidence_id=piece.pk,
            by=by_account("netwerk"),
            status=EvidenceStatus.VERIFIED if verified else EvidenceStatus.REFUSED,
            reason=reason,
        )
    return piece


def diploma(person: User, degree: str, year: int, **more: Any) -> Evidence:
    """A diploma of an invented school."""
    return add(person, "diploma", degree=degree, institution="Hogeschool Het Waterpad", year=year, **more)


def insurance(person: User, start: date, end: date, **more: Any) -> Evidence:
    """An attestation of cover."""
    return add(person, "insurance", cover="own", valid_from=start, valid_until=end, **more)


def membership(person: User, year: int, **more: Any) -> Evidence:
    """Proof of a membership."""
    return add(person, "membership", association="Beroepsvereniging De Kring", year=year, **more)
