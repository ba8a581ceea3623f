"""Forms of intervision. No field for a case, and no free text about a meeting."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lms.domain.intervision import MeetingPlan
from lms.domain.kind_choice import PLAN, SELF, SITUATION
from lms.domain.queries.licences import supervisors_today
from lms.enums import GroupLanguage, GroupMode, LateReason, MeetingForm, MeetingKind, MeetingMethod
from lms.forms.cohort import DATE, TIME
from lms.models import IntervisionGroup
from people.api import User, profession_names, region_names


class MeetingEntryForm(forms.Form):
    """A meeting: when, how long, in which form."""

    kind = forms.ChoiceField(
        label=_("Soort"),
        choices=MeetingKind.choices,
        initial=MeetingKind.INTERVISION,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=_("Dag"),
        widget=DATE,
        error_messages={
            "required": _("Kies de dag."),
            "invalid": _("Schrijf de dag als dag/maand/jaar."),
        },
    )
    begins = forms.TimeField(
        label=_("Begint om"),
        widget=TIME,
        error_messages={"required": _("Hoe laat begon het?"), "invalid": _("Schrijf het uur als 13:30.")},
    )
    minutes = forms.TypedChoiceField(
        label=_("Duur"),
        coerce=int,
        initial=120,
        choices=[
            (60, _("1 uur")),
            (90, _("1 uur 30 min")),
            (120, _("2 uur")),
            (150, _("2 uur 30 min")),
            (180, _("3 uur")),
            (240, _("4 uur")),
            (360, _("6 uur")),
        ],
    )
    form = forms.ChoiceField(
        label=_("Vorm"), choices=MeetingForm.choices, initial=MeetingForm.IN_PERSON, widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label=_("Methode"),
        required=False,
        choices=[("", _("Kies een methode")), *MeetingMethod.choices],
    )
    led_by = forms.TypedChoiceField(
        label=_("Begeleid door"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Alleen voor supervisie: kies een erkende supervisor."),
    )
    late_reason = forms.ChoiceField(
        label=_("Waarom nu pas?"),
        required=False,
        choices=[("", _("Niet van toepassing")), *LateReason.choices],
        help_text=_("Alleen nodig wanneer het overleg al langer dan een maand geleden is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.pk, person.get_full_name()) for person in supervisors_today()]
        self.fields["led_by"].choices = [("", _("Niemand, we zijn onder elkaar")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A moment that exists."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("begins"):
            try:
                data["starts_at"] = forms.DateTimeField().clean(datetime.combine(data["day"], data["begins"]))
            except forms.ValidationError:
                self.add_error(
                    "begins", _("Dat uur valt in de nacht dat de klok verzet wordt. Kies een ander uur.")
                )
        return data

    def plan(self) -> MeetingPlan:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return MeetingPlan(
            starts_at=data["starts_at"],
            minutes=data["minutes"],
            kind=data["kind"],
            form=data["form"],
            method=data["method"],
            led_by_id=data["led_by"],
            late_reason=data["late_reason"],
        )


class GroupForm(forms.ModelForm[IntervisionGroup]):
    """A new group: its members by e-mail address, the first is the moderator."""

    emails = forms.CharField(
        label=_("E-mailadressen van de leden"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=_(
            "Een adres op elke regel. De eerste persoon wordt moderator. Iedereen heeft al een account."
        ),
        error_messages={"required": _("Schrijf de adressen van de leden, een op elke regel.")},
    )

    class Meta:
        model = IntervisionGroup
        fields = ("name", "region")
        error_messages = {
            "name": {
                "required": _("Geef de groep een naam."),
                "unique": _("Er is al een groep met die naam. Kies een andere naam."),
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].empty_label = _("Geen vaste regio")  # type: ignore[attr-defined]

    def clean_emails(self) -> tuple[int, ...]:
        """The ids of the people, in the order of the lines."""
        asked = [line.strip().lower() for line in self.cleaned_data["emails"].splitlines() if line.strip()]
        found = {
            email.lower(): pk
            for email, pk in User.objects.filter(is_active=True)
            .annotate(_email=Lower("email"))
            .filter(_email__in=asked)
            .values_list("email", "pk")
        }
        unknown = [email for email in asked if email not in found]
        if unknown:
            raise forms.ValidationError(
                _("Bij deze adressen hoort geen account: %(emails)s. Kijk ze na."),
                params={"emails": ", ".join(unknown)},
            )
        return tuple(found[email] for email in asked)


class KindTestForm(forms.Form):
    """Two questions that help choose a form of exchange."""

    over = forms.ChoiceField(
        label=_("Waarover gaat het vooral?"),
        choices=[
            (PLAN, _("Het zorgplan van een gezin, samen met wie rond dat gezin werkt")),
            (SITUATION, _("Een situatie zonder namen, om er met andere disciplines uit te leren")),
            (SELF, _("Hoe ik werk, en wat het met mij doet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarover het vooral gaat.")},
    )
    wie = forms.ChoiceField(
        label=_("Wie leidt het gesprek?"),
        choices=[
            ("groep", _("Iemand van ons, we zijn collega's onder elkaar")),
            ("supervisor", _("Een erkende supervisor")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie het gesprek leidt.")},
    )


class HabitsForm(forms.ModelForm[IntervisionGroup]):
    """How a group meets."""

    class Meta:
        model = IntervisionGroup
        fields = ("form", "frequency", "language")


class FinderForm(forms.Form):
    """Filters of the finder; every field may stay empty."""

    regio = forms.TypedChoiceField(label=_("Regio"), required=False, coerce=int, empty_value=None)
    beroep = forms.TypedChoiceField(label=_("Met iemand uit"), required=False, coerce=int, empty_value=None)
    taal = forms.ChoiceField(
        label=_("Taal"), required=False, choices=[("", _("Alle talen")), *GroupLanguage.choices]
    )
    vorm = forms.ChoiceField(
        label=_("Vorm"),
        required=False,
        choices=[("", _("Ter plaatse of online")), *GroupMode.choices[:2]],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regio"].choices = [("", _("Alle regio's")), *region_names().items()]  # type: ignore[attr-defined]
        self.fields["beroep"].choices = [("", _("Alle beroepen")), *profession_names().items()]  # type: ignore[attr-defined]
