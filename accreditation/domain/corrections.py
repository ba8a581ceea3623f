"""Corrections of many certificates at once: names that changed, and templates that were mended."""

from dataclasses import dataclass
from datetime import date

from accreditation.domain.certificate_templates import version_for
from accreditation.domain.certificates import DUTCH, printed_name, reissue_certificate
from accreditation.domain.paper_words import LANGUAGES
from accreditation.enums import CertificateKind
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate


@dataclass(frozen=True)
class Reissued:
    """One correction: numbers of the old and the new paper; the new one is empty in a preview."""

    replaces: str
    number: str


@dataclass(frozen=True)
class ReissueReport:
    """What happened, or in a preview would happen; `refused` pairs a number with the reason."""

    reissued: tuple[Reissued, ...]
    unchanged: int
    refused: tuple[tuple[str, str], ...]


def reissue_changed_names(
    *, since: date | None = None, is_preview: bool = False, with_new_words: bool = False
) -> ReissueReport:
    """Reissue every standing certificate (issued since a day) whose holder's name changed. Twice is once.

    `with_new_words`: also those whose template was published anew since they were issued.
    """
    words = {
        (kind, language): version_for(kind=kind, language=language)
        for kind in CertificateKind.values
        for language in (LANGUAGES if with_new_words else ())
    }
    standing = (
        Certificate.objects.newest_versions()
        .filter(revoked_at=None)
        .select_related("person", "template_version__template")
    )
    if since is not None:
        standing = standing.filter(issued_at__date__gte=since)
    reissued: list[Reissued] = []
    refused: list[tuple[str, str]] = []
    unchanged = 0
    for certificate in list(standing.order_by("pk").iterator(chunk_size=500)):
        pinned = certificate.template_version
        newest = words.get((certificate.kind, pinned.template.language if pinned else DUTCH))
        is_reworded = with_new_words and certificate.template_version_id != (newest.pk if newest else None)
        if printed_name(certificate.person.full_name) == certificate.holder_name and not is_reworded:
            unchanged += 1
            continue
        try:
            new = (
                None
                if is_preview
                else reissue_certificate(certificate_id=certificate.pk, with_new_words=with_new_words)
            )
        except CertificateError as error:
            refused.append((certificate.number, str(error)))
            continue
        reissued.append(Reissued(replaces=certificate.number, number=new.number if new else ""))
    return ReissueReport(tuple(reissued), unchanged, tuple(refused))
