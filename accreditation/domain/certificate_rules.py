"""Where a certificate stands on a day. Pure: no ORM, no clock."""

from dataclasses import dataclass
from datetime import date

from accreditation.enums import CertificateStatus


@dataclass(frozen=True)
class CertificateTerm:
    """What decides the status. Dates are local days; `valid_until` is the last day that counts."""

    withdrawn: bool = False
    superseded: bool = False
    interrupted: bool = False
    valid_from: date | None = None
    valid_until: date | None = None


def status_on(term: CertificateTerm, *, day: date) -> CertificateStatus:
    """The one status that matters most to somebody who relies on the paper.

    Withdrawn goes before replaced: a replaced paper of a withdrawn recognition must not send anyone on to a newer one.
    """
    if term.withdrawn:
        return CertificateStatus.WITHDRAWN
    if term.superseded:
        return CertificateStatus.SUPERSEDED
    if term.valid_until is not None and day > term.valid_until:
        return CertificateStatus.EXPIRED
    if term.valid_from is not None and day < term.valid_from:
        return CertificateStatus.NOT_YET
    if term.interrupted:
        return CertificateStatus.INTERRUPTED
    return CertificateStatus.VALID
