"""A partner's endpoint."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EndpointForm(forms.Form):
    """Whose server, and where it listens."""

    name = forms.CharField(
        label=_("Partner"), max_length=120, help_text=_("Bijvoorbeeld de naam van de sociale kaart.")
    )
    url = forms.CharField(
        label=_("Adres"),
        max_length=500,
        help_text=_("Begint met https://. We sturen er alleen nummers en een stand heen, nooit namen."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )


class ReplayForm(forms.Form):
    """From which day on everything is sent once more."""

    since = forms.DateField(
        label=_("Stuur alles opnieuw vanaf"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_since(self) -> object:
        """A day that has come."""
        day = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise ValidationError(_("Kies vandaag of een dag die voorbij is."))
        return day
