"""Who signs in, and who asks."""

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.utils import timezone

from people.enums import Role
from people.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

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
            found: User | None = super().get_user(user_id)
            return found
        today = timezone.localdate()
        rows: Iterable[Any] = User.objects.raw(USER_WITH_ROLES, {"user": user_id, "today": today})
        user: User | None = None
        granted: set[Role] = {Role.LEARNER}
        for row in rows:
            user = user or row
            if row.granted:
                granted.add(Role(row.granted))
        if user is None or not self.user_can_authenticate(user):
            return None
        user.roles = frozenset(granted)
        return user
