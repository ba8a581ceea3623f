"""Issuing, reissuing and revoking certificates. The file itself is made after the commit (domain/rendering.py)."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.certificate_templates import version_for
from accreditation.domain.codes import new_code
from accreditation.enums import CertificateKind
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate, RunningNumber
from ledger.api import publish, record_audit, ref, wait_for_turn
from people.api import User

RENDER_TOPIC = "certificate.render"
#: What must be known about each kind before it may be put on paper. Dates are ISO days, hours a number.
NEEDED_FACTS: dict[str, frozenset[str]] = {
    CertificateKind.COURSE: frozenset({"completed_on", "hours"}),
    CertificateKind.ATTENDANCE: frozenset({"attended_on", "hours", "points"}),
    CertificateKind.INTERVISION: frozenset({"from_day", "to_day", "hours"}),
    CertificateKind.TRAINER: frozenset({"valid_from", "valid_until"}),
    CertificateKind.RECOGNITION: frozenset({"recognition_id", "level", "valid_from", "valid_until"}),
}
TEXT_LIMIT = 200
#: The language of a paper for which nobody chose another one; it has built-in words.
DUTCH = "nl"


def next_number(series: str) -> int:
    """The next number of a series, in commit order and without gaps. Call it after `wait_for_turn()`."""
    rows = RunningNumber.objects.filter(series=series)
    if not rows.update(value=F("value") + 1):
        RunningNumber.objects.create(series=series, value=1)
    return rows.values_list("value", flat=True).get()


@transaction.atomic
def issue_certificate(
    *,
    person_id: int,
    kind: str,
    entitlement_key: str,
    title: str,
    facts: Mapping[str, Any],
    language: str = DUTCH,
    actor: models.Model | None = None,
) -> Certificate:
    """Issue the certificate of an entitlement, once: a second call returns the version that stands.

    `entitlement_key` names what is proven, such as "enrolment:12" or "recognition:3"; see NEEDED_FACTS for `facts`.
    `language` ("nl", "fr", "en") is that of the paper; another than Dutch needs a published template.
    Raises CertificateError when a fact, the template or the person's name is missing, or when the key belongs to
    somebody else.
    """
    if standing := _standing(entitlement_key, person_id=person_id):
        return standing
    wait_for_turn()
    if standing := _standing(entitlement_key, person_id=person_id):
        return standing
    person = User.objects.get(pk=person_id)
    certificate = _write(
        person=person,
        kind=kind,
        entitlement_key=entitlement_key,
        title=title,
        facts=facts,
        version=1,
        language=language,
    )
    record_audit(
        verb="certificate.issued",
        subject=ref(certificate),
        actor=actor,
        data={"number": certificate.number, "entitlement": entitlement_key},
    )
    return certificate


@transaction.atomic
def reissue_certificate(
    *,
    certificate_id: int,
    title: str | None = None,
    facts: Mapping[str, Any] | None = None,
    with_new_words: bool = False,
    actor: models.Model | None = None,
) -> Certificate:
    """Put a corrected name, title or fact on a new version; the old one says from then on that it was replaced.

    Returns the standing version unchanged when nothing differs, so that a second call does nothing. `with_new_words`:
    a template that was published since then counts as a difference too.
    Raises CertificateError for a certificate that was withdrawn.
    """
    wait_for_turn()
    named = Certificate.objects.get(pk=certificate_id)
    old = (
        Certificate.objects.select_related("person", "template_version__template")
        .newest_versions()
        .get(entitlement_key=named.entitlement_key)
    )
    if old.revoked_at is not None:
        raise CertificateError(_("Dit getuigschrift is ingetrokken. Je kunt het niet opnieuw uitgeven."))
    new_title, new_facts = title or old.title, dict(old.facts if facts is None else facts)
    same = (printed_name(old.person.full_name), new_title, json_facts(new_facts))
    language = old.template_version.template.language if old.template_version else DUTCH
    words = version_for(kind=old.kind, language=language)
    is_reworded = with_new_words and (words.pk if words else None) != old.template_version_id
    if same == (old.holder_name, old.title, old.facts) and not is_reworded:
        return old
    new = _write(
        person=old.person,
        kind=old.kind,
        entitlement_key=old.entitlement_key,
        title=new_title,
        facts=new_facts,
        version=old.version + 1,
        language=language,
    )
    Certificate.objects.filter(pk=old.pk).update(superseded_by=new)
    record_audit(
        verb="certificate.reissued",
        subject=ref(new),
        actor=actor,
        data={"number": new.number, "replaces": old.number, "entitlement": new.entitlement_key},
    )
    return new


@transaction.atomic
def revoke_certificates(
    *, entitlement_key: str, public_reason: str = "", actor: models.Model | None = None
) -> int:
    """Withdraw every version of an entitlement, for good; returns how many were not withdrawn before.

    `public_reason` stands on the verification page: one short sentence without private details, or nothing.
    """
    wait_for_turn()
    standing = Certificate.objects.filter(entitlement_key=entitlement_key, revoked_at=None)
    numbers = sorted(standing.values_list("number", flat=True))
    if not numbers:
        return 0
    standing.update(revoked_at=timezone.now(), revocation_reason=public_reason[:TEXT_LIMIT])
    record_audit(
        verb="certificate.revoked",
        subject=entitlement_key,
        actor=actor,
        data={"numbers": numbers},
    )
    return len(numbers)


def printed_name(full_name: str) -> str:
    """A name as it may stand on paper: composed letters, no control or direction marks, no double spaces."""
    composed = unicodedata.normalize("NFC", full_name)
    kinds = ((letter, unicodedata.category(letter)) for letter in composed)
    visible = (letter if not kind.startswith("C") else " " for letter, kind in kinds if kind != "Cf")
    return " ".join("".join(visible).split())[:TEXT_LIMIT]


def json_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON keeps them: days as ISO text, exact numbers as text."""
    return {
        key: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for key, value in facts.items()
    }


