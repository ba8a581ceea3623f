from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from ledger.models import AuditEntry
from people import rules
from people.api import Role, end_role, grant_role
from people.exceptions import RoleError
from people.models import RoleGrant, User
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def test_everybody_is_a_learner():
    assert UserFactory().roles == frozenset({Role.LEARNER})


def test_grant_role_twice_is_once():
    user, admin = UserFactory(), user_with(Role.ADMINISTRATOR)
    first = grant_role(user=user, role=Role.TRAINER, granted_by=admin)
    assert grant_role(user=user, role=Role.TRAINER, granted_by=admin) == first
    assert RoleGrant.objects.filter(user=user).count() == 1
    assert AuditEntry.objects.filter(verb="role.granted", actor=f"user:{admin.pk}").count() == 1


def test_grant_that_ends_before_it_starts_is_refused():
    with pytest.raises(RoleError):
        grant_role(
            user=UserFactory(),
            role=Role.TRAINER,
            granted_by=None,
            valid_from=timezone.localdate(),
            valid_until=timezone.localdate() - timedelta(days=1),
        )


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [(0, None, True), (1, None, False), (-5, -1, False), (-5, 0, True), (0, 0, True)],
)
def test_roles_hold_by_their_dates(start, end, holds):
    today = timezone.localdate()
    user = UserFactory()
    RoleGrant.objects.create(
        user=user,
        role=Role.COMMITTEE_MEMBER,
        valid_from=today + timedelta(days=start),
        valid_until=None if end is None else today + timedelta(days=end),
    )
    assert rules.is_committee_member(User.objects.get(pk=user.pk)) is holds


def test_end_role_takes_the_right_and_the_sessions(client):
    user, admin = user_with(Role.TRAINER), user_with(Role.ADMINISTRATOR)
    RoleGrant.objects.filter(user=user).update(valid_from=timezone.localdate() - timedelta(days=30))
    client.force_login(user)
    assert client.get("/begeleiding/").status_code == 200
    assert end_role(user=user, role=Role.TRAINER, ended_by=admin) == 1
    assert end_role(user=user, role=Role.TRAINER, ended_by=admin) == 0
    assert rules.is_trainer(User.objects.get(pk=user.pk)) is False


def test_author_gets_the_authors_group_and_loses_it():
    user = user_with(Role.AUTHOR)
    assert user.groups.filter(name="Auteurs").exists()
    assert user.is_staff is True
    assert user.is_superuser is False
    end_role(user=user, role=Role.AUTHOR, ended_by=None)
    assert not user.groups.exists()


def test_administrator_is_superuser_only_while_it_lasts():
    user = user_with(Role.ADMINISTRATOR)
    assert User.objects.get(pk=user.pk).is_superuser is True
    end_role(user=user, role=Role.ADMINISTRATOR, ended_by=None)
    assert User.objects.get(pk=user.pk).is_superuser is False


@pytest.mark.parametrize("somebody", [None, AnonymousUser()])
def test_rules_are_safe_for_nobody(somebody):
    for rule in (
        rules.is_signed_in,
        rules.is_trainer,
        rules.is_committee_member,
        rules.is_network_staff,
        rules.is_team_coordinator,
        rules.is_author,
        rules.is_administrator,
    ):
        assert rule(somebody) is False


def test_inactive_people_hold_no_role():
    user = user_with(Role.NETWORK_STAFF)
    user.is_active = False
    assert rules.is_network_staff(user) is False


def test_roles_cost_one_query(django_assert_num_queries):
    user = User.objects.get(pk=user_with(Role.TRAINER, Role.AUTHOR).pk)
    with django_assert_num_queries(1):
        assert user.has_role(Role.TRAINER)
        assert user.has_role(Role.AUTHOR)
        assert not user.has_role(Role.NETWORK_STAFF)
