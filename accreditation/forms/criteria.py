"""The editor of a criteria version: one form for the version, one for each criterion, one for each of its rules.

The page says which parts it has (hidden fields `criterion` and `rules-<criterion>`), so that adding or removing one
keeps everything that was typed, with or without JavaScript.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.domain.criteria_drafts import DraftContent
from accreditation.enums import Transition
from accreditation.forms.criteria_rules import FORM_OF_KIND, RULE_FORMS, Choices, RuleForm
from accreditation.models import CriteriaVersion

MOST_CRITERIA, MOST_RULES = 20, 6


class VersionForm(forms.Form):
    """When it begins, why, and what it means for who is under way."""

    valid_from = forms.DateField(
        label=gettext_lazy("Geldt vanaf"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Waarom deze versie?"),
        help_text=gettext_lazy("Een paar zinnen voor je collega's en voor later."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    transition = forms.ChoiceField(
        label=gettext_lazy("Wie al bezig is"), choices=Transition.choices, widget=forms.RadioSelect
    )
    transition_until = forms.DateField(
        label=gettext_lazy("Overgang tot en met"),
        help_text=gettext_lazy("Alleen bij een overgang voor open dossiers."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        """The transition's end goes with its kind, and lies after the beginning."""
        data = super().clean() or self.cleaned_data
        if data.get("transition") != Transition.OPEN_DOSSIERS:
            data["transition_until"] = None
            return data
        until, start = data.get("transition_until"), data.get("valid_from")
        if until is None and "transition_until" not in self.errors:
            self.add_error("transition_until", _("Tot wanneer geldt de overgang? Kies een dag."))
        elif until and start and until < start:
            self.add_error("transition_until", _("Dit is voor de criteria beginnen. Kies een latere dag."))
        return data


