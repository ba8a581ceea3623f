"""The sign-up form's own fields; allauth adds e-mail and password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignupDetailsForm(forms.Form):
    """First and last name, as they should stand on a certificate."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=80)
    last_name = forms.CharField(
        label=_("Achternaam"), max_length=80, help_text=_("Zoals je naam op een getuigschrift moet staan.")
    )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Names were already stored by the adapter."""
