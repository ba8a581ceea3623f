"""The professional's own form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.domain.riziv import RizivError, format_riziv, validate_riziv
from people.enums import LANGUAGES
from people.models import ProfessionalProfile

PROFILE_FIELDS = (
    "profession",
    "base_degrees",
    "employer",
    "region",
    "zone",
    "riziv_number",
    "languages",
    "has_lived_experience",
    "offer",
    "phone",
    "public_email",
    "public_listing",
    "public_feed",
    "public_region",
    "public_employer",
    "public_languages",
    "public_contact",
)


class ProfileForm(forms.ModelForm[ProfessionalProfile]):
    """Who you are, what you learned, where you work, and what of it may be public."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=80)
    last_name = forms.CharField(label=_("Achternaam"), max_length=80)
    languages = forms.MultipleChoiceField(
        label=_("Talen waarin je gezinnen helpt"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = ProfessionalProfile
        fields = PROFILE_FIELDS
        widgets = {
            "base_degrees": forms.CheckboxSelectMultiple,
            "riziv_number": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "offer": forms.Textarea(attrs={"rows": 3, "maxlength": 400}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }
        labels = {
            "profession": _("Beroepsgroep"),
            "base_degrees": _("Basisopleiding"),
            "employer": _("Organisatie waar je werkt"),
            "region": _("Regio"),
            "zone": _("Eerstelijnszone"),
        }
        help_texts = {
            "base_degrees": _("Duid aan wat je behaald hebt. Je diploma voeg je later toe aan je dossier."),
            "riziv_number": _("Alleen als je er een hebt. We bewaren het versleuteld en tonen het nooit."),
            "offer": _(
                "In woorden die een ouder begrijpt, bijvoorbeeld: gesprekken thuis in de eerste weken."
            ),
            "public_listing": _(
                "Dit telt pas als je een geldige erkenning hebt. Je kunt het altijd terug uitzetten."
            ),
            "public_feed": _("Bijvoorbeeld aan een sociale kaart. Zet je het uit, dan horen zij dat meteen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("profession", "employer", "region", "zone"):
            self.fields[name].empty_label = _("Niet gekozen")  # type: ignore[attr-defined]
        user = self.instance.user
        self.fields["first_name"].initial = user.first_name
        self.fields["last_name"].initial = user.last_name
        if self.instance.riziv_number:
            self.initial["riziv_number"] = format_riziv(self.instance.riziv_number)
        self.order_fields(["first_name", "last_name", *PROFILE_FIELDS])

    def clean_riziv_number(self) -> str:
        """Check digits, or a text that says how to mend it."""
        value = str(self.cleaned_data.get("riziv_number") or "").strip()
        if not value:
            return ""
        try:
            return validate_riziv(value)
        except RizivError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Contact may only be public where there is some."""
        data = super().clean() or {}
        if data.get("public_feed") and not data.get("public_listing"):
            if self.initial.get("public_feed"):
                # Whoever takes the listing back takes all of it back: one switch is enough.
                data["public_feed"] = False
            else:
                self.add_error(
                    "public_feed",
                    _("Zet ook aan dat we je in het zorgaanbod mogen tonen, of zet dit uit."),
                )
        if data.get("public_contact") and not (data.get("phone") or data.get("public_email")):
            self.add_error(
                "public_contact",
                _("Vul eerst een telefoonnummer of e-mailadres voor gezinnen in, of zet dit uit."),
            )
        return data
