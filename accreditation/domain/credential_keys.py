"""The keys of the issuer: one in use, earlier ones kept so that what they signed can be checked, revoked ones named."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accreditation.domain.data_integrity import multikey
from accreditation.exceptions import CredentialError
from accreditation.models import CredentialKey
from ledger.api import record_audit, ref


@dataclass(frozen=True)
class SigningKey:
    """The private key in use and its published row."""

    private: Ed25519PrivateKey
    row: CredentialKey

    @property
    def address(self) -> str:
        """Where the DID document names the public half."""
        return f"{issuer_did()}#{self.row.multibase}"


def issuer_did() -> str:
    """The issuer's identifier, from the address of the site: `did:web:nestwerk.be`; a port is written as %3A8000."""
    return f"did:web:{quote(urlsplit(settings.SITE_URL).netloc, safe='')}"


def private_key() -> Ed25519PrivateKey:
    """The key of CREDENTIAL_KEY_FILE (PEM, Ed25519). Raises CredentialError when it is gone or of another kind."""
    path = Path(settings.CREDENTIAL_KEY_FILE)
    if not settings.CREDENTIAL_KEY_FILE:
        raise CredentialError(
            "CREDENTIAL_KEY_FILE is not set: no credential can be signed (docs/operator.md)"
        )
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise CredentialError(f"the key of CREDENTIAL_KEY_FILE cannot be read: {path}") from error
    except (ValueError, TypeError) as error:
        raise CredentialError(
            f"CREDENTIAL_KEY_FILE holds no key in PEM without a password: {path}"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CredentialError("CREDENTIAL_KEY_FILE must hold an Ed25519 key")
    return key


def signing_key() -> SigningKey:
    """The key in use; its public half is published the first time. Raises CredentialError (gone, or revoked)."""
    private = private_key()
    name = multikey(private.public_key())
    row = CredentialKey.objects.filter(multibase=name).first() or _publish(name)
    if row.revoked_at is not None:
        raise CredentialError("the key of CREDENTIAL_KEY_FILE was revoked: put a new one in its place")
    return SigningKey(private=private, row=row)


@transaction.atomic
def _publish(name: str) -> CredentialKey:
    row, created = CredentialKey.objects.get_or_create(multibase=name)
    if created:
        record_audit(verb="credential_key.published", subject=ref(row), data={"key": name})
    return row


@transaction.atomic
def revoke_key(*, multibase: str, actor: models.Model | None = None) -> CredentialKey:
    """From now on nothing that this key signed counts any more; credentials get a new signature when next asked for.

    Twice is once. Raises CredentialError for a key that was never published.
    """
    row = CredentialKey.objects.filter(multibase=multibase).first()
    if row is None:
        raise CredentialError(f"no key of ours is called {multibase[:80]!r}")
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        record_audit(
            verb="credential_key.revoked", subject=ref(row), actor=actor, data={"key": row.multibase}
        )
    return row


def did_document() -> dict[str, object]:
    """What /.well-known/did.json says: the key in use and all earlier ones, the newest first. One query.

    A revoked key is left out altogether: some verifiers look no further than whether a key is named.
    """
    did = issuer_did()
    names = CredentialKey.objects.filter(revoked_at=None).order_by("-first_used_at", "-id")
    methods = [
        {
            "id": f"{did}#{name}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": name,
        }
        for name in names.values_list("multibase", flat=True)
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
