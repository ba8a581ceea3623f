"""The person behind a request: one read for account and roles where a second factor is demanded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.backends import AccountBackend
from people.enums import Role
from people.models import RoleGrant
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def test_person_and_roles_come_in_one_read(settings, django_assert_num_queries):
    settings.SECOND_FACTOR_REQUIRED = True
    trainer, learner = user_with(Role.TRAINER), UserFactory()
    RoleGrant.objects.create(user=trainer, role=Role.NETWORK_STAFF)
    gone = timezone.localdate() - timedelta(days=1)
    RoleGrant.objects.create(user=learner, role=Role.COMMITTEE_MEMBER, valid_from=gone, valid_until=gone)
    for person in (trainer, learner):
        with django_assert_num_queries(1):
            found = AccountBackend().get_user(person.pk)
            roles = found.roles
        assert found == person
        assert roles == RoleGrant.objects.roles_of(person)
        assert found.is_active is True
        assert found.date_joined == person.date_joined


def test_an_account_that_was_closed_or_never_was_gives_nobody(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    closed = UserFactory(is_active=False)
    assert AccountBackend().get_user(closed.pk) is None
    assert AccountBackend().get_user(999_999) is None
