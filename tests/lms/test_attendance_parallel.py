"""The same learner twenty times at once, and many learners together: one row each, none lost."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ledger.domain.audit import verify_audit
from lms.domain.attendance import check_in
from lms.domain.check_in_tokens import make_token
from lms.domain.cohorts import join_cohort
from lms.exceptions import CohortError
from lms.models import Attendance, Enrolment
from people.models import User
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, enrolled, make_trainer
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_check_ins_of_one_learner_make_one_row(many_connections):
    session = SessionFactory(trainers=[make_trainer()])
    person = enrolled(session.cohort).person
    results = together(
        [lambda: check_in(session_id=session.pk, person=User.objects.get(pk=person.pk)) for _ in range(20)]
    )
    assert [result.created for result in results].count(True) == 1
    assert len({result.attendance.pk for result in results}) == 1
    assert Attendance.objects.count() == 1
    assert verify_audit().ok


def test_twenty_posts_of_one_learner_make_one_row(many_connections):
    session = SessionFactory(trainers=[make_trainer()])
    person = enrolled(session.cohort).person
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    address = reverse("lms:check_in", args=[make_token(session.pk)])

    def post():
        one = Client()
        one.cookies[settings.SESSION_COOKIE_NAME] = cookie
        return one.post(address).status_code

    assert together([post] * 20) == [302] * 20
    assert list(Attendance.objects.values_list("person_id", "state")) == [(person.pk, "present")]


def test_twelve_learners_at_once_all_stand_on_the_list(many_connections):
    session = SessionFactory(trainers=[make_trainer()])
    people = [enrolled(session.cohort).person for _ in range(12)]
    together([lambda one=one: check_in(session_id=session.pk, person=one) for one in people])
    assert sorted(Attendance.objects.values_list("person_id", flat=True)) == sorted(
        person.pk for person in people
    )
    assert verify_audit().ok


def test_the_last_seat_goes_to_one(many_connections):
    cohort = CohortFactory(capacity=1)
    elsewhere = CohortFactory(course=cohort.course)
    waiting = [enrolled(elsewhere).pk for _ in range(8)]

    def join(pk):
        try:
            join_cohort(enrolment=Enrolment.objects.get(pk=pk), cohort_id=cohort.pk)
        except CohortError as error:
            return error.code
        return "seat"

    results = together([lambda pk=pk: join(pk) for pk in waiting])
    assert sorted(results) == ["cohort_full"] * 7 + ["seat"]
    assert Enrolment.objects.filter(cohort=cohort).count() == 1
