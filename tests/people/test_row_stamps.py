"""What was worked out from somebody's rows is kept until one of these rows changes."""

import pytest
from django.db import connection

from people.domain.row_stamps import kept_by_rows, row_stamp
from people.enums import Role
from people.models import RoleGrant
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ROWS = {"people_rolegrant": "user_id = %(person)s"}


def answer_of(person, answer):
    return kept_by_rows(name="test", rows=ROWS, person_id=person.pk, work_out=lambda: answer, seconds=60)


def test_an_answer_is_kept_until_a_row_changes():
    person, other = UserFactory(roles=[Role.TRAINER]), UserFactory()
    keeps = connection.vendor == "postgresql"
    assert answer_of(person, "first") == "first"
    assert answer_of(person, "second") == ("first" if keeps else "second")
    assert answer_of(other, "third") == "third"
    RoleGrant.objects.create(user=other, role=Role.AUTHOR)
    assert answer_of(person, "fourth") == ("first" if keeps else "fourth")
    RoleGrant.objects.filter(user=person).update(role=Role.AUTHOR)
    assert answer_of(person, "fifth") == "fifth"
    RoleGrant.objects.filter(user=person).delete()
    assert answer_of(person, "sixth") == "sixth"


def test_what_is_worked_out_while_somebody_writes_is_not_kept():
    person = UserFactory()

    def write():
        RoleGrant.objects.create(user=person, role=Role.AUTHOR)
        return "early"

    found = kept_by_rows(name="test", rows=ROWS, person_id=person.pk, work_out=write, seconds=60)
    assert found == "early"
    RoleGrant.objects.all().delete()
    assert answer_of(person, "late") == "late"


def test_a_stamp_costs_one_query_or_none(django_assert_num_queries):
    person = UserFactory()
    keeps = connection.vendor == "postgresql"
    with django_assert_num_queries(1 if keeps else 0):
        assert (row_stamp(ROWS, person_id=person.pk) is not None) is keeps
