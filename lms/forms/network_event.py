"""Forms of days of the network."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.domain.network_events import EventPlan
from lms.forms.cohort import DATE, TIME
from lms.models import NetworkEvent


class NetworkEventForm(forms.ModelForm[NetworkEvent]):
    """A day, or a series of them when it is new."""

    day = forms.DateField(label=_("Dag"), widget=DATE, error_messages={"required": _("Kies de dag.")})
    begins = forms.TimeField(
        label=_("Begint om"), widget=TIME, error_messages={"required": _("Hoe laat begint het?")}
    )
    ends = forms.TimeField(
        label=_("Eindigt om"), widget=TIME, error_messages={"required": _("Hoe laat eindigt het?")}
    )
    times = forms.IntegerField(label=_("Hoeveel keer"), min_value=1, max_value=12, initial=1)
    every_months = forms.IntegerField(
        label=_("Om de zoveel maanden"), min_value=1, max_value=12, initial=6, required=False
    )

    class Meta:
        model = NetworkEvent
        fields = ("kind", "title", "zone", "region", "place", "online_url", "seats", "save_the_date")
        error_messages = {"title": {"required": _("Geef de dag een titel.")}}

    field_order = (
        "kind",
        "title",
        "day",
        "begins",
        "ends",
        "zone",
        "region",
        "place",
        "online_url",
        "seats",
        "save_the_date",
        "times",
        "every_months",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].empty_label = _("Geen bepaalde zone")  # type: ignore[attr-defined]
        self.fields["region"].empty_label = _("Geen bepaalde regio")  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in ("kind", "times", "every_months"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Moments that exist."""
        data = super().clean() or self.cleaned_data
        for name, moment in (("begins", "starts_at"), ("ends", "ends_at")):
            if data.get("day") and data.get(name):
                try:
                    data[moment] = forms.DateTimeField().clean(datetime.combine(data["day"], data[name]))
                except forms.ValidationError:
                    self.add_error(name, _("Dat uur bestaat die nacht niet. Kies een ander uur."))
        return data

    def validate_constraints(self) -> None:
        """The domain says what is wrong in words; moments are not on the row yet."""

    def plan(self) -> EventPlan:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return EventPlan(
            kind=data.get("kind") or self.instance.kind,
            title=data["title"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            zone_id=data["zone"].pk if data["zone"] else None,
            region_id=data["region"].pk if data["region"] else None,
            place=data["place"],
            online_url=data["online_url"],
            seats=data["seats"],
            save_the_date=data["save_the_date"],
            times=data.get("times") or 1,
            every_months=data.get("every_months") or 6,
        )


class MinutesForm(forms.Form):
    """Minutes of a network meeting."""

    minutes = forms.CharField(
        label=_("Verslag"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 10, "data-privacy-hint": "verslag-let-op"}),
        help_text=_("Wat besproken en afgesproken werd. Geen gezinnen, geen casussen."),
    )
    presentation_url = forms.URLField(
        label=_("Link naar de presentatie"), required=False, max_length=500, assume_scheme="https"
    )
