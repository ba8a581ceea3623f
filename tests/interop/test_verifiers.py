"""Credentials before tools that nobody here wrote: valid, revoked, suspended, tampered, expired, rotated key."""

import json
import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as project
from django.utils import timezone
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from accreditation.domain.certificates import revoke_certificates
from accreditation.domain.credential_keys import issuer_did, revoke_key, signing_key
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.data_integrity import sign
from tests.conftest import missing_part
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate, make_recognition
from tests.interop.tls_site import tls_site

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]

SCRIPT = Path(__file__).with_name("check_credentials.mjs")
#: What @digitalbazaar/vc says: a revoked credential has a good signature; only its status tells.
BAZAAR = {
    "valid": (True, {"revocation": False, "suspension": False}, ""),
    "rotated": (True, {"revocation": False, "suspension": False}, ""),
    "revoked": (True, {"revocation": True, "suspension": False}, ""),
    "suspended": (True, {"revocation": False, "suspension": True}, ""),
    "expired": (False, {}, 'is after "validUntil"'),
    "tampered": (False, {}, "Invalid signature."),
    "stolen": (False, {}, "not found"),
    "future": (False, {}, 'is before "validFrom"'),
    "beyond": (False, {}, "Position"),
}
#: What @digitalcredentials/verifier-core says: its steps, or what stopped it.
GOOD = {"valid_signature": True, "revocation_status": True, "suspension_status": True, "expiration": True}
CORE = {
    "valid": GOOD,
    "rotated": GOOD,
    "revoked": {**GOOD, "revocation_status": False},
    "suspended": {**GOOD, "suspension_status": False},
    "expired": {**GOOD, "expiration": False},
    "tampered": ["invalid_signature"],
    "stolen": ["invalid_signature"],
}
OPEN_BADGES_LIB = {
    "valid": "",
    "rotated": "",
    "revoked": "Credential status 'revocation' is set",
    "suspended": "Credential status 'suspension' is set",
    "expired": "Credential has expired",
    "tampered": "signature mismatch",
    "stolen": "has no verificationMethod",
    "future": "not yet valid",
    "beyond": "out of range",
}


