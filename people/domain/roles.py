"""Giving and taking roles."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from ledger.api import record_audit, ref
from people.enums import Role
from people.exceptions import RoleError
from people.models import RoleGrant, User
from people.signals import role_ended

AUTHORS_GROUP = "Auteurs"


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    granted_by: User | None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleGrant:
    """Give a role over a period. Twice is once. Raises RoleError for a period that ends before it starts."""
    start = valid_from or timezone.localdate()
    if valid_until is not None and valid_until < start:
        raise RoleError("De einddatum ligt voor de begindatum. Kies een latere einddatum.")
    existing = RoleGrant.objects.select_for_update().filter(user=user, role=role, valid_until=None).first()
    if existing is not None:
        return existing
    grant = RoleGrant.objects.create(
        user=user, role=role, granted_by=granted_by, valid_from=start, valid_until=valid_until
    )
    _sync_back_office(user)
    record_audit(verb="role.granted", subject=ref(user), actor=granted_by, data={"role": role.value})
    return grant


@transaction.atomic
def end_role(*, user: User, role: Role, ended_by: User | None) -> int:
    """End a role as of yesterday; returns how many grants ended."""
    yesterday = timezone.localdate() - timedelta(days=1)
    open_grants = RoleGrant.objects.in_force().filter(user=user, role=role)
    ended = 0
    for grant in open_grants.select_for_update():
        if grant.valid_from > yesterday:
            grant.delete()
        else:
            grant.valid_until = yesterday
            grant.save(update_fields=["valid_until"])
        ended += 1
    if ended:
        _sync_back_office(user)
        cut_sessions(user)
        role_ended.send(sender=User, user_id=user.pk, role=role.value)
        record_audit(verb="role.ended", subject=ref(user), actor=ended_by, data={"role": role.value})
    return ended


def cut_sessions(user: User) -> None:
    """Sign a person out everywhere: an old session must not keep old rights (threat 27)."""
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=user):
        session.end()


def _sync_back_office(user: User) -> None:
    """Mirror the roles that Wagtail knows: authors by group, administrators as superuser."""
    user.__dict__.pop("roles", None)
    roles = user.roles
    authors, _ = Group.objects.get_or_create(name=AUTHORS_GROUP)
    if Role.AUTHOR in roles:
        user.groups.add(authors)
    else:
        user.groups.remove(authors)
    is_admin = Role.ADMINISTRATOR in roles
    User.objects.filter(pk=user.pk).update(is_superuser=is_admin, is_staff=is_admin or Role.AUTHOR in roles)
    user.is_superuser, user.is_staff = is_admin, is_admin or Role.AUTHOR in roles
