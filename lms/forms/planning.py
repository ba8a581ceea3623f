"""Forms of the programme planner: a question, absences, a group that moves."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from courses.api import list_courses
from lms.domain.plan_question import PartChoice, Period, ProgrammeChoices, RoomChoice
from lms.domain.planning.plan import PlannedGroup
from lms.domain.planning.problem import Problem
from lms.domain.plans import Move
from lms.domain.queries.cohorts import trainers_today
from people.api import ReferenceRegion, Team, User

MOST_PARTS = 3
DAYS = [("0.5", _("een halve dag")), *[(str(n), str(n)) for n in range(1, 11)]]
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Lines(forms.CharField):
    """A text of lines; empty lines do not count."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> list[str]:
        """The lines."""
        text = super().clean(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]


def read_period(text: str) -> Period | None:
    """`12/01/2027` or `12/01/2027 - 15/01/2027` (also as 2027-01-12); None when it is neither."""
    found = re.findall(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}", text)
    rest = re.sub(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|tot|en|met|[-–\s]", "", text)
    if rest or not 1 <= len(found) <= 2:
        return None
    days = [_day(one) for one in found]
    if days[0] is None or days[-1] is None or days[-1] < days[0]:
        return None
    return days[0], days[-1]


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


class AbsencesMixin:
    """Reads who is away when: a line a period, with the name in front."""

    def read_absences(self, lines: list[str], people: list[User]) -> dict[int, list[Period]]:
        """Raises ValidationError that names every line it cannot read."""
        names = {person.get_full_name().casefold(): person.pk for person in people}
        found: dict[int, list[Period]] = {}
        wrong = []
        for line in lines:
            name, _colon, rest = line.partition(":")
            person_id, period = names.get(name.strip().casefold()), read_period(rest)
            if person_id is None or period is None:
                wrong.append(line)
            else:
                found.setdefault(person_id, []).append(period)
        if wrong:
            raise forms.ValidationError(
                _t(
                    "Deze regels begrijpen we niet: %(lines)s. Schrijf: Voornaam Naam: 12/01/2027 - 15/01/2027."
                )
                % {"lines": "; ".join(wrong)}
            )
        return found


class PlanForm(AbsencesMixin, forms.Form):
    """A whole question. Parts are three groups of fields; one without a course does not count."""

    name = forms.CharField(label=_("Naam van het programma"), max_length=100)
    first_day = forms.DateField(label=_("Van"), widget=DATE)
    last_day = forms.DateField(label=_("Tot en met"), widget=DATE)
    free_days = Lines(
        label=_("Dagen waarop niets kan"),
        required=False,
        help_text=_("Een dag of periode per regel, zoals 08/02/2027 - 14/02/2027. Feestdagen kennen we al."),
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"), queryset=Team.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    share_away = forms.IntegerField(
        label=_("Hoeveel procent van een team mag op dezelfde dag weg zijn?"),
        min_value=1,
        max_value=100,
        initial=34,
        help_text=_("Zo blijft een crisisteam bemand."),
    )
    mix_teams = forms.BooleanField(
        label=_("Zet mensen van verschillende teams samen waar het kan"), required=False, initial=True
    )
    trainers = forms.ModelMultipleChoiceField(
        label=_("Trainers"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    trainer_days = forms.FloatField(
        label=_("Hoogstens zoveel dagen per trainer"), min_value=0.5, max_value=200, required=False
    )
    absences = Lines(
        label=_("Wie is wanneer weg?"),
        required=False,
        help_text=_("Een periode per regel, zoals Voornaam Naam: 12/01/2027 - 15/01/2027."),
    )
    rooms = Lines(
        label=_("Zalen"),
        help_text=_(
            "Een zaal per regel, zoals De Kolk; Regio Gent; 24. Eerst de naam, dan de regio, dan de plaatsen."
        ),
    )
    months_after = forms.MultipleChoiceField(
        label=_("Intervisie met het hele team"),
        choices=[("3", _("3 maanden na de laatste dag")), ("6", _("6 maanden na de laatste dag"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    experts = forms.ModelMultipleChoiceField(
        label=_("Wie kan die intervisie begeleiden?"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trainers = trainers_today()
        for name in ("trainers", "experts"):
            self.fields[name].queryset = trainers  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = User.get_full_name  # type: ignore[attr-defined]
        self.fields["teams"].queryset = Team.objects.all()  # type: ignore[attr-defined]
        courses = [("", _("Geen"))] + [
            (str(one.page_id), one.title) for one in list_courses() if one.version_id
        ]
        for number in range(1, MOST_PARTS + 1):
            self._add_part(number, courses)

    def _add_part(self, number: int, courses: list[tuple[str, Any]]) -> None:
        fields: dict[str, forms.Field] = {
            "course": forms.ChoiceField(label=_("Cursus"), choices=courses, required=number == 1),
            "days": forms.ChoiceField(label=_("Hoeveel dagen?"), choices=DAYS, required=False, initial="0.5"),
            "spacing": forms.IntegerField(
                label=_("Dagen tussen twee lesdagen"), min_value=1, max_value=60, required=False, initial=7
            ),
            "max_group": forms.IntegerField(
                label=_("Grootste groep"), min_value=1, max_value=200, required=False, initial=20
            ),
            "trainers": forms.IntegerField(
                label=_("Trainers per groep"), min_value=1, max_value=6, required=False, initial=2
            ),
            "groups": forms.IntegerField(
                label=_("Aantal groepen"),
                min_value=1,
                max_value=200,
                required=False,
                help_text=_("Leeg: zo weinig als kan."),
            ),
            "per_team": forms.IntegerField(
                label=_("Hoeveel mensen per team?"),
                min_value=1,
                max_value=500,
                required=False,
                help_text=_("Leeg: iedereen."),
            ),
        }
        if number > 1:
            fields["after"] = forms.BooleanField(
                label=_("Pas na het vorige onderdeel"), required=False, initial=True
            )
        for name, one in fields.items():
            self.fields[f"part{number}_{name}"] = one

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """The bound fields of every part, for the template."""
        return [
            [self[name] for name in self.fields if name.startswith(f"part{number}_")]
            for number in range(1, MOST_PARTS + 1)
        ]

    def clean_free_days(self) -> list[Period]:
        """Every line is a period."""
        periods = [(line, read_period(line)) for line in self.cleaned_data["free_days"]]
        wrong = [line for line, period in periods if period is None]
        if wrong:
            raise forms.ValidationError(
                _t(
                    "Deze regels begrijpen we niet: %(lines)s. Schrijf 08/02/2027, of 08/02/2027 - 14/02/2027."
                )
                % {"lines": "; ".join(wrong)}
            )
        return [period for _line, period in periods if period is not None]

    def clean_rooms(self) -> list[RoomChoice]:
        """Name, region and seats on every line."""
        regions = {name.casefold(): name for name in ReferenceRegion.objects.values_list("name", flat=True)}
        found, wrong = [], []
        for line in self.cleaned_data["rooms"]:
            cells = [cell.strip() for cell in line.split(";")]
            region = regions.get(cells[1].casefold()) if len(cells) == 3 else None
            if region is None or not cells[0] or not re.fullmatch(r"[1-9]\d{0,3}", cells[2]):
                wrong.append(line)
            else:
                found.append(RoomChoice(name=cells[0][:100], region=region, capacity=int(cells[2])))
        if wrong:
            raise forms.ValidationError(
                _t(
                    "Deze regels begrijpen we niet: %(lines)s. Schrijf: naam; regio; plaatsen. Regio's: %(regions)s."
                )
                % {"lines": " | ".join(wrong), "regions": ", ".join(sorted(regions.values()))}
            )
        return found

    def clean_absences(self) -> dict[int, list[Period]]:
        """Names of chosen trainers or experts, with periods."""
        people = [*self.cleaned_data.get("trainers", []), *trainers_today()]
        return self.read_absences(self.cleaned_data["absences"], people)

    def clean(self) -> dict[str, Any]:
        """The window runs forward; intervision has somebody to lead it."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("De laatste dag ligt voor de eerste. Kies een latere dag."))
        if data.get("months_after") and not data.get("experts"):
            self.add_error("experts", _("Kies wie de intervisie kan begeleiden, of plan zonder intervisie."))
        return data

    def choices(self) -> ProgrammeChoices:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return ProgrammeChoices(
            name=data["name"],
            first_day=data["first_day"],
            last_day=data["last_day"],
            share_away=data["share_away"] / 100,
            team_ids=tuple(team.pk for team in data["teams"]),
            parts=tuple(self._part(n) for n in range(1, MOST_PARTS + 1) if data[f"part{n}_course"]),
            trainer_ids=tuple(one.pk for one in data["trainers"]),
            trainer_days=data["trainer_days"],
            mix_teams=data["mix_teams"],
            rooms=tuple(data["rooms"]),
            free_days=tuple(data["free_days"]),
            months_after=tuple(int(one) for one in data["months_after"]),
            expert_ids=tuple(one.pk for one in data["experts"]),
            absences=data["absences"],
        )

    def _part(self, number: int) -> PartChoice:
        data = {
            name.partition("_")[2]: value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"part{number}_")
        }
        return PartChoice(
            course_id=int(data["course"]),
            days=float(data["days"] or 0.5),
            spacing_days=data["spacing"] or 7,
            max_group=data["max_group"] or 20,
            trainers=data["trainers"] or 2,
            groups=data["groups"],
            per_team=data["per_team"],
            after_previous=bool(data.get("after")),
        )


class ReplanForm(AbsencesMixin, forms.Form):
    """Who is away now; the search then changes as little as it can."""

    absences = Lines(
        label=_("Wie is intussen weg?"),
        required=False,
        help_text=_("Een periode per regel, zoals Voornaam Naam: 12/01/2027 - 15/01/2027. Leeg mag ook."),
    )
    seconds = forms.TypedChoiceField(
        label=_("Hoe lang mag het rekenen duren?"),
        coerce=int,
        choices=[(20, _("20 seconden")), (60, _("1 minuut")), (300, _("5 minuten")), (600, _("10 minuten"))],
        initial=60,
    )
    fresh = forms.BooleanField(
        label=_("Begin helemaal opnieuw"),
        required=False,
        help_text=_("Anders blijft zo veel mogelijk zoals het is."),
    )

    def clean_absences(self) -> dict[int, list[Period]]:
        """Names of trainers, with periods."""
        return self.read_absences(self.cleaned_data["absences"], list(trainers_today()))


#: A plan looks no further than this, back or ahead.
YEARS_AROUND = 10


class MoveForm(forms.Form):
    """Where a group goes."""

    start = forms.DateField(label=_("Eerste dag"), widget=DATE)
    half = forms.TypedChoiceField(
        label=_("Wanneer?"), coerce=int, choices=[(0, _("voormiddag")), (1, _("namiddag"))], initial=0
    )
    room = forms.ChoiceField(label=_("Zaal"))
    trainers = forms.MultipleChoiceField(label=_("Trainers"), widget=forms.CheckboxSelectMultiple)
    pin = forms.BooleanField(
        label=_("Zet vast"), required=False, help_text=_("Een volgende berekening laat deze groep dan staan.")
    )

    def clean_start(self) -> date:
        """A day that a programme can have. Raises ValidationError."""
        day: date = self.cleaned_data["start"]
        if abs(day.year - timezone.localdate().year) > YEARS_AROUND:
            raise forms.ValidationError(_("Kies een dag in deze of de volgende jaren."))
        return day

    def __init__(self, *args: Any, problem: Problem, group: PlannedGroup, **kwargs: Any) -> None:
        pinned = any((pin.part, pin.group) == (group.part, group.number) for pin in problem.pins)
        kwargs.setdefault("initial", {}).update(
            start=group.start, half=group.half, room=group.room, trainers=list(group.trainers), pin=pinned
        )
        super().__init__(*args, **kwargs)
        part = problem.part[group.part]
        self.key = group.key
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            (room.id, f"{room.name}, {room.region} ({room.capacity})") for room in problem.rooms
        ]
        self.fields["trainers"].choices = [  # type: ignore[attr-defined]
            (one.id, one.name) for one in problem.trainers if one.teaches(part)
        ]
        if part.half_days == 2:
            del self.fields["half"]

    def move(self) -> Move:
        """What was filled in, for the domain."""
        data = self.cleaned_data
        return Move(
            key=self.key,
            start=data["start"],
            half=data.get("half", 0),
            room=data["room"],
            trainers=tuple(data["trainers"]),
            pin=data["pin"],
        )
