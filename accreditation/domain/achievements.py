"""What each kind of certificate says about its achievement: criteria, competences, evidence."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accreditation.domain.credential_document import Achievement, Alignment, EvidenceWords
from accreditation.domain.paper_facts import facts_of
from accreditation.enums import CertificateKind, Level
from accreditation.models import Certificate, CriteriaVersion, Recognition

#: `achievementType` of Open Badges 3.0 for each kind.
ACHIEVEMENT_TYPES = {
    CertificateKind.COURSE: "CertificateOfCompletion",
    CertificateKind.ATTENDANCE: "Certificate",
    CertificateKind.INTERVISION: "Certificate",
    CertificateKind.TRAINER: "License",
    CertificateKind.RECOGNITION: "Certification",
}


def achievement_of(certificate: Certificate) -> Achievement:
    """The achievement of a certificate. Two queries for a recognition (its criteria version), none otherwise."""
    if certificate.kind == CertificateKind.RECOGNITION:
        return _recognition(certificate)
    if certificate.kind == CertificateKind.COURSE:
        return _course(certificate)
    return _other(certificate)


def evidence_of(certificate: Certificate) -> tuple[EvidenceWords, ...]:
    """What the achievement rests on, in one sentence."""
    if certificate.kind == CertificateKind.RECOGNITION:
        return (
            EvidenceWords(
                genre="Dossier",
                name=_("Dossier, beoordeeld door de erkenningscommissie"),
                narrative=_("Twee lezers zonder band met de aanvrager gaven advies; de commissie besliste."),
            ),
        )
    if certificate.kind != CertificateKind.COURSE:
        told = "; ".join(
            f"{each.label}: {each.value}" for each in facts_of(certificate.kind, certificate.facts)
        )
        return (
            EvidenceWords(
                genre=str(CertificateKind(certificate.kind).label).capitalize(),
                name=certificate.title,
                narrative=told,
            ),
        )
    facts = certificate.facts
    return (
        EvidenceWords(
            genre="Course",
            name=_("Gevolgde cursus, versie %s") % facts.get("course_version", 1),
            narrative=_("Afgerond op %(day)s, %(hours)s uur.")
            % {"day": facts.get("completed_on", ""), "hours": facts.get("hours", "")},
        ),
    )


def _course(certificate: Certificate) -> Achievement:
    facts = certificate.facts
    slug = facts.get("course_slug") or "onbekend"
    url = f"{settings.SITE_URL}/cursussen/{slug}/"
    return Achievement(
        id=f"{url}#getuigschrift-{facts.get('course_version', 1)}",
        kind=ACHIEVEMENT_TYPES[CertificateKind.COURSE],
        name=certificate.title,
        description=_("Deze cursus werd helemaal afgerond."),
        criteria=_(
            "Alle verplichte lessen en toetsen van de cursus zijn afgerond, zoals de cursus het vraagt."
        ),
        criteria_url=url,
        image_url=_image_url(certificate),
        alignments=_course_alignments(facts),
    )


def _other(certificate: Certificate) -> Achievement:
    """Attendance, hours with others, a trainer's licence: no published criteria beside what the paper says."""
    criteria = {
        CertificateKind.ATTENDANCE: _("De aanwezigheid is ter plaatse vastgesteld."),
        CertificateKind.INTERVISION: _("Elk uur is bevestigd door wie erbij was."),
        CertificateKind.TRAINER: _("De trainer voldoet aan wat het netwerk van trainers vraagt."),
    }
    is_education = certificate.kind == CertificateKind.INTERVISION
    return Achievement(
        id=framework_url(f"{certificate.kind}-{certificate.entitlement_key}".replace(":", "-")),
        kind=ACHIEVEMENT_TYPES[CertificateKind(certificate.kind)],
        name=certificate.title,
        description=str(CertificateKind(certificate.kind).label).capitalize(),
        criteria=criteria[CertificateKind(certificate.kind)],
        criteria_url=framework_url("permanent_education" if is_education else certificate.kind),
        image_url=_image_url(certificate),
        alignments=(
            Alignment(
                name=_("Permanente vorming"),
                url=framework_url("permanent_education"),
                code="3",
                framework=framework_name(),
            ),
        )
        if is_education
        else (),
    )


def _course_alignments(facts: dict[str, Any]) -> tuple[Alignment, ...]:
    """A course counts for criterion 2 of the framework, at its level."""
    if not facts.get("level"):
        return ()
    return (
        Alignment(
            name=_("Voortgezette opleiding"),
            url=framework_url("continued_training"),
            code="2",
            framework=framework_name(),
            description=_("Telt mee als voortgezette opleiding, niveau %s.") % facts["level"],
        ),
    )


def _recognition(certificate: Certificate) -> Achievement:
    level = str(certificate.facts["level"])
    criteria = _criteria_of(certificate)
    return Achievement(
        id=framework_url(level),
        kind=ACHIEVEMENT_TYPES[CertificateKind.RECOGNITION],
        name=certificate.title,
        description=_("Erkend door het netwerk als %s.") % Level(level).label,
        criteria="\n".join(
            f"{each['number']}. {each['title']}: {each.get('about', '')}".rstrip(": ") for each in criteria
        )
        or _("De kwaliteitscriteria van het netwerk."),
        criteria_url=framework_url(level),
        image_url=_image_url(certificate),
        alignments=tuple(
            Alignment(
                name=each["title"],
                url=framework_url(each["id"]),
                code=str(each["number"]),
                framework=framework_name(),
                description=each.get("about", ""),
            )
            for each in criteria
        ),
    )


def _criteria_of(certificate: Certificate) -> list[dict[str, Any]]:
    """The criteria of the decision itself, not those of today."""
    version = CriteriaVersion.objects.filter(
        rounds__decision__recognition__in=Recognition.objects.filter(
            pk=certificate.facts.get("recognition_id")
        )
    ).first()
    return list(version.rules.get("criteria", ())) if version else []


def framework_name() -> str:
    """The name of the published framework."""
    return _("Kwaliteitscriteria van Nestwerk")


def framework_url(term: str) -> str:
    """Where a level or criterion is described."""
    return f"{settings.SITE_URL}/ldes/erkenningen/termen#{term}"


def _image_url(certificate: Certificate) -> str:
    return f"{settings.SITE_URL}/v/{certificate.code}/badge.png"
