"""The contact form."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """A question for the network's office. `website` is a trap for robots; people never see it."""

    name = forms.CharField(label=_("Je naam"), max_length=80)
    email = forms.EmailField(label=_("Je e-mailadres"), help_text=_("Alleen om je te antwoorden."))
    message = forms.CharField(
        label=_("Je vraag of opmerking"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Schrijf geen namen of gegevens van gezinnen."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
