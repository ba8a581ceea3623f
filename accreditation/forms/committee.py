"""What committee members and the office write."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accreditation.domain.conditions import Wanted, checked_conditions, from_json
from accreditation.domain.opinions import checked_reasons
from accreditation.domain.queries.reading import ReadingCriterion
from accreditation.domain.rubrics import RubricLine, checked_scores
from accreditation.enums import POSITIVE_REASONS, Outcome, ReasonCode
from accreditation.exceptions import CommitteeError
from accreditation.forms.recognition import day_input


def outcome_choices(outcomes: Iterable[Outcome] = Outcome) -> list[tuple[str, str]]:
    """Outcomes as lines of a list."""
    return [(outcome.value, capfirst(str(outcome.label))) for outcome in outcomes]


def reason_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Reasons in two groups: for a positive outcome, and for all else."""
    positive = [(code.value, code.label) for code in ReasonCode if code in POSITIVE_REASONS]
    other = [(code.value, code.label) for code in ReasonCode if code not in POSITIVE_REASONS]
    return [(_("Bij toekennen"), positive), (_("Bij voorwaarden, niet toekennen of meer vragen"), other)]


CONDITION_PLACES = (1, 2, 3)


class JudgementForm(forms.Form):
    """An outcome with reasons, a motivation and dated conditions; used for opinions and decisions."""

    outcome = forms.ChoiceField(
        label=_("Wat stel je voor?"), choices=outcome_choices, widget=forms.RadioSelect
    )
    reason_codes = forms.MultipleChoiceField(
        label=_("Waarom?"),
        choices=reason_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies alles wat past. Uit deze redenen maken we de brief."),
    )
    text = forms.CharField(
        label=_("In je eigen woorden"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Een paar zinnen volstaan. Schrijf zo dat de aanvrager het mag lezen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in CONDITION_PLACES:
            self.fields[f"condition_{place}"] = forms.CharField(
                label=_("Voorwaarde %(place)s") % {"place": place}, required=False, max_length=300
            )
            self.fields[f"due_{place}"] = forms.DateField(
                label=_("Ten laatste op"), required=False, widget=day_input()
            )

    def offer(self, outcomes: Iterable[Outcome]) -> None:
        """Show only what this round can end in; the verbs refuse the rest with a reason."""
        choice: Any = self.fields["outcome"]
        choice.choices = outcome_choices(outcomes)

    @property
    def condition_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Pairs of fields, one for each condition."""
        return [(self[f"condition_{place}"], self[f"due_{place}"]) for place in CONDITION_PLACES]

    @staticmethod
    def condition_initial(conditions: list[Wanted]) -> dict[str, Any]:
        """Conditions as initial values of the fields."""
        found: dict[str, Any] = {}
        for place, (text, due) in zip(CONDITION_PLACES, conditions, strict=False):
            found |= {f"condition_{place}": text, f"due_{place}": due}
        return found

    def judgement(self) -> dict[str, Any]:
        """What the verbs take, once the form is valid."""
        data = self.cleaned_data
        return {key: data[key] for key in ("outcome", "reason_codes", "text", "conditions")}

    def _clean_conditions(self, data: dict[str, Any]) -> None:
        wanted: list[Wanted] = []
        for place in CONDITION_PLACES:
            text, due = (data.get(f"condition_{place}") or "").strip(), data.get(f"due_{place}")
            if text and due is None and f"due_{place}" not in self.errors:
                self.add_error(f"due_{place}", _("Kies een dag waarop dit in orde moet zijn."))
            elif due is not None and not text:
                self.add_error(f"condition_{place}", _("Schrijf wat er dan in orde moet zijn."))
            elif text and due is not None:
                wanted.append((text, due))
        data["conditions"] = []
        if self.errors or "outcome" not in data:
            return
        try:
            data["conditions"] = checked_conditions(
                outcome=data["outcome"], conditions=wanted, today=timezone.localdate()
            )
        except CommitteeError as error:
            self.add_error("condition_1", str(error))

    def clean(self) -> dict[str, Any]:
        """Reasons and conditions must go with the outcome."""
        data = super().clean() or {}
        if "outcome" in data and "reason_codes" in data:
            try:
                data["reason_codes"] = checked_reasons(
                    outcome=data["outcome"], reason_codes=data["reason_codes"]
                )
            except CommitteeError as error:
                self.add_error("reason_codes", str(error))
        self._clean_conditions(data)
        return data


#: Fields at the reading desk stand beside the documents and belong to the form below them.
DESK_FORM = "advies-formulier"


class ReadingForm(JudgementForm):
    """The reading desk: notes and scores per criterion, then the opinion. May be kept half-way."""

    def __init__(
        self, *args: Any, criteria: tuple[ReadingCriterion, ...], lines: tuple[RubricLine, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.lines = criteria, lines
        for criterion in criteria:
            self.fields[f"checked_{criterion.id}"] = forms.BooleanField(
                label=_("Dit heb ik bekeken"),
                required=False,
                widget=forms.CheckboxInput(attrs={"form": DESK_FORM}),
            )
            self.fields[f"note_{criterion.id}"] = forms.CharField(
                label=_("Eigen notitie"),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2, "form": DESK_FORM}),
            )
        for line in lines:
            steps = [(str(score), f"{score}: {words}") for score, words in enumerate(line.steps)]
            self.fields[f"score_{line.key}"] = forms.ChoiceField(
                label=line.title,
                required=False,
                choices=steps,
                widget=forms.RadioSelect(attrs={"form": DESK_FORM}),
            )

    def desk_rows(self) -> list[dict[str, Any]]:
        """Every criterion with the fields that belong to it."""
        return [
            {
                "criterion": criterion,
                "checked": self[f"checked_{criterion.id}"],
                "note": self[f"note_{criterion.id}"],
                "scores": [
                    self[f"score_{line.key}"] for line in self.lines if line.criterion == criterion.id
                ],
            }
            for criterion in self.criteria
        ]

    def clean(self) -> dict[str, Any]:
        """Required lines need a score."""
        data = super().clean()
        try:
            data["scores"] = checked_scores(
                self.lines, {line.key: data.get(f"score_{line.key}") for line in self.lines}
            )
        except CommitteeError as error:
            missing = next((line for line in self.lines if not data.get(f"score_{line.key}")), None)
            self.add_error(f"score_{missing.key}" if missing else None, str(error))
        return data

    def judgement(self) -> dict[str, Any]:
        """The opinion with its scores."""
        return {**super().judgement(), "scores": self.cleaned_data["scores"]}

    def draft(self) -> dict[str, Any]:
        """Everything that was typed, valid or not, for `save_draft`."""
        raw = {name: self[name].value() for name in self.fields}
        conditions = [
            {"text": str(raw[f"condition_{place}"] or ""), "due_on": str(raw[f"due_{place}"] or "")}
            for place in CONDITION_PLACES
        ]
        return {
            "notes": {one.id: str(raw[f"note_{one.id}"] or "") for one in self.criteria},
            "checked": [one.id for one in self.criteria if raw[f"checked_{one.id}"]],
            "scores": {line.key: raw[f"score_{line.key}"] for line in self.lines},
            "typed": {
                "outcome": str(raw["outcome"] or "")[:20],
                "reason_codes": [str(code) for code in raw["reason_codes"] or []][:30],
                "text": str(raw["text"] or "")[:4000],
                "conditions": [one for one in conditions if one["text"] or one["due_on"]],
            },
        }

    @staticmethod
    def initial_from(draft: Any) -> dict[str, Any]:
        """A kept draft as initial values."""
        if draft is None:
            return {}
        typed = draft.typed
        return {
            **{f"note_{key}": text for key, text in draft.notes.items()},
            **{f"checked_{key}": True for key in draft.checked},
            **{f"score_{key}": str(value) for key, value in draft.scores.items()},
            **{key: typed[key] for key in ("outcome", "reason_codes", "text") if key in typed},
            **JudgementForm.condition_initial(from_json(typed.get("conditions", []))),
        }


class DecisionForm(JudgementForm):
    """The decision; the letter is written in a second step."""

    letter_body = forms.CharField(
        label=_("De brief"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Maak er een persoonlijke brief van. Hoe je bezwaar maakt, staat er altijd onder."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = _("Wat beslis je?")

    def decision(self) -> dict[str, Any]:
        """What the verbs take, letter included."""
        return {**self.judgement(), "letter_body": self.cleaned_data["letter_body"]}


class DeclareConflictForm(forms.Form):
    """A member says that they know the applicant."""

    reason = forms.CharField(
        label=_("Hoe ken je deze persoon?"),
        max_length=300,
        help_text=_("Eén zin volstaat, bijvoorbeeld: we zijn buren."),
    )


class WithdrawalForm(forms.Form):
    """Why a recognition is withdrawn."""

    reason = forms.CharField(
        label=_("Waarom trek je de erkenning in?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Deze tekst staat letterlijk in de brief. Zeg wat er gebeurde, zonder verwijt."),
    )
