"""Who may do what, from when to when."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from ledger.api import PersonalData
from people.enums import Role

if TYPE_CHECKING:
    from people.models.user import User


# Plain text: every page with a menu asks this, and putting the same queryset together again costs ten times the answer.
ROLES_OF = """
SELECT role FROM people_rolegrant
 WHERE user_id = %(user)s AND valid_from <= %(today)s AND (valid_until IS NULL OR valid_until >= %(today)s)
"""


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Reads of role grants."""

    def in_force(self) -> "RoleGrantQuerySet":
        """Grants that hold today, computed from dates at read time."""
        today = timezone.localdate()
        return self.filter(valid_from__lte=today).filter(Q(valid_until=None) | Q(valid_until__gte=today))

    def roles_of(self, user: "User") -> frozenset[Role]:
        """All roles of one person today; everybody is a learner."""
        today = timezone.localdate()
        with connection.cursor() as cursor:
            cursor.execute(ROLES_OF, {"user": user.pk, "today": today})
            return frozenset({Role.LEARNER, *(Role(row[0]) for row in cursor.fetchall())})


class RoleGrant(models.Model):
    """A role for a person over a period. A mandate ends by its date, not by a job."""

    personal_data = PersonalData(
        subject="user",
        purpose="Wie wat mag",
        retention="Met het account",
        moves=False,
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField(default=timezone.localdate)
    valid_until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role"), condition=Q(valid_until=None), name="one_open_grant_per_role"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="grant_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} van {self.valid_from}"
