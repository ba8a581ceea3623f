"""What the office does to a recognition, and what its holder answers."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accreditation.domain.hearings import HEARD_GROUNDS
from accreditation.enums_committee import DeferralReason, SuspensionReason


def day_input() -> forms.DateInput:
    """A date field that browsers know."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def words(choices: Any) -> list[tuple[str, str]]:
    """Choices as sentences begin: with a capital."""
    return [(one.value, capfirst(str(one.label))) for one in choices]


class DeferralForm(forms.Form):
    """More time to renew."""

    reason = forms.ChoiceField(label=_("Waarom?"), choices=lambda: words(DeferralReason))
    months = forms.IntegerField(
        label=_("Hoeveel maanden?"),
        min_value=1,
        max_value=60,
        help_text=_("De laatste dag, de tijd om te verlengen en de uitloop schuiven mee op."),
    )
    text = forms.CharField(
        label=_("Een woordje erbij"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Staat in de brief. Schrijf niets medisch."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class SuspensionForm(forms.Form):
    """A recognition that rests."""

    reason = forms.ChoiceField(label=_("Waarom?"), choices=lambda: words(SuspensionReason))
    until = forms.DateField(
        label=_("Tot en met"),
        required=False,
        widget=day_input(),
        help_text=_("Laat leeg als je nog niet weet tot wanneer."),
    )
    text = forms.CharField(
        label=_("Uitleg voor de persoon"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Staat letterlijk in de brief."),
    )


class LiftForm(forms.Form):
    """The suspension ends."""

    text = forms.CharField(
        label=_("Een woordje erbij"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HearingForm(forms.Form):
    """A withdrawal is intended; the person is heard first."""

    ground = forms.ChoiceField(label=_("Waarom?"), choices=lambda: words(HEARD_GROUNDS))
    reason = forms.CharField(
        label=_("Wat is er gebeurd?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Deze tekst staat letterlijk in de brief. Zeg wat je weet, zonder verwijt."),
    )


class KeepForm(forms.Form):
    """The recognition stays after all."""

    text = forms.CharField(
        label=_("Waarom blijft de erkenning?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HearingAnswerForm(forms.Form):
    """The holder's own words."""

    response = forms.CharField(
        label=_("Jouw antwoord"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Vertel hoe jij het ziet. Je kunt het één keer versturen. Noem geen namen van gezinnen."),
    )
