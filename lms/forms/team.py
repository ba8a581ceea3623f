"""Forms of the coordinator's desk and of the network's office: signing up, training in house, licences, rules."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.api import list_courses
from lms.domain.in_house import InHousePlan
from lms.domain.licences import Availability
from lms.enums import CheckOutcome, LicenceKind, MeetingKind
from lms.forms.cohort import DATE, TIME
from lms.models import Cohort, ExpertProfile, IntervisionRule, Licence, TeamDutyRule
from people.api import User, region_names

WEEKDAYS = ((1, _("maandag")), (2, _("dinsdag")), (3, _("woensdag")), (4, _("donderdag")), (5, _("vrijdag")))
HALVES = ((0, _("voormiddag")), (1, _("namiddag")))


def person_by_email(email: str) -> User:
    """The account with this address. Raises ValidationError in words."""
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise forms.ValidationError(_("Bij dit adres hoort geen account. Kijk het na."))
    return person


class SignUpForm(forms.Form):
    """Sign up members of the team for a group that still has places."""

    cohort = forms.ModelChoiceField(
        label=_("Groep"),
        queryset=Cohort.objects.none(),
        empty_label=_("Kies een groep"),
        error_messages={"required": _("Kies een groep.")},
    )
    people = forms.TypedMultipleChoiceField(
        label=_("Wie schrijf je in?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens een collega.")},
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        cohorts = Cohort.objects.filter(starts_on__gt=today, team=None).select_related("course")
        field = self.fields["cohort"]
        field.queryset = cohorts.order_by("starts_on")  # type: ignore[attr-defined]
        field.label_from_instance = _cohort_label  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]


def _cohort_label(cohort: Cohort) -> str:
    return f"{cohort.name} ({cohort.course.title}, {cohort.starts_on:%d/%m/%Y})"


class InHouseForm(forms.Form):
    """A training of newcomers by a colleague with a licence."""

    course = forms.TypedChoiceField(
        label=_("Opleiding"), coerce=int, error_messages={"required": _("Kies de opleiding.")}
    )
    day = forms.DateField(label=_("Dag"), widget=DATE, error_messages={"required": _("Kies de dag.")})
    begins = forms.TimeField(
        label=_("Begint om"),
        widget=TIME,
        error_messages={"required": _("Hoe laat begint het?"), "invalid": _("Schrijf het uur als 13:30.")},
    )
    minutes = forms.TypedChoiceField(
        label=_("Duur"),
        coerce=int,
        initial=210,
        choices=[(120, _("2 uur")), (180, _("3 uur")), (210, _("3 uur 30 min")), (240, _("4 uur"))],
    )
    place = forms.CharField(
        label=_("Plaats"), max_length=200, error_messages={"required": _("Waar gaat het door?")}
    )
    trainer = forms.TypedChoiceField(
        label=_("Wie leidt op?"),
        coerce=int,
        error_messages={"required": _("Kies een collega met een licentie.")},
    )
    co_trainer = forms.CharField(
        label=_("E-mailadres van wie mee lesgeeft"),
        required=False,
        help_text=_("Nodig zolang je collega nog niet samen met een ervaren trainer lesgaf."),
    )
    people = forms.TypedMultipleChoiceField(
        label=_("Wie volgt de opleiding?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens een collega.")},
    )

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], trainers: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        courses = [(course.page_id, course.title) for course in list_courses() if course.version_id]
        self.fields["course"].choices = [("", _("Kies een opleiding")), *courses]  # type: ignore[attr-defined]
        self.fields["trainer"].choices = [("", _("Kies een collega")), *trainers]  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]

    def clean_co_trainer(self) -> int | None:
        """The id of the person, None when left empty."""
        email = self.cleaned_data["co_trainer"]
        return person_by_email(email).pk if email else None

    def clean(self) -> dict[str, Any]:
        """A moment that exists and is still to come."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("begins"):
            try:
                moment = forms.DateTimeField().clean(datetime.combine(data["day"], data["begins"]))
            except forms.ValidationError:
                self.add_error("begins", _("Dat uur bestaat die nacht niet. Kies een ander uur."))
            else:
                if moment < timezone.now():
                    self.add_error("day", _("Deze dag is voorbij. Kies een dag die nog komt."))
                data["starts_at"] = moment
        return data

    def plan(self) -> InHousePlan:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return InHousePlan(
            course_id=data["course"],
            starts_at=data["starts_at"],
            minutes=data["minutes"],
            trainer_id=data["trainer"],
            co_trainer_id=data["co_trainer"],
            trainee_ids=tuple(data["people"]),
            place=data["place"],
        )


