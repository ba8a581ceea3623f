"""The account: e-mail as login."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData
from people.enums import Role


class UserManager(BaseUserManager["User"]):
    """Creates accounts; e-mail addresses compare without regard to ASCII case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account. Raises ValueError without an address."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=email.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account that may do everything in the back office."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Purpose: sign-in and contact. Retention: until erasure is asked."""

    personal_data = PersonalData(
        subject="pk",
        purpose="Aanmelden en contact",
        retention="Tot iemand vraagt om te wissen",
        on_erasure=OnErasure.BLANK,
        why_kept="Wat blijft, wijst naar een account zonder naam",
        blanked={"first_name": "", "last_name": ""},
        secret=("password",),
        moves=False,
    )

    email = models.EmailField(_("e-mailadres"), unique=True)
    first_name = models.CharField(_("voornaam"), max_length=80, blank=True)
    last_name = models.CharField(_("achternaam"), max_length=80, blank=True)
    is_active = models.BooleanField(_("actief"), default=True)
    is_staff = models.BooleanField(_("mag in het beheer"), default=False)
    date_joined = models.DateTimeField(_("lid sinds"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_any_case"),)

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def full_name(self) -> str:
        """First and last name, or an empty text."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_full_name(self) -> str:
        """Name as Django and Wagtail ask for it."""
        return self.full_name or self.email

    def get_short_name(self) -> str:
        """First name, to address somebody."""
        return self.first_name or self.email

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles in force today; one query per request."""
        from people.models.role import RoleGrant

        return RoleGrant.objects.roles_of(self)

    def has_role(self, *roles: Role) -> bool:
        """Whether one of the roles is in force today."""
        return self.is_active and any(role in self.roles for role in roles)
