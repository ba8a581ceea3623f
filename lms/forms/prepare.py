"""Forms around a session: a note, a material, an evaluation form."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.enums import NoteTopic


class NoteForm(forms.Form):
    """A practical note."""

    topic = forms.ChoiceField(label=_("Waarover gaat het?"), choices=NoteTopic.choices)
    text = forms.CharField(
        label=_("Je notitie"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Praktisch, voor wie dit de volgende keer geeft. Niets over een gezin, een kind of een deelnemer."
        ),
        error_messages={"required": _("Schrijf nog je notitie.")},
    )


class MaterialForm(forms.Form):
    """Something to read, open or bring. `kept`: a file that came in already, while something else was wrong."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    kept = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Wat is het?"),
        max_length=160,
        error_messages={"required": _("Geef het materiaal een titel.")},
    )
    url = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Dit is geen volledige link. Ze begint met https://")},
    )
    file = forms.FileField(
        label=_("Bestand"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, JPG, PNG of HEIC, tot 25 MB. Bewaar dia's als pdf."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.heic,.heif,image/*,application/pdf"}),
    )
    for_trainers = forms.BooleanField(label=_("Alleen voor trainers"), required=False)


class EvaluationFormForm(forms.Form):
    """A form of the network's own, one question on each line."""

    name = forms.CharField(
        label=_("Naam van het formulier"),
        max_length=120,
        error_messages={"required": _("Geef het formulier een naam.")},
    )
    lines = forms.CharField(
        label=_("Vragen"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Een vraag op elke regel, met schaal:, open: of aanrader: ervoor."),
        error_messages={"required": _("Schrijf minstens een vraag.")},
    )
