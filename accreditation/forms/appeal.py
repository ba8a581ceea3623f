"""Why somebody does not agree with a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AppealForm(forms.Form):
    """The person's own words; the panel reads them."""

    text = forms.CharField(
        label=_("Waarom ben je het er niet mee eens?"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Schrijf in je eigen woorden. Noem geen namen van gezinnen of collega's."),
    )
