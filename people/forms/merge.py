"""Which account is the same person."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DuplicateForm(forms.Form):
    """The other account, by its address."""

    email = forms.EmailField(label=_("E-mailadres van de dubbele account"))
