"""Forms about presence: the code of the screen, moments of coming and going, a paper list, a correction."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.domain.bulk_attendance import ListLine
from lms.domain.presence_setting import RulePlan
from lms.domain.queries.attendance import RosterLine
from lms.enums import AttendanceState
from lms.models import AttendanceRule, Session


class CodeForm(forms.Form):
    """The six digits of the screen."""

    code = forms.CharField(
        label=_("Code op het scherm"),
        max_length=12,
        help_text=_("Zes cijfers. Ze veranderen om de halve minuut."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}
        ),
        error_messages={"required": _("Typ de zes cijfers die op het scherm van je trainer staan.")},
    )

    def clean_code(self) -> str:
        """Digits only; spaces and dashes are forgiven."""
        digits = "".join(part for part in str(self.cleaned_data["code"]) if part.isdigit())
        if len(digits) != 6:
            raise forms.ValidationError(_("De code heeft zes cijfers. Kijk nog eens op het scherm."))
        return digits


class ClockField(forms.TimeField):
    """A time of day, as a phone offers it."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": _("Typ een uur zoals 13:45.")}


def moment_of(session: Session, clock: time | None) -> datetime | None:
    """The moment on the session's day; past midnight where the session runs on into the next day.

    Raises ValidationError for an hour that the night of a clock change skips or repeats.
    """
    if clock is None:
        return None
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    day = start.date()
    if end.date() > day and clock < start.time():
        day = end.date()
    try:
        moment: datetime | None = forms.DateTimeField().clean(datetime.combine(day, clock))
    except forms.ValidationError as error:
        raise forms.ValidationError(
            _("Dat uur valt in de nacht dat de klok verzet wordt. Kies een ander uur.")
        ) from error
    return moment


class MomentsForm(forms.Form):
    """When somebody came and went."""

    came = ClockField(label=_("Kwam om"), required=False, help_text=_("Laat leeg: van in het begin."))
    went = ClockField(label=_("Ging om"), required=False, help_text=_("Laat leeg: tot het einde."))

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def clean(self) -> dict[str, Any]:
        """Moments that exist, in their order."""
        data = super().clean() or self.cleaned_data
        for field in ("came", "went"):
            try:
                data[f"{field}_at"] = moment_of(self.session, data.get(field))
            except forms.ValidationError as error:
                self.add_error(field, error)
        came, went = data.get("came_at"), data.get("went_at")
        if came and went and went < came:
            self.add_error("went", _("Iemand kan niet weggaan voor die kwam. Kijk de uren na."))
        return data


class CorrectionForm(MomentsForm):
    """A change of a closed list, with its reason."""

    state = forms.ChoiceField(
        label=_("Deze persoon was"),
        choices=AttendanceState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies aanwezig of afwezig.")},
    )
    reason = forms.CharField(
        label=_("Waarom verandert dit?"),
        max_length=200,
        help_text=_("Een paar woorden, zonder iets over gezondheid of gezin."),
        error_messages={"required": _("Schrijf in een paar woorden waarom dit verandert.")},
    )
    field_order = ("state", "came", "went", "reason")

    def clean(self) -> dict[str, Any]:
        """Who was absent did not come and go."""
        data = super().clean()
        if data.get("state") == AttendanceState.ABSENT and (data.get("came_at") or data.get("went_at")):
            self.add_error("came", _("Wie afwezig was, kwam en ging niet. Laat de uren leeg."))
        return data


class PaperForm(forms.Form):
    """A paper list, typed in: a choice and two times for each person on it."""

    def __init__(self, *args: Any, session: Session, lines: Iterable[RosterLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.lines = session, tuple(lines)
        choices = [("", _("staat er niet op")), *AttendanceState.choices]
        for line in self.lines:
            name = line.name
            self.fields[f"state-{line.person_id}"] = forms.ChoiceField(
                label=_("%(name)s was") % {"name": name}, choices=choices, required=False, initial=line.state
            )
            for field, said, moment in (
                ("came", _("%(name)s kwam om"), line.arrived_at),
                ("went", _("%(name)s ging om"), line.left_at),
            ):
                self.fields[f"{field}-{line.person_id}"] = ClockField(
                    label=said % {"name": name},
                    required=False,
                    initial=timezone.localtime(moment).time().replace(second=0, microsecond=0)
                    if moment
                    else None,
                )

    def rows(self) -> Iterable[dict[str, Any]]:
        """Bound fields per person, for the table."""
        for line in self.lines:
            yield {
                "line": line,
                **{field: self[f"{field}-{line.person_id}"] for field in ("state", "came", "went")},
            }

    def clean(self) -> dict[str, Any]:
        """Moments that exist; a time says that somebody was there."""
        data = super().clean() or self.cleaned_data
        for line in self.lines:
            moments = {}
            for field in ("came", "went"):
                name = f"{field}-{line.person_id}"
                try:
                    moments[field] = moment_of(self.session, data.get(name))
                except forms.ValidationError as error:
                    self.add_error(name, error)
            came, went = moments.get("came"), moments.get("went")
            if came and went and went < came:
                self.add_error(
                    f"went-{line.person_id}", _("Iemand kan niet weggaan voor die kwam. Kijk de uren na.")
                )
            state = data.get(f"state-{line.person_id}")
            if (came or went) and state != AttendanceState.PRESENT:
                self.add_error(
                    f"state-{line.person_id}", _("Je typte een uur. Kies aanwezig, of laat de uren leeg.")
                )
        return data

    def listed(self) -> tuple[ListLine, ...]:
        """What was filled in, for the domain. A time that was not touched keeps its seconds."""
        data, found = self.cleaned_data, []
        for line in self.lines:
            state = data.get(f"state-{line.person_id}")
            if not state:
                continue
            found.append(
                ListLine(
                    person_id=line.person_id,
                    state=AttendanceState(state),
                    arrived_at=self._kept(line.arrived_at, data.get(f"came-{line.person_id}")),
                    left_at=self._kept(line.left_at, data.get(f"went-{line.person_id}")),
                )
            )
        return tuple(found)

    def _kept(self, before: datetime | None, clock: time | None) -> datetime | None:
        moment = moment_of(self.session, clock)
        if before and moment and before.replace(second=0, microsecond=0) == moment:
            return before
        return moment


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's forms are generic in the stubs only
    """What counts as presence at a kind of session, from a day on."""

    class Meta:
        model = AttendanceRule
        fields = ("kind", "valid_from", "min_share", "late_minutes", "early_minutes", "asks_check_out")
        widgets = {"valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Kies de vorm")), *(choice for choice in kinds.choices if choice[0])]
        for name in ("late_minutes", "early_minutes"):
            self.fields[name].validators.append(MaxValueValidator(600))

    def clean_min_share(self) -> int:
        """A percentage that means something."""
        share: int = self.cleaned_data["min_share"]
        if not 1 <= share <= 100:
            raise forms.ValidationError(_("Kies een percentage van 1 tot 100."))
        return share

    def plan(self) -> RulePlan:
        """What was filled in, for the domain."""
        return RulePlan(**self.cleaned_data)
