"""A certificate that ends is announced in time, each step once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accreditation.api import certificates_of
from accreditation.domain.certificate_reminders import remind_of_certificates
from accreditation.domain.certificates import issue_certificate, revoke_certificates
from accreditation.enums import CertificateKind
from people.models import DigestItem
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate, make_recognition

pytestmark = pytest.mark.django_db


def test_licence_that_ends_is_announced_at_each_step_once():
    today = timezone.localdate()
    until = today + timedelta(days=60)
    certificate = issue_certificate(
        person_id=UserFactory().pk,
        kind=CertificateKind.TRAINER,
        entitlement_key="licence:1",
        title="Basisopleiding",
        facts={"valid_from": today, "valid_until": until},
    )
    make_course_certificate()
    make_recognition()
    before = DigestItem.objects.count()
    assert remind_of_certificates(today=today - timedelta(days=1)) == 0
    assert remind_of_certificates(today=today) == 1
    assert remind_of_certificates(today=today + timedelta(days=1)) == 1
    assert DigestItem.objects.count() == before + 1
    assert remind_of_certificates(today=until - timedelta(days=7)) == 1
    assert DigestItem.objects.count() == before + 2
    with time_machine.travel(f"{until + timedelta(days=1)}T12:00:00+01:00"):
        (own,) = certificates_of(certificate.person_id)
        assert (own.status, own.valid_until) == ("expired", until)
    revoke_certificates(entitlement_key=certificate.entitlement_key)
    assert remind_of_certificates(today=until) == 0
