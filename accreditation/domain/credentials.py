"""The signed credential of a certificate: made once per key, kept as it was signed."""

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accreditation.domain.achievements import achievement_of, evidence_of
from accreditation.domain.credential_document import CredentialFacts, Issuer, compose, recipient_of
from accreditation.domain.credential_keys import SigningKey, issuer_did, signing_key
from accreditation.domain.data_integrity import sign
from accreditation.domain.status_lists import entries, place_of
from accreditation.exceptions import CredentialError
from accreditation.models import Certificate, Credential, StatusPlace
from ledger.api import record_audit, ref, wait_for_turn


def standing_credential(certificate: Certificate) -> Credential | None:
    """The newest signed document whose key still vouches, if there is one."""
    return (
        Credential.objects.filter(certificate=certificate, key__revoked_at=None).select_related("key").first()
    )


def ensure_credential(*, certificate_id: int) -> Credential:
    """The certificate's credential, signed now when it has none that still counts. Twice is once.

    Raises CredentialError when the key is gone or revoked, or when the holder's name was erased.
    """
    certificate = Certificate.objects.select_related("person").get(pk=certificate_id)
    standing = standing_credential(certificate)
    if standing is not None:
        return standing
    if not certificate.holder_name:
        raise CredentialError("the holder was erased: no new credential is signed")
    key = signing_key()
    with transaction.atomic():
        wait_for_turn()
        place = place_of(certificate)
    now = timezone.now()
    document = sign(
        compose(_facts(certificate, place, now)),
        key=key.private,
        verification_method=key.address,
        created=now,
    )
    return _keep(certificate, key, document, now)


@transaction.atomic
def _keep(certificate: Certificate, key: SigningKey, document: dict[str, Any], now: datetime) -> Credential:
    wait_for_turn()
    credential, created = Credential.objects.get_or_create(
        certificate=certificate, key=key.row, defaults={"document": document, "signed_at": now}
    )
    if created:
        record_audit(
            verb="credential.signed",
            subject=ref(credential),
            data={"number": certificate.number, "key": key.row.multibase},
        )
    return credential


def credential_url(code: str) -> str:
    """The address, and the id, of a credential."""
    return f"{settings.SITE_URL}/v/{code}/credential.json"


def _facts(certificate: Certificate, place: StatusPlace, now: datetime) -> CredentialFacts:
    facts = certificate.facts
    start, end = _day(facts, "valid_from"), _day(facts, "valid_until")
    with override(settings.LANGUAGE_CODE):
        return CredentialFacts(
            id=credential_url(certificate.code),
            name=certificate.title,
            language="nl-BE",
            issuer=Issuer(
                did=issuer_did(), name="Nestwerk", url=settings.SITE_URL, email=settings.CONTACT_EMAIL
            ),
            recipient=recipient_of(certificate.person.email, salt=secrets.token_hex(16)),
            achievement=achievement_of(certificate),
            evidence=evidence_of(certificate),
            awarded_at=certificate.issued_at,
            valid_from=_midnight(start) if start else certificate.issued_at,
            valid_until=_midnight(end + timedelta(days=1)) - timedelta(seconds=1) if end else None,
            status=tuple(entries(place)),
        )


def _day(facts: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(facts[name]) if facts.get(name) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