def write_key(path: Path) -> str:
    path.write_bytes(
        Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(path)


def _signed_beyond(valid: dict) -> dict:
    """Truly signed, but with a place that no list of ours has."""
    key, plain = signing_key(), {name: value for name, value in valid.items() if name != "proof"}
    plain["credentialStatus"] = [
        {**each, "statusListIndex": "99999999"} for each in valid["credentialStatus"]
    ]
    return sign(plain, key=key.private, verification_method=key.address, created=timezone.now())


@pytest.fixture
def site(settings, tmp_path):
    """Our own addresses, over HTTPS."""
    with tls_site(tmp_path) as site:
        settings.SITE_URL = site.url
        settings.CONTACT_EMAIL = "netwerk@voorbeeld.test"
        settings.CREDENTIAL_KEY_FILE = write_key(tmp_path / "first.pem")
        yield site


@pytest.fixture
def cases(site, settings, tmp_path):
    """One credential for each thing that can be the matter with one."""
    person = UserFactory(email="noor@voorbeeld.test")
    signed = lambda certificate: ensure_credential(certificate_id=certificate.pk).document  # noqa: E731
    stolen = ensure_credential(certificate_id=make_course_certificate(person, key="enrolment:9").pk)
    settings.CREDENTIAL_KEY_FILE = write_key(tmp_path / "second.pem")
    rotated = signed(make_course_certificate(person, key="enrolment:1"))
    settings.CREDENTIAL_KEY_FILE = write_key(tmp_path / "third.pem")
    valid = signed(make_course_certificate(person, key="enrolment:2", course_slug="signalen", level="basic"))
    revoked = signed(make_course_certificate(person, key="enrolment:3"))
    revoke_certificates(entitlement_key="enrolment:3")
    expired = signed(
        make_course_certificate(
            person, key="enrolment:4", valid_from=date(2019, 1, 1), valid_until=date(2019, 12, 31)
        )
    )
    suspended_one = make_recognition()
    suspended = signed(suspended_one.person.certificates.get())
    suspended_one.person.evidence.update(valid_until=timezone.localdate() - timedelta(days=1))
    revoke_key(multibase=stolen.key.multibase)
    return {
        "valid": valid,
        "rotated": rotated,
        "revoked": revoked,
        "suspended": suspended,
        "expired": expired,
        "tampered": {**valid, "name": "Een andere titel"},
        "stolen": stolen.document,
        "future": signed(make_course_certificate(person, key="enrolment:5", valid_from=date(2096, 1, 1))),
        "beyond": _signed_beyond(valid),
    }


@pytest.fixture
def published(site, cases, client):
    """What the site serves now: issuer and lists."""
    host = site.url.removeprefix("https://")
    for path in ("/.well-known/did.json", "/status/1", "/status/2"):
        answer = client.get(path, headers={"host": "localhost"}, secure=True)
        site.documents[path] = json.loads(answer.content)
    documents = {f"{site.url}{path}": document for path, document in site.documents.items()}
    return {**documents, issuer_did(): site.documents["/.well-known/did.json"], "host": host}


def misshapen(valid: dict) -> dict[str, dict]:
    """Credentials that the schema of Open Badges 3.0 must refuse, by the path that is wrong."""
    achievement = valid["credentialSubject"]["achievement"]

    def with_achievement(**change) -> dict:
        changed = {key: value for key, value in {**achievement, **change}.items() if value is not None}
        return {**valid, "credentialSubject": {**valid["credentialSubject"], "achievement": changed}}

    return {
        "credentialSubject.achievement.name": with_achievement(name=None),
        "credentialSubject.achievement.criteria": with_achievement(criteria="afgerond"),
        "issuer": {key: value for key, value in valid.items() if key != "issuer"},
        "type": {**valid, "type": "OpenBadgeCredential"},
    }


def test_verifiers_of_others_agree(site, cases, published):
    if (
        shutil.which("node") is None
        or not (Path(project.BASE_DIR) / "node_modules/@digitalbazaar/vc").is_dir()
    ):
        missing_part("Node or the verifiers' packages are missing: run npm ci")
    ran = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps({"documents": published, "cases": {**cases, **misshapen(cases["valid"])}}),
        capture_output=True,
        text=True,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(site.authority)},
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    answers = json.loads(ran.stdout)
    for name in cases:
        assert answers[name]["shape"] == [], (name, answers[name]["shape"])
    for path in misshapen(cases["valid"]):
        # Below a choice between several forms the schema names the place of the choice.
        assert any(path.startswith(found) for found in answers[path]["shape"]), (path, answers[path]["shape"])
    for name, (verified, status, error) in BAZAAR.items():
        answer = answers[name]["bazaar"]
        assert (answer["verified"], dict(answer["status"])) == (verified, status), (name, answer)
        assert any(error in each for each in answer["errors"]) or not error, (name, answer)
    for name, expected in CORE.items():
        answer = answers[name]["core"]
        steps = {step: answer["log"][step] for step in GOOD if step in answer["log"]}
        assert (steps or answer["errors"]) == expected, (name, answer)


def fetch(site):
    """openbadgeslib asks for documents through this; the JWT form of the lists is what it checks the signature of."""

    def download(url: str) -> bytes:
        path = url.removeprefix(site.url)
        found = site.documents[path]
        return found.encode() if isinstance(found, str) else json.dumps(found).encode()

    return download


def test_openbadgeslib_agrees(site, cases, published, client):
    for number in (1, 2):
        token = client.get(f"/status/{number}.jwt", headers={"host": "localhost"}, secure=True)
        site.documents[f"/status/{number}"] = token.content.decode()
    assert set(cases) == set(OPEN_BADGES_LIB)
    for name, expected in OPEN_BADGES_LIB.items():
        verifier = OB3LdpVerifier.for_issuer_did(issuer_did())
        if not expected:
            verifier.verify(cases[name], check_status=True, download=fetch(site))
            continue
        with pytest.raises(LibOpenBadgesException, match=expected):
            verifier.verify(cases[name], check_status=True, download=fetch(site))