class LicenceForm(forms.ModelForm[Licence]):
    """A licence for somebody."""

    email = forms.CharField(
        label=_("E-mailadres"), error_messages={"required": _("Schrijf het adres van de persoon.")}
    )

    class Meta:
        model = Licence
        fields = ("kind", "valid_from", "valid_until")
        widgets = {"valid_from": DATE, "valid_until": DATE}
        labels = {"kind": _("Soort")}

    field_order = ("email", "kind", "valid_from", "valid_until")

    def __init__(self, *args: Any, years: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget = forms.RadioSelect(choices=LicenceKind.choices)
        self.fields["valid_until"].initial = timezone.localdate() + timedelta(days=365 * years)

    def clean_email(self) -> User:
        """The person."""
        return person_by_email(self.cleaned_data["email"])


class AvailabilityForm(forms.Form):
    """When and where an expert can."""

    half_days = forms.MultipleChoiceField(
        label=_("Halve dagen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(f"{day}-{half}", f"{name} {part}") for day, name in WEEKDAYS for half, part in HALVES],
        help_text=_("Niets aangevinkt: elke werkdag."),
    )
    regions = forms.TypedMultipleChoiceField(
        label=_("Regio's"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Niets aangevinkt: overal."),
    )
    most_per_month = forms.IntegerField(label=_("Hoogstens per maand"), min_value=1, max_value=40)
    first_day = forms.DateField(label=_("Afwezig vanaf"), widget=DATE, required=False)
    last_day = forms.DateField(label=_("Afwezig tot en met"), widget=DATE, required=False)

    def __init__(self, *args: Any, profile: ExpertProfile | None = None, **kwargs: Any) -> None:
        if profile is not None:
            kwargs["initial"] = {
                "half_days": profile.half_days,
                "regions": [region.pk for region in profile.regions.all()],
                "most_per_month": profile.most_per_month,
            }
        super().__init__(*args, **kwargs)
        self.fields["regions"].choices = list(region_names().items())  # type: ignore[attr-defined]
        self.fields["half_days"].choices = [  # type: ignore[attr-defined]
            (f"{day}-{half}", f"{name} {part}") for day, name in WEEKDAYS for half, part in HALVES
        ]

    def clean(self) -> dict[str, Any]:
        """Both days of an absence, or neither."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("first_day")) != bool(data.get("last_day")):
            self.add_error("last_day", _("Kies de eerste en de laatste dag."))
        return data

    def availability(self) -> Availability:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return Availability(
            region_ids=tuple(data["regions"]),
            half_days=tuple(data["half_days"]),
            most_per_month=data["most_per_month"],
        )


class OutcomeForm(forms.Form):
    """What staff found about a meeting of the sample."""

    outcome = forms.ChoiceField(label=_("Uitkomst"), choices=CheckOutcome.choices)


class IntervisionRuleForm(forms.ModelForm[IntervisionRule]):
    """What holds for groups and presence from a day on."""

    counted_kinds = forms.MultipleChoiceField(
        label=_("Telt mee voor criterium 3"),
        choices=MeetingKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens een soort.")},
    )

    class Meta:
        model = IntervisionRule
        fields = (
            "valid_from",
            "min_members",
            "max_members",
            "counted_kinds",
            "co_signers",
            "moderator_suffices",
            "agreement_required",
            "supervisor_required",
            "entry_days",
            "last_entry_days",
            "sample_percent",
            "reciprocal_meetings",
        )
        widgets = {"valid_from": DATE}
        labels = {
            "valid_from": _("Geldt vanaf"),
            "min_members": _("Minstens zoveel leden"),
            "max_members": _("Hoogstens zoveel leden"),
            "co_signers": _("Zoveel andere leden bevestigen"),
            "moderator_suffices": _("De moderator alleen is genoeg"),
            "agreement_required": _("Eerst de afspraken tekenen"),
            "supervisor_required": _("Supervisie alleen met een erkende supervisor"),
            "entry_days": _("Later ingeven zonder reden: dagen"),
            "last_entry_days": _("Later ingeven met reden: dagen"),
            "sample_percent": _("Steekproef: procent van de overleggen"),
            "reciprocal_meetings": _("Signaal vanaf zoveel overleggen met twee"),
        }


class DutyRuleForm(forms.ModelForm[TeamDutyRule]):
    """What teams owe from a day on."""

    months = forms.CharField(
        label=_("Maanden na de laatste opleidingsdag"), help_text=_("Bijvoorbeeld: 3, 6")
    )
    courses = forms.TypedMultipleChoiceField(
        label=_("Cursussen die het team opleiden"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Groepen uit een gepubliceerd plan tellen altijd mee."),
    )

    class Meta:
        model = TeamDutyRule
        fields = (
            "valid_from",
            "months",
            "quorum_percent",
            "tolerance_days",
            "meeting_minutes",
            "propose_days",
            "member_days",
            "coordinator_days",
            "network_days",
            "newcomer_days",
            "licence_years",
            "co_teachings",
        )
        widgets = {"valid_from": DATE}
        labels = {
            "valid_from": _("Geldt vanaf"),
            "quorum_percent": _("Quorum in procent van het team"),
            "tolerance_days": _("Speling voor en na de dag: dagen"),
            "meeting_minutes": _("Duur in minuten"),
            "propose_days": _("Dagen voorstellen, zoveel dagen vooraf"),
            "member_days": _("Leden herinneren, zoveel dagen vooraf"),
            "coordinator_days": _("Coördinator herinneren, zoveel dagen vooraf"),
            "network_days": _("Netwerk verwittigen, zoveel dagen na de speling"),
            "newcomer_days": _("Zo lang is iemand nieuw: dagen"),
            "licence_years": _("Licentie geldig: jaren"),
            "co_teachings": _("Zo vaak eerst samen lesgeven"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courses"].choices = [(one.page_id, one.title) for one in list_courses()]  # type: ignore[attr-defined]
        if isinstance(self.initial.get("months"), list):
            self.initial["months"] = ", ".join(str(month) for month in self.initial["months"])

    def clean_months(self) -> list[int]:
        """Whole numbers from 1 to 60, each once, in order."""
        parts = self.cleaned_data["months"].replace(",", " ").split()
        if not parts or not all(part.isascii() and part.isdigit() and 1 <= int(part) <= 60 for part in parts):
            raise forms.ValidationError(_("Schrijf maanden als getallen tussen 1 en 60, zoals: 3, 6."))
        return sorted({int(part) for part in parts})
