"""Who may do what on the people floor. Predicates are safe for anonymous visitors and None."""

from django.contrib.auth.models import AnonymousUser

from people.enums import Role
from people.models import User

AnyUser = User | AnonymousUser | None


def has_role(user: AnyUser, *roles: Role) -> bool:
    """Whether a signed-in person holds one of the roles today."""
    return isinstance(user, User) and user.has_role(*roles)


def is_signed_in(user: AnyUser) -> bool:
    """Whether somebody with an active account is looking."""
    return isinstance(user, User) and user.is_active


def is_trainer(user: AnyUser) -> bool:
    """Whether the person leads cohorts or intervision."""
    return has_role(user, Role.TRAINER)


def is_committee_member(user: AnyUser) -> bool:
    """Whether the person's committee mandate is in force."""
    return has_role(user, Role.COMMITTEE_MEMBER)


def is_network_staff(user: AnyUser) -> bool:
    """Whether the person works for the network's office."""
    return has_role(user, Role.NETWORK_STAFF)


def is_team_coordinator(user: AnyUser) -> bool:
    """Whether the person coordinates a team."""
    return has_role(user, Role.TEAM_COORDINATOR)


def is_author(user: AnyUser) -> bool:
    """Whether the person writes courses."""
    return has_role(user, Role.AUTHOR)


def is_administrator(user: AnyUser) -> bool:
    """Whether the person runs the installation."""
    return has_role(user, Role.ADMINISTRATOR)
