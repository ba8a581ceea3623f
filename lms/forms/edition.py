"""Series, copies and templates of cohorts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.domain.queries.cohorts import trainers_today
from lms.forms.cohort import DATE, TIME, SessionForm
from lms.models import Location

DAY = {"required": _("Kies de eerste dag."), "invalid": _("Schrijf de dag als dag/maand/jaar.")}


class SeriesForm(SessionForm):
    """A session that comes back: the first one, how often, and days on which there is none."""

    every_weeks = forms.IntegerField(label=_("Om de hoeveel weken?"), min_value=1, max_value=26, initial=1)
    times = forms.IntegerField(label=_("Hoeveel keer?"), min_value=2, max_value=60, initial=4)
    skipped = forms.CharField(
        label=_("Niet op deze dagen"),
        required=False,
        max_length=600,
        help_text=_("Dag/maand/jaar, met komma's ertussen. Die keer komt er op het einde bij."),
    )

    def clean_skipped(self) -> tuple[date, ...]:
        """Days as people write them."""
        field = forms.DateField()
        days = []
        for word in self.cleaned_data["skipped"].replace(";", ",").split(","):
            if not word.strip():
                continue
            try:
                days.append(field.clean(word.strip()))
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("“%(word)s” is geen dag. Schrijf dag/maand/jaar.") % {"word": word.strip()[:20]}
                ) from None
        return tuple(days)


class SeriesChangeForm(forms.Form):
    """Another hour or place for this session and the later ones."""

    begins = forms.TimeField(label=_("Begint om"), widget=TIME)
    ends = forms.TimeField(label=_("Eindigt om"), widget=TIME)
    place = forms.CharField(label=_("Plaats"), max_length=200, required=False)
    location = forms.ModelChoiceField(
        label=_("Locatie"), queryset=Location.objects.none(), required=False, empty_label=_("Andere plaats")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = Location.objects.filter(is_active=True)  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """A new edition like this one."""

    name = forms.CharField(
        label=_("Naam van de nieuwe groep"),
        max_length=120,
        error_messages={"required": _("Geef de groep een naam.")},
    )
    starts_on = forms.DateField(label=_("Eerste dag"), widget=DATE, error_messages=DAY)


class TemplateForm(forms.Form):
    """The name under which an edition is kept."""

    keep_as = forms.CharField(
        label=_("Naam van het sjabloon"),
        max_length=120,
        error_messages={"required": _("Geef het sjabloon een naam.")},
    )


class FromTemplateForm(CopyForm):
    """A cohort from a template: when, where and with whom."""

    place = forms.CharField(label=_("Plaats"), max_length=200, required=False)
    trainers = forms.ModelMultipleChoiceField(
        label=_("Trainers"),
        queryset=trainers_today().none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens een trainer.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trainers = self.fields["trainers"]
        trainers.queryset = trainers_today()  # type: ignore[attr-defined]
        trainers.label_from_instance = lambda user: user.get_full_name()  # type: ignore[attr-defined]
