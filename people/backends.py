"""Who signs in, and who asks."""

from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db import connection
from django.utils import timezone

from people.enums import Role
from people.models import User

COLUMNS = [field.attname for field in User._meta.concrete_fields]
# Plain text: every request of somebody who is signed in begins with it. The roles stand as in `roles_of`.
USER_WITH_ROLES = f"""
SELECT {", ".join(f"u.{field.column}" for field in User._meta.concrete_fields)}, r.role AS granted
  FROM people_user u
  LEFT JOIN people_rolegrant r ON r.user_id = u.id AND r.valid_from <= %(today)s
       AND (r.valid_until IS NULL OR r.valid_until >= %(today)s)
 WHERE u.id = %(user)s
"""  # noqa: S608 - column names of the model


class AccountBackend(AuthenticationBackend):
    """Sign-in as allauth does it. Where a second factor is demanded each request asks the roles: one read."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person with this id, or None. One query; the roles come with it when they will be asked."""
        if not settings.SECOND_FACTOR_REQUIRED:
            plain: User | None = super().get_user(user_id)
            return plain
        user: User | None = None
        granted: set[Role] = {Role.LEARNER}
        for found, role in _user_and_roles({"user": user_id, "today": timezone.localdate()}):
            user = user or found
            if role:
                granted.add(Role(role))
        if user is None or not self.user_can_authenticate(user):
            return None
        user.roles = frozenset(granted)
        return user


def _user_and_roles(values: dict[str, Any]) -> Iterator[tuple[User, str | None]]:
    """The person beside each of their roles. PostgreSQL's rows are as the model wants them, which halves the work."""
    if connection.vendor != "postgresql":
        rows: Iterable[Any] = User.objects.raw(USER_WITH_ROLES, values)
        yield from ((row, row.granted) for row in rows)
        return
    with connection.cursor() as cursor:
        cursor.execute(USER_WITH_ROLES, values)
        for *columns, role in cursor.fetchall():
            yield User.from_db(connection.alias, COLUMNS, columns), role
