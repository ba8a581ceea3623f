"""What anyone may know who holds a code: read at the moment of asking, in at most four queries."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accreditation.domain.certificate_rules import CertificateTerm, status_on
from accreditation.domain.codes import read_code
from accreditation.domain.queries.listed import status_of
from accreditation.enums import CertificateKind, CertificateStatus, RecognitionStatus
from accreditation.models import Certificate, Recognition


@dataclass(frozen=True)
class Verification:
    """The answer to "is this paper right today?". Holds no e-mail, no RIZIV number, no other certificate."""

    code: str
    status: CertificateStatus
    kind: str
    holder_name: str
    title: str
    number: str
    version: int
    issued_on: date
    valid_from: date | None
    valid_until: date | None
    completed_on: date | None
    hours: str
    ended_on: date | None
    reason: str
    newer_code: str
    has_file: bool
    file_sha256: str
    asked_at: datetime
    #: Of a recognition, so that its title can be said in another language.
    level: str = ""
    attended_on: date | None = None
    from_day: date | None = None
    to_day: date | None = None

    @property
    def is_valid(self) -> bool:
        """Whether one may rely on it today."""
        return self.status == CertificateStatus.VALID

    @property
    def may_be_downloaded(self) -> bool:
        """A paper that was withdrawn or replaced is not handed out any more."""
        return self.has_file and self.status not in (
            CertificateStatus.WITHDRAWN,
            CertificateStatus.SUPERSEDED,
        )


def verify(text: str) -> Verification | None:
    """Look a code up, however it was typed; None when it is unknown."""
    code = read_code(text)
    if code is None:
        return None
    certificate = Certificate.objects.select_related("superseded_by").filter(code=code).first()
    return describe(certificate) if certificate is not None else None


def describe(certificate: Certificate) -> Verification:
    """Where a certificate stands now; for a recognition its own row has the last word on dates and withdrawal."""
    now = timezone.now()
    recognition = _recognition(certificate)
    facts = certificate.facts
    withdrawn_at = certificate.revoked_at or (recognition.withdrawn_at if recognition else None)
    replaced_at = recognition.replaced_at if recognition else None
    newer = certificate.superseded_by
    valid_from = recognition.valid_from if recognition else _day(facts, "valid_from")
    valid_until = recognition.valid_until if recognition else _day(facts, "valid_until")
    status = status_on(
        CertificateTerm(
            withdrawn=withdrawn_at is not None,
            superseded=newer is not None or replaced_at is not None,
            interrupted=_is_interrupted(recognition, day=timezone.localdate(now)),
            valid_from=valid_from,
            valid_until=valid_until,
        ),
        day=timezone.localdate(now),
    )
    ended_at = withdrawn_at or (newer.issued_at if newer else replaced_at)
    return Verification(
        code=certificate.code,
        status=status,
        kind=certificate.kind,
        holder_name=certificate.holder_name,
        title=certificate.title,
        number=certificate.number,
        version=certificate.version,
        issued_on=timezone.localdate(certificate.issued_at),
        valid_from=valid_from,
        valid_until=valid_until,
        completed_on=_day(facts, "completed_on"),
        hours=str(facts["hours"]) if Decimal(str(facts.get("hours") or 0)) > 0 else "",
        ended_on=timezone.localdate(ended_at) if ended_at else None,
        reason=certificate.revocation_reason,
        newer_code=newer.code if newer and status == CertificateStatus.SUPERSEDED else "",
        has_file=certificate.has_file,
        file_sha256=certificate.file_sha256,
        asked_at=now,
        level=str(facts.get("level") or ""),
        attended_on=_day(facts, "attended_on"),
        from_day=_day(facts, "from_day"),
        to_day=_day(facts, "to_day"),
    )


def _recognition(certificate: Certificate) -> Recognition | None:
    if certificate.kind != CertificateKind.RECOGNITION:
        return None
    return Recognition.objects.filter(pk=certificate.facts.get("recognition_id")).first()


def _is_interrupted(recognition: Recognition | None, *, day: date) -> bool:
    resting = (RecognitionStatus.INTERRUPTED, RecognitionStatus.SUSPENDED)
    return recognition is not None and status_of(recognition, day=day) in resting


def _day(facts: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(facts[name]) if facts.get(name) else None
