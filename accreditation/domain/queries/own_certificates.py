"""A person's own certificates, for their list and the desk."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accreditation.domain.certificate_paper import verify_url
from accreditation.domain.certificate_rules import CertificateTerm, status_on
from accreditation.domain.queries.lapses import lapses_on
from accreditation.enums import CertificateKind, CertificateStatus
from accreditation.models import Certificate, Recognition


@dataclass(frozen=True)
class OwnCertificate:
    """One certificate of a person, with its status today."""

    id: int
    number: str
    code: str
    kind: str
    title: str
    status: CertificateStatus
    issued_on: date
    valid_until: date | None
    has_file: bool
    has_failed: bool
    #: Its place on the owner's list, and the PDF (only when `has_file`).
    url: str
    file_url: str
    verify_url: str
    #: Badges with the credential baked in (they exist as soon as the file does), and LinkedIn's form filled in.
    badge_png_url: str
    badge_svg_url: str
    linkedin_url: str


def certificates_of(person_id: int) -> tuple[OwnCertificate, ...]:
    """The newest version of each, latest first; what was withdrawn stays visible to its owner. At most four queries."""
    rows = list(Certificate.objects.newest_versions().filter(person_id=person_id))
    today = timezone.localdate()
    granted = list(Recognition.objects.filter(person_id=person_id)) if rows else []
    lapses = lapses_on(granted, today) if granted else {}
    recognitions = {row.pk: (row, bool(lapses[row.pk])) for row in granted}
    return tuple(_own(row, recognitions, today) for row in rows)


def _own(row: Certificate, recognitions: dict[int, tuple[Recognition, bool]], today: date) -> OwnCertificate:
    granted, is_interrupted = None, False
    if row.kind == CertificateKind.RECOGNITION:
        granted, is_interrupted = recognitions.get(row.facts.get("recognition_id", 0), (None, False))
    term = CertificateTerm(
        withdrawn=row.revoked_at is not None or (granted is not None and granted.withdrawn_at is not None),
        superseded=granted is not None and granted.replaced_at is not None,
        interrupted=is_interrupted,
        valid_from=granted.valid_from if granted else _day(row.facts, "valid_from"),
        valid_until=granted.valid_until if granted else _day(row.facts, "valid_until"),
    )
    return OwnCertificate(
        id=row.pk,
        number=row.number,
        code=row.code,
        kind=row.kind,
        title=row.title,
        status=status_on(term, day=today),
        issued_on=timezone.localdate(row.issued_at),
        valid_until=term.valid_until,
        has_file=row.has_file,
        has_failed=bool(row.render_error),
        url=f"{reverse('accreditation:certificates')}#getuigschrift-{row.pk}",
        file_url=reverse("accreditation:certificate_file", args=(row.pk,)),
        verify_url=reverse("accreditation:verify", args=(row.code,)),
        badge_png_url=reverse("accreditation:badge_png", args=(row.code,)),
        badge_svg_url=reverse("accreditation:badge_svg", args=(row.code,)),
        linkedin_url=linkedin_url(row, until=term.valid_until),
    )


def _day(facts: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(facts[name]) if facts.get(name) else None


def linkedin_url(row: Certificate, *, until: date | None) -> str:
    """LinkedIn's form for a licence or certification, filled in. Nothing is sent before the owner presses there."""
    issued = timezone.localdate(row.issued_at)
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": row.title,
        "organizationName": "Nestwerk",
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certId": row.number,
        "certUrl": verify_url(row.code),
        **({"expirationYear": until.year, "expirationMonth": until.month} if until else {}),
    }
    return "https://www.linkedin.com/profile/add?" + urlencode(fields)
