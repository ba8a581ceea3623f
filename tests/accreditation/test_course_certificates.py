"""Finishing a course earns a certificate, once, with the course's own facts."""

import pytest
from django.db import transaction
from django.utils import timezone

from accreditation.domain.course_certificates import issue_course_certificate
from accreditation.models import Certificate
from lms.api import course_completed
from lms.models import Enrolment
from tests.factories.lms import make_learner, make_learning_course

pytestmark = pytest.mark.django_db


def finish(enrolment) -> None:
    """As the lms floor does it: the column, then the announcement, in one transaction."""
    with transaction.atomic():
        enrolment.completed_at = timezone.now()
        enrolment.save()
        course_completed.send(sender=Enrolment, enrolment_id=enrolment.pk, person_id=enrolment.person_id)


def test_finished_course_earns_one_certificate_with_its_facts():
    outline = make_learning_course()
    enrolment = make_learner(first_name="Noor", last_name="Twijg")
    assert Certificate.objects.count() == 0
    finish(enrolment)
    finish(enrolment)
    certificate = Certificate.objects.get()
    assert certificate.entitlement_key == f"enrolment:{enrolment.pk}"
    assert (certificate.holder_name, certificate.title) == ("Noor Twijg", outline.title)
    assert certificate.facts["course_version"] == outline.number
    assert certificate.facts["completed_on"] == timezone.localdate().isoformat()


def test_unfinished_course_earns_nothing():
    make_learning_course()
    enrolment = make_learner()
    assert issue_course_certificate(enrolment_id=enrolment.pk, person_id=enrolment.person_id) is None


def test_person_without_a_name_keeps_the_completion():
    make_learning_course()
    enrolment = make_learner(first_name="", last_name="")
    finish(enrolment)
    enrolment.refresh_from_db()
    assert enrolment.is_completed
    assert Certificate.objects.count() == 0
