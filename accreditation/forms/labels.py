"""A quality label of an organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.models import LabelScheme
from people.api import organisation_names


class LabelOfOrganisationForm(forms.Form):
    """Which label, whose, from when to when."""

    organisation = forms.ChoiceField(label=_("Organisatie"))
    scheme = forms.ModelChoiceField(
        label=_("Label"), queryset=LabelScheme.objects.none(), empty_label=_("Kies het label")
    )
    valid_from = forms.DateField(
        label=_("Geldig van"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("Geldig tot en met"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", _("Kies de organisatie")),
            *((str(pk), name) for pk, name in organisation_names().items()),
        ]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        self.fields["scheme"].queryset = LabelScheme.objects.filter(for_organisations=True)  # type: ignore[attr-defined]


class EndLabelForm(forms.Form):
    """Why a label stops before its date."""

    reason = forms.CharField(label=_("Waarom stopt dit label?"), max_length=300)
