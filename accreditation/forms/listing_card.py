"""One's own entry in the list of care."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accreditation.domain.match_keys import MatchKeyError, read_kbo_unit, read_sociale_kaart_id
from accreditation.domain.offer_words import offer_words
from accreditation.models import PracticePlace


class OffersForm(forms.Form):
    """What somebody offers: each line in the words of parents, with the word of the field behind it."""

    offers = forms.MultipleChoiceField(
        label=_("Waarmee help je gezinnen?"),
        help_text=_(
            "Gezinnen lezen de eerste woorden, verwijzers vinden je ook op het vakwoord tussen haakjes."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(word.key, f"{word.plain} ({word.term})") for word in offer_words()]
        self.fields["offers"].choices = choices  # type: ignore[attr-defined]


class PlaceForm(forms.ModelForm[PracticePlace]):
    """A place where somebody practises, what of it may be seen, and the keys by which other lists know it."""

    kbo_unit = forms.CharField(
        label=_("Vestigingsnummer KBO"),
        max_length=20,
        required=False,
        help_text=_(
            "10 cijfers, bijvoorbeeld 2.123.456.791. We tonen het niet; andere lijsten herkennen je eraan."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sociale_kaart_id = forms.CharField(
        label=_("Je fiche in de Sociale Kaart"),
        max_length=300,
        required=False,
        help_text=_("Het nummer of het adres van je fiche. We tonen het niet; zo vinden ze de juiste fiche."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = PracticePlace
        fields = (
            "name",
            "street",
            "postal_code",
            "municipality",
            "region",
            "phone",
            "email",
            "website",
            "is_listed",
            "show_address",
            "show_contact",
            "kbo_unit",
            "sociale_kaart_id",
        )
        widgets = {
            "postal_code": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "website": forms.URLInput(attrs={"placeholder": "https://"}),
        }
        help_texts = {
            "name": _("Bijvoorbeeld de naam van je praktijk of van het ziekenhuis."),
            "is_listed": _("Zolang je wilt. Zet je het uit, dan is de plek meteen overal weg."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].empty_label = _("Kies je regio")  # type: ignore[attr-defined]

    def clean_postal_code(self) -> str:
        """A Belgian postal code, or nothing."""
        code = str(self.cleaned_data.get("postal_code") or "").strip()
        if code and not (code.isascii() and code.isdigit() and 1000 <= int(code) <= 9999):
            raise ValidationError(_("Een postcode heeft vier cijfers, zoals 9000."))
        return code

    def clean_kbo_unit(self) -> str:
        """Ten digits whose check digits fit."""
        return self._key("kbo_unit", read_kbo_unit)

    def clean_sociale_kaart_id(self) -> str:
        """The number, also out of the address."""
        return self._key("sociale_kaart_id", read_sociale_kaart_id)

    def clean(self) -> dict[str, Any]:
        """A hidden place shows nothing; contact can only be shown where there is some."""
        data = super().clean() or {}
        if not data.get("is_listed"):
            data["show_address"] = data["show_contact"] = False
        if data.get("show_address") and not data.get("street"):
            self.add_error("street", _("Vul straat en nummer in, of zet uit dat we ze tonen."))
        if data.get("show_contact") and not any(data.get(name) for name in ("phone", "email", "website")):
            self.add_error("phone", _("Vul telefoon, e-mail of website in, of zet uit dat we ze tonen."))
        return data

    def _key(self, name: str, read: Callable[[str], str]) -> str:
        try:
            return read(str(self.cleaned_data.get(name) or ""))
        except MatchKeyError as error:
            raise ValidationError(str(error)) from error