class CriterionForm(forms.Form):
    """What a criterion is called, and how its rules go together."""

    id = forms.SlugField(max_length=50, required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(
        label=gettext_lazy("Nummer"),
        min_value=1,
        max_value=MOST_CRITERIA,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    title = forms.CharField(label=gettext_lazy("Naam"), max_length=80)
    about = forms.CharField(label=gettext_lazy("Uitleg voor professionals"), max_length=300, required=False)
    combine = forms.ChoiceField(
        label=gettext_lazy("Bij meer dan één regel"),
        choices=[
            ("all_of", gettext_lazy("Alle regels moeten kloppen")),
            ("any_of", gettext_lazy("Eén regel volstaat")),
        ],
        initial="all_of",
        required=False,
    )


@dataclass
class RuleBlock:
    """One rule on the page."""

    key: str
    kind: str
    form: RuleForm


@dataclass
class CriterionBlock:
    """One criterion on the page with its rules."""

    key: str
    form: CriterionForm
    rules: list[RuleBlock] = field(default_factory=list)

    @property
    def shown_title(self) -> str:
        """The title as it is typed now."""
        return str(self.form["title"].value() or _("Nieuw criterium"))


class CriteriaEditor:
    """All forms of one version. With `data` they are bound; `structural` changes never complain about what is typed."""

    def __init__(
        self, *, level: str, choices: Choices, version: CriteriaVersion, data: QueryDict | None = None
    ) -> None:
        self.level, self.data = level, data
        criteria = (
            _criteria_of_data(data)
            if data is not None
            else [(str(c["id"]), str(c["title"])) for c in version.rules.get("criteria", ())]
        )
        self.choices = Choices(degrees=choices.degrees, courses=choices.courses, criteria=tuple(criteria))
        self.errors: list[str] = []
        self.form = VersionForm(
            data,
            initial={
                "valid_from": version.valid_from,
                "note": version.note,
                "transition": version.transition,
                "transition_until": version.transition_until,
            },
        )
        self.blocks = self._from_data(data) if data is not None else self._from_rules(version.rules)

    def _from_rules(self, rules: Mapping[str, Any]) -> list[CriterionBlock]:
        blocks = []
        for place, entry in enumerate(rules.get("criteria", ())):
            rule, key = entry["rule"], f"c{place}"
            combined = rule["kind"] in ("all_of", "any_of")
            parts = rule["rules"] if combined else [rule]
            initial = {name: entry.get(name, "") for name in ("id", "number", "title", "about")}
            initial["combine"] = rule["kind"] if combined else "all_of"
            block = CriterionBlock(key, CriterionForm(prefix=key, initial=initial))
            for number, part in enumerate(parts):
                kind = FORM_OF_KIND[part["kind"]]
                form = RULE_FORMS[kind](
                    prefix=f"{key}-r{number}", choices=self.choices, rule=part, own_id=str(entry["id"])
                )
                block.rules.append(RuleBlock(f"r{number}", kind, form))
            blocks.append(block)
        return blocks

    def _from_data(self, data: QueryDict) -> list[CriterionBlock]:
        blocks = []
        for key in _keys(data, "criterion", MOST_CRITERIA):
            block = CriterionBlock(key, CriterionForm(data, prefix=key))
            own_id = data.get(f"{key}-id", "")
            for entry in _keys(data, f"rules-{key}", MOST_RULES):
                name, _colon, kind = entry.partition(":")
                if kind in RULE_FORMS:
                    form = RULE_FORMS[kind](
                        data, prefix=f"{key}-{name}", choices=self.choices, own_id=own_id or key
                    )
                    block.rules.append(RuleBlock(name, kind, form))
            blocks.append(block)
        return blocks

    @property
    def forms(self) -> list[forms.Form]:
        """Every form on the page, in order."""
        return [
            self.form,
            *(f for block in self.blocks for f in (block.form, *(rule.form for rule in block.rules))),
        ]

    @property
    def summary(self) -> list[object]:
        """Everything that the error summary shows: what is wrong with the whole, then with each part."""
        return [*self.errors, *self.forms]

    @property
    def shape(self) -> str:
        """Which parts the page has: a kept draft of other parts is not put back into it."""
        return "-".join(f"{block.key}{len(block.rules)}" for block in self.blocks)

    def stay_silent(self) -> None:
        """Forget what is wrong: somebody is still building, and did not ask to save."""
        self.errors = []
        for form in self.forms:
            form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]

    def is_valid(self) -> bool:
        """Whether every part is right; says what is wrong with the whole in `errors`."""
        self.errors = []
        # Every form is asked, so that every mistake is shown at once.
        valid = not [form for form in self.forms if not form.is_valid()]
        if not self.blocks:
            self.errors.append(_("Criteria zonder regels kunnen niet. Voeg minstens één criterium toe."))
        for block in self.blocks:
            if not block.rules:
                self.errors.append(
                    _("%(title)s heeft nog geen regel. Kies er een, of verwijder het criterium.")
                    % {"title": block.shown_title}
                )
            if len(block.rules) > 1 and any(rule.kind == "years_of_experience" for rule in block.rules):
                self.errors.append(
                    _("Bij %(title)s: jaren ervaring staan altijd alleen. Haal de andere regels weg.")
                    % {"title": block.shown_title}
                )
        if valid:
            numbers = [block.form.cleaned_data["number"] for block in self.blocks]
            if len(set(numbers)) != len(numbers):
                self.errors.append(_("Twee criteria hebben hetzelfde nummer. Geef elk een eigen nummer."))
        return valid and not self.errors

    def content(self) -> DraftContent:
        """What was written; the editor is valid."""
        return DraftContent(
            rules={"level": self.level, "criteria": [_stored(block) for block in self._numbered()]},
            **self.form.cleaned_data,
        )

    def _numbered(self) -> list[CriterionBlock]:
        return sorted(self.blocks, key=lambda block: block.form.cleaned_data["number"])


def _stored(block: CriterionBlock) -> dict[str, Any]:
    data = block.form.cleaned_data
    rules = [rule.form.as_rule() for rule in block.rules]
    rule = rules[0] if len(rules) == 1 else {"kind": data["combine"] or "all_of", "rules": rules}
    return {
        "id": data["id"] or block.key,
        "number": data["number"],
        "title": data["title"],
        "about": data["about"],
        "rule": rule,
    }


def restructured(data: QueryDict, action: str) -> QueryDict:
    """The same fields with a part more or less.

    Actions: add_criterion, remove:c1, add:c1 (a rule of the kind in `new-c1`), drop:c1:r0.
    """
    changed = data.copy()
    verb, _colon, rest = action.partition(":")
    criteria = _keys(changed, "criterion", MOST_CRITERIA)
    if verb == "add_criterion" and len(criteria) < MOST_CRITERIA:
        key = f"c{_free(criteria, 'c')}"
        changed.setlist("criterion", [*criteria, key])
        changed[f"{key}-number"] = str(len(criteria) + 1)
        changed[f"{key}-id"] = f"criterium-{uuid4().hex[:8]}"
    elif verb == "remove" and rest in criteria:
        changed.setlist("criterion", [key for key in criteria if key != rest])
    elif verb == "add" and rest in criteria:
        rules = _keys(changed, f"rules-{rest}", MOST_RULES)
        kind = changed.get(f"new-{rest}", "")
        if kind in RULE_FORMS and len(rules) < MOST_RULES:
            name = f"r{_free([rule.partition(':')[0] for rule in rules], 'r')}"
            changed.setlist(f"rules-{rest}", [*rules, f"{name}:{kind}"])
            for key, value in DEFAULTS.get(kind, {}).items():
                changed[f"{rest}-{name}-{key}"] = value
    elif verb == "drop":
        key, _colon, name = rest.partition(":")
        rules = _keys(changed, f"rules-{key}", MOST_RULES)
        changed.setlist(f"rules-{key}", [rule for rule in rules if not rule.startswith(f"{name}:")])
    return changed


#: What a new rule begins with.
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "completed_courses": {"at_least": "1"},
    "permanent_education": {
        "hours": "8",
        "window_months": "12",
        "meetings": "0",
        "supervision_hours": "0",
        "warn_days": "60",
    },
    "valid_document": {"warn_days": "60"},
    "years_of_experience": {"years": "5"},
}


def _keys(data: QueryDict, name: str, most: int) -> list[str]:
    """Keys of parts as the page names them: short slugs, each once."""
    keys = [key for key in data.getlist(name) if len(key) < 40 and slugify(key.replace(":", "-")) != ""]
    return list(dict.fromkeys(keys))[:most]


def _free(taken: list[str], letter: str) -> int:
    numbers = [int(key.removeprefix(letter)) for key in taken if key.removeprefix(letter).isdigit()]
    return max(numbers, default=-1) + 1


def _criteria_of_data(data: QueryDict) -> list[tuple[str, str]]:
    keys = _keys(data, "criterion", MOST_CRITERIA)
    return [(data.get(f"{key}-id") or key, data.get(f"{key}-title") or _("Nieuw criterium")) for key in keys]
