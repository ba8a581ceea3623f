"""Issuing, reissuing and revoking: once, in order, for good."""

import re
from functools import partial

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from accreditation.domain.certificates import (
    issue_certificate,
    printed_name,
    reissue_certificate,
    revoke_certificates,
)
from accreditation.domain.corrections import reissue_changed_names
from accreditation.enums import CertificateKind
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate
from ledger.models import AuditEntry, OutboxEvent
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate
from tests.parallel import together

pytestmark = pytest.mark.django_db


def test_certificate_gets_number_code_audit_and_order_for_its_file():
    certificate = make_course_certificate()
    assert re.fullmatch(r"NW-20\d\d-000001", certificate.number)
    assert certificate.facts == {"completed_on": "2026-11-20", "hours": "2.5"}
    entry = AuditEntry.objects.get(verb="certificate.issued")
    assert entry.data == {"number": certificate.number, "entitlement": "enrolment:1"}
    order = OutboxEvent.objects.get(topic="certificate.render")
    assert order.payload == {"certificate_id": certificate.pk}


def test_issuing_twice_returns_the_same_certificate():
    person = UserFactory()
    first = make_course_certificate(person)
    assert make_course_certificate(person) == first
    assert Certificate.objects.count() == 1
    assert OutboxEvent.objects.filter(topic="certificate.render").count() == 1


def test_numbers_have_no_gaps_after_a_rollback():
    make_course_certificate(key="enrolment:1")
    with pytest.raises(RuntimeError), transaction.atomic():
        make_course_certificate(key="enrolment:2")
        raise RuntimeError
    assert make_course_certificate(key="enrolment:3").number.endswith("000002")


def test_issuing_costs_a_fixed_number_of_queries(django_assert_num_queries):
    person = UserFactory()
    make_course_certificate(person, key="enrolment:1")
    with django_assert_num_queries(16):
        make_course_certificate(person, key="enrolment:2")
    with django_assert_num_queries(3):
        make_course_certificate(person, key="enrolment:2")


def test_issuing_refuses_missing_facts_nameless_people_and_other_peoples_keys():
    person = UserFactory()
    with pytest.raises(CertificateError, match="hours"):
        issue_certificate(
            person_id=person.pk,
            kind=CertificateKind.COURSE,
            entitlement_key="enrolment:1",
            title="Cursus",
            facts={"completed_on": "2026-11-20"},
        )
    with pytest.raises(CertificateError, match="naam"):
        make_course_certificate(UserFactory(first_name="", last_name=""))
    make_course_certificate(person)
    with pytest.raises(CertificateError, match="iemand anders"):
        make_course_certificate(UserFactory())


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Zoe\u0308  Peeters", "Zoë Peeters"),
        ("An\u202everstraete", "Anverstraete"),
        ("An\x00\nVerstraete", "An Verstraete"),
        ("  \u200b ", ""),
        ("W" * 300, "W" * 200),
    ],
)
def test_names_are_cleaned_for_paper(typed, printed):
    assert printed_name(typed) == printed


def test_reissue_gives_a_new_version_and_marks_the_old_one():
    person = UserFactory(first_name="Noor", last_name="Twijg")
    old = make_course_certificate(person)
    assert reissue_certificate(certificate_id=old.pk) == old
    person.last_name = "Takje"
    person.save()
    new = reissue_certificate(certificate_id=old.pk)
    old.refresh_from_db()
    assert (new.version, new.holder_name, new.entitlement_key) == (2, "Noor Takje", "enrolment:1")
    assert (old.superseded_by, old.holder_name) == (new, "Noor Twijg")
    assert len({old.number, new.number}) == len({old.code, new.code}) == 2
    assert reissue_certificate(certificate_id=old.pk) == new
    assert make_course_certificate(person) == new


def test_revoked_certificates_stay_revoked_and_are_not_reissued():
    certificate = make_course_certificate()
    assert revoke_certificates(entitlement_key="enrolment:1", public_reason="Fout uitgereikt.") == 1
    assert revoke_certificates(entitlement_key="enrolment:1") == 0
    certificate.refresh_from_db()
    assert certificate.revoked_at is not None
    assert certificate.revocation_reason == "Fout uitgereikt."
    with pytest.raises(CertificateError, match="ingetrokken"):
        reissue_certificate(certificate_id=certificate.pk)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "NW-2026-999999"},
        {"code": "0000-0000-0000-0000"},
        {"holder_name": "Iemand Anders"},
        {"title": "Andere titel"},
        {"facts": {"hours": "99"}},
        {"version": 9},
        {"entitlement_key": "enrolment:9"},
    ],
)
def test_database_refuses_to_change_what_stands_on_paper(change):
    certificate = make_course_certificate()
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**change)


def test_database_refuses_to_undo_a_revocation_and_lets_a_name_be_erased():
    certificate = make_course_certificate()
    revoke_certificates(entitlement_key="enrolment:1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(revoked_at=None)
    assert Certificate.objects.filter(pk=certificate.pk).update(holder_name="") == 1


def test_reissue_of_changed_names_previews_then_does_it_once():
    person = UserFactory(first_name="Noor", last_name="Twijg")
    make_course_certificate(person, key="enrolment:1")
    make_course_certificate(key="enrolment:2")
    person.last_name = "Takje"
    person.save()
    preview = reissue_changed_names(is_preview=True)
    assert [row.number for row in preview.reissued] == [""]
    assert Certificate.objects.count() == 2
    done = reissue_changed_names()
    assert (len(done.reissued), done.unchanged, done.refused) == (1, 1, ())
    assert reissue_changed_names().reissued == ()


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_issue_one_certificate_each_key_and_no_number_twice(many_connections, monkeypatch):
    # Rendering has its own tests; here only the rows matter.
    monkeypatch.setattr("ledger.domain.outbox._kick", lambda: None)
    person = UserFactory()
    keys = [f"enrolment:{number % 5}" for number in range(20)]
    issued = together([partial(make_course_certificate, person, key=key) for key in keys])
    assert len({certificate.pk for certificate in issued}) == 5
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert [number[-6:] for number in numbers] == ["000001", "000002", "000003", "000004", "000005"]