def _standing(entitlement_key: str, *, person_id: int) -> Certificate | None:
    standing = Certificate.objects.newest_versions().filter(entitlement_key=entitlement_key).first()
    if standing is not None and standing.person_id != person_id:
        raise CertificateError(_("Dit getuigschrift staat op naam van iemand anders."))
    return standing


def _write(
    *,
    person: User,
    kind: str,
    entitlement_key: str,
    title: str,
    facts: Mapping[str, Any],
    version: int,
    language: str,
) -> Certificate:
    """One new row with its number and code, and the order to make its file."""
    name = printed_name(person.full_name)
    if not name:
        raise CertificateError(_("We missen nog een voornaam of achternaam voor het getuigschrift."))
    known = json_facts(facts)
    if missing := NEEDED_FACTS[kind] - known.keys():
        raise CertificateError(
            _("Er ontbreekt nog iets voor het getuigschrift: %s.") % ", ".join(sorted(missing))
        )
    words = version_for(kind=kind, language=language)
    if words is None and language != DUTCH:
        raise CertificateError(
            _("Er is nog geen sjabloon in deze taal. Maak er eerst een bij Beheer en publiceer het.")
        )
    year = timezone.localdate().year
    certificate = Certificate.objects.create(
        number=f"NW-{year}-{next_number(f'certificate:{year}'):06d}",
        code=new_code(),
        kind=kind,
        person=person,
        holder_name=name,
        title=title if len(title) <= TEXT_LIMIT else f"{title[: TEXT_LIMIT - 1]}…",
        facts=known,
        entitlement_key=entitlement_key,
        version=version,
        template_version=words,
    )
    request_file(certificate)
    return certificate


def request_file(certificate: Certificate) -> None:
    """Ask for the PDF, once; it is made after the commit and tried again when that fails."""
    publish(
        topic=RENDER_TOPIC,
        subject=ref(certificate),
        payload={"certificate_id": certificate.pk},
        key=f"{RENDER_TOPIC}:{certificate.pk}",
    )
