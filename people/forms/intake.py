"""A list of people to bring in, and the choices before it is done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Team


class IntakeForm(forms.Form):
    """The file, and the team that everybody on it joins."""

    file = forms.FileField(
        label=_("Je lijst"),
        help_text=_("Een CSV-bestand met een kolom e-mail, voornaam en achternaam. Hoogstens 100 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        error_messages={
            "required": _("Kies nog een bestand."),
            "empty": _("Dit bestand is leeg. Zet op de eerste rij de titels van de kolommen."),
        },
    )
    team = forms.ModelChoiceField(
        label=_("Maak iedereen lid van dit team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("Geen team"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined]


class ApplyForm(forms.Form):
    """What happens with people who look like somebody we know, and whether new people get a mail."""

    with_namesakes = forms.BooleanField(
        label=_("Maak ook een account voor wie heet zoals iemand die er al is"), required=False
    )
    invite = forms.BooleanField(label=_("Stuur nieuwe mensen een uitnodiging per mail"), required=False)
