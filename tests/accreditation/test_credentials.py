"""Credentials: signed once, checkable by anyone, and seen to end when the paper ends."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation.domain import credential_contexts
from accreditation.domain.certificates import reissue_certificate, revoke_certificates
from accreditation.domain.credential_keys import issuer_did, revoke_key
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.data_integrity import base58, from_base58, from_multikey, is_signed_by
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.rendering import render_certificate
from accreditation.domain.status_lists import LIST_SIZE, encode_list, is_marked
from accreditation.exceptions import CredentialError
from accreditation.models import Credential, CredentialKey, StatusPlace
from ledger.models import AuditEntry
from people.api import Role
from tests.factories.people import UserFactory, user_with
from tests.factories.proof import make_course_certificate, make_recognition

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_key(settings, tmp_path):
    """A function that puts another key in use, as an operator does."""

    def rotate() -> None:
        path = tmp_path / f"key{len(list(tmp_path.glob('key*')))}.pem"
        path.write_bytes(
            Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        settings.CREDENTIAL_KEY_FILE = str(path)

    return rotate


def marks(client, certificate):
    """The bits of a certificate in the two lists that its own credential names."""
    document = ensure_credential(certificate_id=certificate.pk).document
    found = {}
    for entry in document["credentialStatus"]:
        path = entry["statusListCredential"].removeprefix("http://localhost:8000")
        listed = json.loads(client.get(path).content)
        assert listed["id"] == entry["statusListCredential"]
        assert listed["credentialSubject"]["statusPurpose"] == entry["statusPurpose"]
        found[entry["statusPurpose"]] = is_marked(
            listed["credentialSubject"]["encodedList"], int(entry["statusListIndex"])
        )
    return found


@given(st.binary(max_size=80))
def test_base58_comes_back(data):
    assert from_base58(base58(data)) == data


@given(st.frozensets(st.integers(0, LIST_SIZE - 1), max_size=20), st.integers(0, LIST_SIZE - 1))
def test_list_holds_exactly_the_bits_that_were_set(positions, other):
    encoded = encode_list(positions)
    assert all(is_marked(encoded, position) for position in positions)
    assert is_marked(encoded, other) == (other in positions)


@pytest.mark.parametrize("place", [LIST_SIZE, -1, 10**9])
def test_place_outside_the_list_is_refused(place):
    with pytest.raises(CredentialError, match="outside"):
        is_marked(encode_list(frozenset()), place)


def test_credential_says_what_was_earned_and_hides_the_address():
    person = UserFactory(email="noor@voorbeeld.test")
    certificate = make_course_certificate(person, course_slug="kleine-signalen", level="basic")
    document = ensure_credential(certificate_id=certificate.pk).document
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["id"] == f"http://localhost:8000/v/{certificate.code}/credential.json"
    assert document["issuer"]["id"] == "did:web:localhost%3A8000"
    achievement = document["credentialSubject"]["achievement"]
    assert achievement["achievementType"] == "CertificateOfCompletion"
    assert achievement["alignment"][0]["targetCode"] == "2"
    assert "noor@voorbeeld.test" not in json.dumps(document)
    assert person.last_name not in json.dumps(document)
    assert "validUntil" not in document


def test_recognition_credential_ends_with_its_last_day_and_names_the_six_criteria():
    recognition = make_recognition()
    document = ensure_credential(certificate_id=recognition.person.certificates.get().pk).document
    achievement = document["credentialSubject"]["achievement"]
    assert [each["targetCode"] for each in achievement["alignment"]] == ["1", "2", "3", "4", "5", "6"]
    assert achievement["achievementType"] == "Certification"
    assert document["validUntil"].startswith(str(recognition.valid_until))


def test_signing_twice_returns_the_same_document_and_costs_fixed_queries(django_assert_num_queries):
    certificate = make_course_certificate()
    make_course_certificate(key="enrolment:2")
    first = ensure_credential(certificate_id=certificate.pk)
    with django_assert_num_queries(2):
        assert ensure_credential(certificate_id=certificate.pk) == first
    assert AuditEntry.objects.filter(verb="credential.signed").count() == 1
    key = from_multikey(first.key.multibase)
    assert is_signed_by(first.document, key)
    assert not is_signed_by({**first.document, "name": "Iets anders"}, key)


def test_database_refuses_to_alter_a_credential_or_move_its_place():
    credential = ensure_credential(certificate_id=make_course_certificate().pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Credential.objects.filter(pk=credential.pk).update(document={})
    with pytest.raises(DatabaseError), transaction.atomic():
        StatusPlace.objects.update(position=3)


def test_withdrawn_replaced_and_interrupted_show_in_the_lists_at_once(client, django_assert_num_queries):
    kept, revoked = make_course_certificate(), make_course_certificate(key="enrolment:2")
    person = revoked.person
    assert marks(client, kept) == marks(client, revoked) == {"revocation": False, "suspension": False}
    person.last_name = "Anders"
    person.save()
    new = reissue_certificate(certificate_id=revoked.pk)
    assert marks(client, revoked)["revocation"]
    assert not marks(client, new)["revocation"]
    revoke_certificates(entitlement_key="enrolment:2")
    assert marks(client, new) == {"revocation": True, "suspension": False}
    recognition = make_recognition()
    paper = recognition.person.certificates.get()
    recognition.person.evidence.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert marks(client, paper) == {"revocation": False, "suspension": True}
    with django_assert_num_queries(6):
        client.get("/status/1")
    withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Reden."
    )
    assert marks(client, paper) == {"revocation": True, "suspension": False}
    assert not marks(client, kept)["revocation"]


def test_did_document_keeps_earlier_keys_and_drops_revoked_ones(client, new_key):
    first = ensure_credential(certificate_id=make_course_certificate().pk)
    new_key()
    second = ensure_credential(certificate_id=make_course_certificate(key="enrolment:2").pk)
    answer = client.get("/.well-known/did.json")
    assert answer["Content-Type"] == "application/did+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    document = json.loads(answer.content)
    assert document["id"] == issuer_did()
    assert [method["publicKeyMultibase"] for method in document["verificationMethod"]] == [
        second.key.multibase,
        first.key.multibase,
    ]
    revoke_key(multibase=first.key.multibase)
    assert revoke_key(multibase=first.key.multibase).revoked_at is not None
    assert len(json.loads(client.get("/.well-known/did.json").content)["assertionMethod"]) == 1
    # What the revoked key signed is signed anew, with the same place in the lists.
    renewed = ensure_credential(certificate_id=first.certificate_id)
    assert renewed.key == second.key
    assert renewed.document["credentialStatus"] == first.document["credentialStatus"]


def test_revoked_key_that_is_still_in_use_signs_nothing(client):
    certificate = make_course_certificate()
    revoke_key(multibase=ensure_credential(certificate_id=certificate.pk).key.multibase)
    with pytest.raises(CredentialError, match="revoked"):
        ensure_credential(certificate_id=certificate.pk)
    assert client.get(f"/v/{certificate.code}/credential.json").status_code == 404
    answer = client.get("/status/1")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "cannot be read"), ("rommel", "no key in PEM"), ("ec", "must hold an Ed25519")],
)
def test_missing_or_wrong_key_is_named_and_waits_visibly(settings, tmp_path, content, words):
    path = tmp_path / "sleutel.pem"
    if content == "ec":
        path.write_bytes(Path(settings.SIGNING_KEY_FILE).read_bytes())
    elif content:
        path.write_text(content)
    settings.CREDENTIAL_KEY_FILE = str(path)
    certificate = make_course_certificate()
    with pytest.raises(CredentialError, match=words):
        render_certificate(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    assert words in certificate.render_error
    assert not certificate.has_file


def test_context_outside_the_list_or_changed_is_refused(monkeypatch, tmp_path):
    with pytest.raises(CredentialError, match="not on the list"):
        credential_contexts.pinned_context("https://example.org/context.json")
    credential_contexts.pinned_context.cache_clear()
    (tmp_path / "credentials-v2.json").write_text('{"@context": {}}')
    monkeypatch.setattr(credential_contexts, "FOLDER", tmp_path)
    with pytest.raises(CredentialError, match="not the context"):
        credential_contexts.pinned_context(credential_contexts.VC_V2)
    with pytest.raises(CredentialError, match="missing"):
        credential_contexts.pinned_context(credential_contexts.OPEN_BADGES)
    credential_contexts.pinned_context.cache_clear()


def test_list_is_served_as_json_or_jwt_and_only_when_it_exists(client):
    ensure_credential(certificate_id=make_course_certificate().pk)
    answer = client.get("/status/1")
    assert answer["Content-Type"] == "application/vc"
    assert "Accept" in answer["Vary"]
    document = json.loads(answer.content)
    key = from_multikey(CredentialKey.objects.get().multibase)
    assert is_signed_by(document, key)
    token = client.get("/status/1", headers={"accept": "application/vc+jwt"})
    assert token["Content-Type"] == "application/vc+jwt"
    assert client.get("/status/1.jwt").content.count(b".") == 2
    assert [client.get(f"/status/{number}").status_code for number in (0, 3, 999999)] == [404, 404, 404]


def test_export_prints_one_document_and_names_what_is_wrong(capsys):
    certificate = make_course_certificate()
    out = StringIO()
    call_command("export_credential", certificate.code.lower(), "--json", stdout=out)
    assert json.loads(out.getvalue())["id"].endswith(f"/v/{certificate.code}/credential.json")
    with pytest.raises(CommandError, match="geen getuigschrift") as refused:
        call_command("export_credential", "7K3M-9PQA-2X4T-8RWD")
    assert refused.value.returncode == 1
    keys = StringIO()
    call_command("credential_keys", "--json", stdout=keys)
    assert [row["in_use"] for row in json.loads(keys.getvalue())] == [True]
    with pytest.raises(CommandError, match="no key of ours"):
        call_command("credential_keys", "--revoke", "z6Mkbestaatniet")


def test_credential_of_a_recognition_that_starts_tomorrow_says_so():
    with time_machine.travel("2026-11-24T23:30:00+01:00"):
        recognition = make_recognition()
        document = ensure_credential(certificate_id=recognition.person.certificates.get().pk).document
    assert document["validFrom"] == "2026-11-23T23:00:00Z"
    assert document["awardedDate"] == "2026-11-24T22:30:00Z"
