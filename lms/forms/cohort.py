"""Forms of trainers and staff: a cohort, a session, a correction."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.api import list_courses
from lms.domain.cohorts import CohortPlan
from lms.domain.queries.cohorts import trainers_today
from lms.domain.sessions import SessionPlan
from lms.enums import EnrolmentWay, SessionKind
from lms.models import Cohort, Location, Session

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class CohortForm(forms.ModelForm[Cohort]):
    """A cohort; the course can be chosen when it is made, and stays."""

    course = forms.TypedChoiceField(
        label=_("Cursus"),
        coerce=int,
        error_messages={"required": _("Kies de cursus die deze groep volgt.")},
    )

    class Meta:
        model = Cohort
        fields = (
            *("name", "region", "capacity", "price", "starts_on", "ends_on", "is_public"),
            *("way", "code", "for_team", "withdraw_until", "offer_hours", "preparation", "costs"),
        )
        widgets = {
            "starts_on": DATE,
            "ends_on": DATE,
            "withdraw_until": DATE,
            "preparation": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "is_public": _("Toon deze groep in de agenda en op de cursuspagina"),
            "offer_hours": _("Hoeveel uur blijft een aangeboden plaats vrij?"),
        }
        help_texts = {
            "name": _("Bijvoorbeeld: Gent, voorjaar"),
            "code": _("Alleen bij inschrijven met een code. Je deelt ze zelf."),
            "for_team": _("Alleen bij inschrijven per team."),
            "withdraw_until": _("Laat leeg: tot de dag voor de eerste bijeenkomst."),
            "preparation": _("Wat lezen of meebrengen? Alleen deelnemers zien dit."),
            "costs": _("Bijvoorbeeld: lunch en cursusmap"),
        }
        error_messages = {
            "name": {"required": _("Geef de groep een naam, zodat mensen ze herkennen.")},
            "capacity": {
                "required": _("Hoeveel mensen kunnen er mee? Vul een getal in."),
                "min_value": _("Een groep heeft minstens 1 plaats."),
            },
            "starts_on": {
                "required": _("Kies de eerste dag."),
                "invalid": _("Schrijf de eerste dag als dag/maand/jaar."),
            },
            "ends_on": {
                "required": _("Kies de laatste dag. Is er maar een dag, kies dan dezelfde."),
                "invalid": _("Schrijf de laatste dag als dag/maand/jaar."),
            },
        }

    field_order = ("course", "name", "region", "starts_on", "ends_on", "capacity", "price", "is_public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("way", "offer_hours"):
            self.fields[name].required = False
        self.fields["for_team"].empty_label = _("Geen team")  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["course"]
        else:
            courses = [(course.page_id, course.title) for course in list_courses()]
            self.fields["course"].choices = [("", _("Kies een cursus")), *courses]  # type: ignore[attr-defined]
        self.fields["region"].empty_label = _("Geen vaste regio")  # type: ignore[attr-defined]
        capacity = self.fields["capacity"]
        capacity.widget.attrs.update({"min": 1, "max": 500, "inputmode": "numeric"})

    def clean_capacity(self) -> int:
        """At least one seat."""
        capacity: int = self.cleaned_data["capacity"]
        if capacity < 1:
            raise forms.ValidationError(_("Een groep heeft minstens 1 plaats."))
        return capacity

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or self.cleaned_data
        if data.get("way") == EnrolmentWay.CODE and not (data.get("code") or "").strip():
            self.add_error("code", _("Kies een code, of een andere manier om in te schrijven."))
        if data.get("way") == EnrolmentWay.TEAM and not data.get("for_team"):
            self.add_error("for_team", _("Kies het team, of een andere manier om in te schrijven."))
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on", _("De laatste dag ligt voor de eerste dag. Kies een latere laatste dag.")
            )
        return data

    def plan(self) -> CohortPlan:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return CohortPlan(
            course_id=self.instance.course_id if self.instance.pk else data["course"],
            name=data["name"],
            region_id=data["region"].pk if data["region"] else None,
            capacity=data["capacity"],
            price=data["price"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            is_public=data["is_public"],
            way=data["way"] or EnrolmentWay.OPEN,
            code=data["code"].strip() if data["way"] == EnrolmentWay.CODE else "",
            for_team_id=data["for_team"].pk
            if data["for_team"] and data["way"] == EnrolmentWay.TEAM
            else None,
            withdraw_until=data["withdraw_until"],
            offer_hours=data["offer_hours"] or 48,
            preparation=data["preparation"],
            costs=data["costs"],
        )


class SessionForm(forms.ModelForm[Session]):
    """A session: a day, a begin and an end on that day, a place or a link, trainers."""

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
        error_messages={"required": _("Hoe laat begint het?"), "invalid": _("Schrijf het uur als 13:30.")},
    )
    ends = forms.TimeField(
        label=_("Eindigt om"),
        widget=TIME,
        error_messages={"required": _("Hoe laat eindigt het?"), "invalid": _("Schrijf het uur als 16:30.")},
    )
    online_url = forms.URLField(
        label=_("Link om online deel te nemen"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Alleen wie ingeschreven is, ziet deze link."),
        error_messages={"invalid": _("Dit is geen volledige link. Ze begint met https://")},
    )
    trainers = forms.ModelMultipleChoiceField(
        label=_("Trainers"),
        queryset=trainers_today().none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens een trainer.")},
    )

    class Meta:
        model = Session
        fields = ("title", "kind", "location", "place", "online_url", "preparation")
        widgets = {"preparation": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "location": _("Met kaart, toegankelijkheid en openbaar vervoer."),
            "place": _("Zaal, straat en gemeente, zodat iedereen het vindt. Alleen online? Laat dit leeg."),
            "preparation": _("Wat lezen of meebrengen? Alleen deelnemers zien dit."),
        }
        error_messages = {
            "title": {"required": _("Geef de bijeenkomst een titel.")},
        }

    field_order = ("title", "day", "begins", "ends", "kind", "place", "online_url", "trainers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        location = self.fields["location"]
        location.queryset = Location.objects.filter(is_active=True)  # type: ignore[attr-defined]
        location.empty_label = _("Andere plaats")  # type: ignore[attr-defined]
        trainers = self.fields["trainers"]
        trainers.queryset = trainers_today()  # type: ignore[attr-defined]
        trainers.label_from_instance = lambda user: user.get_full_name()  # type: ignore[attr-defined]
        if self.instance.pk:
            start, end = (
                timezone.localtime(self.instance.starts_at),
                timezone.localtime(self.instance.ends_at),
            )
            self.initial = {
                **self.initial,
                "day": start.date(),
                "begins": start.time(),
                "ends": end.time(),
                "trainers": [trainer.pk for trainer in self.instance.trainers.all()],
            }

    def clean(self) -> dict[str, Any]:
        """Moments that exist, an end after the begin, a place where people meet in a room."""
        data = super().clean() or self.cleaned_data
        day, begins, ends = data.get("day"), data.get("begins"), data.get("ends")
        if day and begins and ends:
            if ends <= begins:
                self.add_error("ends", _("Het einde ligt niet na het begin. Kies een later einduur."))
            data["starts_at"] = self._moment("begins", datetime.combine(day, begins))
            data["ends_at"] = self._moment("ends", datetime.combine(day, ends))
        location = data.get("location")
        if location and not data.get("place"):
            data["place"] = f"{location.name}, {location.municipality}"
        if data.get("kind") != SessionKind.ONLINE and not data.get("place"):
            self.add_error("place", _("Waar gaat het door? Vul de plaats in, of kies online."))
        return data

    def _moment(self, field: str, naive: datetime) -> datetime | None:
        """The moment on the clock of Brussels; the hour that a clock change skips or repeats is refused."""
        try:
            moment: datetime | None = forms.DateTimeField().clean(naive)
        except forms.ValidationError:
            self.add_error(field, _("Dat uur valt in de nacht dat de klok verzet wordt. Kies een ander uur."))
            return None
        return moment

    def plan(self) -> SessionPlan:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return SessionPlan(
            title=data["title"],
            kind=data["kind"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            place=data["place"],
            online_url=data["online_url"],
            location_id=location.pk if (location := data["location"]) else None,
            preparation=data["preparation"],
            trainer_ids=tuple(trainer.pk for trainer in data["trainers"]),
        )
