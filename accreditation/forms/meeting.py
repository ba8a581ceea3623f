"""Calling a meeting, and when a member reads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.domain.availability import MOST
from accreditation.forms.recognition import day_input


class MeetingForm(forms.Form):
    """When and where."""

    day = forms.DateField(label=_("Dag"), widget=day_input())
    time = forms.TimeField(
        label=_("Uur"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="19:00"
    )
    place = forms.CharField(
        label=_("Waar"), max_length=200, help_text=_("Een zaal, of de link van de videovergadering.")
    )


class AbsenceForm(forms.Form):
    """Days on which no new dossiers come."""

    first_day = forms.DateField(label=_("Eerste dag"), widget=day_input())
    last_day = forms.DateField(label=_("Laatste dag"), widget=day_input())

    def clean(self) -> dict[str, Any]:
        """The period must end after it starts."""
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("De laatste dag ligt voor de eerste. Kies een latere dag."))
        return data


class LimitForm(forms.Form):
    """How many dossiers at the same time."""

    at_most = forms.IntegerField(
        label=_("Hoeveel dossiers tegelijk, hoogstens?"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=_("Laat leeg als je geen grens wilt. Wat je al leest, blijft bij jou."),
    )
