"""Forms with which an administrator gives roles."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import Role

GIVEN_BY_HAND = [(role.value, role.label) for role in Role if role not in (Role.LEARNER, Role.API_CLIENT)]


class GrantRoleForm(forms.Form):
    """One role over a period."""

    role = forms.ChoiceField(label=_("Rol"), choices=GIVEN_BY_HAND)
    valid_from = forms.DateField(
        label=_("Vanaf"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_until = forms.DateField(
        label=_("Tot en met"),
        required=False,
        help_text=_("Laat leeg als de rol zonder einddatum loopt."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """The period must end after it starts."""
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error(
                "valid_until", _("De einddatum ligt voor de begindatum. Kies een latere einddatum.")
            )
        return data
