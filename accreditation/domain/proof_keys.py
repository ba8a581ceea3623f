"""Whether this installation can seal and sign, for `doctor`."""

from asn1crypto.x509 import Certificate as SealCertificate
from django.utils import timezone

from accreditation.domain.credential_keys import private_key
from accreditation.domain.data_integrity import multikey
from accreditation.domain.sealing import seal_certificate
from accreditation.exceptions import CredentialError, SealError
from accreditation.models import CredentialKey


def keys_in_order() -> str:
    """Who seals, until when, and which key signs. Raises SealError or CredentialError naming what to mend."""
    certificate = SealCertificate.load(seal_certificate())
    until = certificate.not_valid_after
    if until < timezone.now():
        raise SealError(f"the certificate of the seal ended on {until:%Y-%m-%d}")
    name = multikey(private_key().public_key())
    if CredentialKey.objects.filter(multibase=name, revoked_at__isnull=False).exists():
        raise CredentialError("the key of CREDENTIAL_KEY_FILE was revoked: put a new one in its place")
    return f"seal: {certificate.subject.human_friendly} until {until:%Y-%m-%d}; credentials: {name}"
