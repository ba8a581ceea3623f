"""Every model that declares personal data, ours and that of the packages we build on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from ledger.api import OnErasure, PersonalData

_SIGN_IN = "Aanmelden en het account beschermen"
#: Models of packages: they cannot say it themselves.
OF_PACKAGES: dict[str, PersonalData] = {
    "account.EmailAddress": PersonalData("user", _SIGN_IN, "Met het account", moves=False),
    "socialaccount.SocialAccount": PersonalData(
        "user", _SIGN_IN, "Met het account", secret=("extra_data",), moves=False
    ),
    "mfa.Authenticator": PersonalData("user", _SIGN_IN, "Met het account", secret=("data",), moves=False),
    "usersessions.UserSession": PersonalData(
        "user", _SIGN_IN, "Tot het einde van de sessie", secret=("session_key",), moves=False
    ),
    "wagtailusers.UserProfile": PersonalData("user", "Werken in het beheer", "Met het account", moves=False),
}


OURS = frozenset({"people", "media", "lms", "accreditation"})
#: Names of fields that say whom a row is about; "by" and "recorded_by" only say who did something.
SUBJECTS = frozenset({"person", "user", "owner", "member", "learner", "reader", "trainer", "colleague"})


@dataclass(frozen=True)
class DataClass:
    """One model with its declaration."""

    model: type[models.Model]
    data: PersonalData

    @property
    def label(self) -> str:
        """App and model, such as "lms.Reflection"."""
        return self.model._meta.label

    def rows_of(self, user_id: int) -> "models.QuerySet[Any]":
        """The person's rows."""
        return self.model._default_manager.filter(**{self.data.subject: user_id})


def data_classes() -> Iterator[DataClass]:
    """All models about a person, in the order of the apps.

    One that declares nothing yet is still exported and erased: forgetting a declaration may not mean forgetting a row.
    """
    for model in apps.get_models():
        declared = _declared(model) or _by_default(model)
        if declared is not None:
            yield DataClass(model, declared)


def undeclared_models() -> list[str]:
    """Models of ours that point at a person and declare nothing: a gap to close."""
    return sorted(
        model._meta.label for model in apps.get_models() if not _declared(model) and _by_default(model)
    )


def _declared(model: type[models.Model]) -> PersonalData | None:
    found = model.__dict__.get("personal_data") or OF_PACKAGES.get(model._meta.label)
    return found if isinstance(found, PersonalData) else None


def _by_default(model: type[models.Model]) -> PersonalData | None:
    """For a model of ours with a field that says whom a row is about."""
    if model._meta.app_label not in OURS or hasattr(model, "no_personal_data"):
        return None
    user = apps.get_model("people", "User")
    fields = model._meta.concrete_fields
    name = next((one.name for one in fields if one.related_model is user and one.name in SUBJECTS), None)
    return PersonalData(name, str(model._meta.verbose_name), "Met het account", moves=False) if name else None


__all__ = ["DataClass", "OnErasure", "data_classes", "undeclared_models"]
