"""A building where sessions are held."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lms.models import Location

ROWS = {"rows": 3}


class LocationForm(forms.ModelForm[Location]):
    """The slug comes from the name and stays."""

    map_url = forms.URLField(
        label=_("Link naar de kaart"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Dit is geen volledige link. Ze begint met https://")},
    )

    class Meta:
        model = Location
        fields = (
            *("name", "street", "postcode", "municipality", "map_url"),
            *("step_free", "accessible_toilet", "hearing_loop", "lactation_room"),
            *("accessibility", "public_transport", "parking", "is_active"),
        )
        widgets = {
            name: forms.Textarea(attrs=ROWS) for name in ("accessibility", "public_transport", "parking")
        }
        error_messages = {
            "name": {
                "unique": _("Er is al een locatie met deze naam."),
                "required": _("Geef de locatie een naam."),
            },
        }

    def clean_postcode(self) -> str:
        """Four figures."""
        postcode: str = self.cleaned_data["postcode"].strip()
        if not (postcode.isascii() and postcode.isdigit() and len(postcode) == 4):
            raise forms.ValidationError(_("Een postcode heeft vier cijfers."))
        return postcode

    def save(self, commit: bool = True) -> Any:
        """A new location gets an address of its own."""
        if not self.instance.slug:
            base = slugify(self.cleaned_data["name"])[:70] or "locatie"
            slug, number = base, 1
            while Location.objects.filter(slug=slug).exists():
                number += 1
                slug = f"{base}-{number}"
            self.instance.slug = slug
        return super().save(commit)
