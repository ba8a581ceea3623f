"""A text column whose content is unreadable without the installation's key."""

from typing import Any

from django.db import models

from people.sealing import seal, unseal


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # Django's fields are generic in the stubs only
    """Text encrypted with FIELD_ENCRYPTION_KEY. It cannot be searched, on purpose."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way to the database; empty stays empty."""
        return value if value in (None, "") else seal(str(value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out; raises cryptography's InvalidToken when the key is another one."""
        return value if value in (None, "") else unseal(value)
