"""Adding somebody to a cohort by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MemberForm(forms.Form):
    """Whom staff give a seat, by address."""

    email = forms.EmailField(
        label=_("E-mailadres van wie je toevoegt"),
        error_messages={"required": _("Vul het e-mailadres in.")},
    )
