"""One small form for each rule kind: from stored parameters to fields and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.domain.criteria_words import LEVEL_WORDS
from accreditation.enums import EvidenceKind

MINIMUM_ROWS = 3
#: Kinds that a document rule can ask; the others are read from somewhere else.
DOCUMENT_KINDS = (EvidenceKind.INSURANCE, EvidenceKind.MEMBERSHIP, EvidenceKind.TRAINING)


class Choices:
    """What there is to choose from today: degrees of the table, courses (slug, title), other criteria (id, title)."""

    def __init__(
        self,
        *,
        degrees: tuple[str, ...],
        courses: tuple[tuple[str, str], ...],
        criteria: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.degrees, self.courses, self.criteria = degrees, courses, criteria


def _whole(label: Any, *, first: int, last: int, **kwargs: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": first, "max": last})
    return forms.IntegerField(label=label, min_value=first, max_value=last, widget=widget, **kwargs)


class AmountField(forms.DecimalField):
    """Hours of a rule, with a decimal comma or point; nought is allowed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=2000, decimal_places=2, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read 7,5 and 7.5 alike; gives a Decimal."""
        return super().to_python(str(value).strip().replace(",", ".") if value not in (None, "") else value)


def _text(value: Decimal | None) -> str:
    return f"{(value or Decimal(0)).normalize():f}"


class RuleForm(forms.Form):
    """Base of the forms of rule kinds."""

    kind: ClassVar[str]
    heading: ClassVar[str | Promise]

    def __init__(
        self,
        data: Any = None,
        *,
        prefix: str,
        choices: Choices,
        rule: Mapping[str, Any] | None = None,
        own_id: str = "",
    ) -> None:
        self.choices, self.own_id = choices, own_id
        self.rule_kind = str((rule or {}).get("kind", self.kind))
        super().__init__(data, prefix=prefix, initial=self.initial_of(rule) if rule else None)
        self.prepare(rule or {})

    def initial_of(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        """Fields of stored parameters."""
        return dict(rule)

    def prepare(self, rule: Mapping[str, Any]) -> None:
        """Fill in what there is to choose from."""

    def as_rule(self) -> dict[str, Any]:
        """The parameters as stored; the form is valid."""
        return {"kind": self.rule_kind, **self.cleaned_data}


class DegreeRuleForm(RuleForm):
    """Which degrees count."""

    kind = "degree_in_table"
    heading = gettext_lazy("Een diploma van de lijst")
    degrees = forms.MultipleChoiceField(
        label=gettext_lazy("Opleidingen die meetellen"), widget=forms.CheckboxSelectMultiple
    )

    def prepare(self, rule: Mapping[str, Any]) -> None:
        names = dict.fromkeys([*self.choices.degrees, *rule.get("degrees", ())])
        self.fields["degrees"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]


class CoursesRuleForm(RuleForm):
    """Which courses of the catalogue."""

    kind = "completed_courses"
    heading = gettext_lazy("Bepaalde cursussen")
    courses = forms.MultipleChoiceField(label=gettext_lazy("Cursussen"), widget=forms.CheckboxSelectMultiple)
    at_least = _whole(gettext_lazy("Hoeveel daarvan"), first=1, last=50)

    def initial_of(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        slugs = [course["slug"] for course in rule.get("courses", ())]
        return {"courses": slugs, "at_least": rule.get("at_least", len(slugs) or 1)}

    def prepare(self, rule: Mapping[str, Any]) -> None:
        titles = dict(self.choices.courses)
        gone = _("niet meer te volgen")
        for course in rule.get("courses", ()):
            titles.setdefault(course["slug"], f"{course.get('title', course['slug'])} ({gone})")
        self.titles = titles
        self.fields["courses"].choices = list(titles.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen, wanted = cleaned.get("courses"), cleaned.get("at_least")
        if chosen and wanted and wanted > len(chosen):
            self.add_error("at_least", _("Je koos minder cursussen dan dit. Kies een kleiner getal."))
        return cleaned

    def as_rule(self) -> dict[str, Any]:
        gone = f" ({_('niet meer te volgen')})"
        courses = [
            {"slug": slug, "title": self.titles[slug].removesuffix(gone)}
            for slug in self.cleaned_data["courses"]
        ]
        return {"kind": self.kind, "courses": courses, "at_least": self.cleaned_data["at_least"]}


class TrainingRuleForm(RuleForm):
    """Up to three minimums that must all be reached."""

    kind = "training"
    heading = gettext_lazy("Uren opleiding")

    def initial_of(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row, minimum in enumerate(rule.get("minimums", ())[:MINIMUM_ROWS]):
            hours = Decimal(str(minimum.get("hours", 0)))
            found[f"hours_{row}"] = _text(hours) if hours else None
            found[f"pieces_{row}"] = minimum.get("pieces") or None
            found[f"levels_{row}"] = minimum.get("levels", ())
        return found

    def prepare(self, rule: Mapping[str, Any]) -> None:
        for row in range(MINIMUM_ROWS):
            number = {"number": row + 1}
            self.fields[f"hours_{row}"] = AmountField(
                label=_("Minimum %(number)s: uren") % number, required=False
            )
            self.fields[f"pieces_{row}"] = _whole(
                _("Minimum %(number)s: aantal opleidingen") % number, first=0, last=50, required=False
            )
            self.fields[f"levels_{row}"] = forms.MultipleChoiceField(
                label=_("Minimum %(number)s: welke niveaus tellen") % number,
                choices=list(LEVEL_WORDS.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        filled = 0
        for row in range(MINIMUM_ROWS):
            hours, pieces = cleaned.get(f"hours_{row}"), cleaned.get(f"pieces_{row}")
            if not hours and not pieces:
                continue
            filled += 1
            if not cleaned.get(f"levels_{row}"):
                self.add_error(f"levels_{row}", _("Kies welke niveaus meetellen."))
        if not filled and not self.errors:
            self.add_error("hours_0", _("Vul minstens één minimum in: uren of een aantal opleidingen."))
        return cleaned

    def as_rule(self) -> dict[str, Any]:
        minimums = []
        for row in range(MINIMUM_ROWS):
            hours, pieces = self.cleaned_data.get(f"hours_{row}"), self.cleaned_data.get(f"pieces_{row}")
            if hours or pieces:
                levels = {"levels": self.cleaned_data[f"levels_{row}"]}
                minimum = {"hours": _text(hours)} if hours else {}
                minimums.append({**minimum, **({"pieces": pieces} if pieces else {}), **levels})
        return {"kind": self.kind, "minimums": minimums}

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Fields row by row."""
        return [
            (self[f"hours_{row}"], self[f"pieces_{row}"], self[f"levels_{row}"])
            for row in range(MINIMUM_ROWS)
        ]


class EducationRuleForm(RuleForm):
    """Intervision and supervision over a window."""

    kind = "permanent_education"
    heading = gettext_lazy("Intervisie en supervisie")
    hours = AmountField(label=gettext_lazy("Uren samen"))
    window_months = _whole(gettext_lazy("In de laatste maanden"), first=1, last=120)
    meetings = _whole(gettext_lazy("Over minstens zoveel bijeenkomsten"), first=0, last=200)
    supervision_hours = AmountField(label=gettext_lazy("Waarvan uren supervisie"))
    warn_days = _whole(gettext_lazy("Zoveel dagen vooraf waarschuwen"), first=0, last=365)

    def initial_of(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        return {"meetings": 0, "supervision_hours": "0", "warn_days": 60, **rule}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        hours, supervision = cleaned.get("hours"), cleaned.get("supervision_hours")
        if hours is not None and supervision is not None and supervision > hours:
            self.add_error("supervision_hours", _("Dit is meer dan de uren samen. Kies een kleiner getal."))
        return cleaned

    def as_rule(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts = {name: _text(data[name]) for name in ("hours", "supervision_hours")}
        return {"kind": self.kind, **data, **texts}


class DocumentRuleForm(RuleForm):
    """A document that must be valid on the day."""

    kind = "valid_document"
    heading = gettext_lazy("Een geldig document")
    evidence = forms.ChoiceField(
        label=gettext_lazy("Welk bewijs"), choices=[(kind.value, kind.label) for kind in DOCUMENT_KINDS]
    )
    warn_days = _whole(gettext_lazy("Zoveel dagen vooraf waarschuwen"), first=0, last=365)

    def as_rule(self) -> dict[str, Any]:
        evidence = self.cleaned_data["evidence"]
        # What must hold on every day of a recognition, and what is looked at when one is asked.
        kind = "membership" if evidence == EvidenceKind.MEMBERSHIP else "valid_document"
        return {"kind": kind, "evidence": evidence, "warn_days": self.cleaned_data["warn_days"]}


class ExperienceRuleForm(RuleForm):
    """The experience route."""

    kind = "years_of_experience"
    heading = gettext_lazy("Jaren ervaring (altijd via de commissie)")
    years = _whole(gettext_lazy("Jaren"), first=1, last=40)
    replaces = forms.ChoiceField(label=gettext_lazy("Komt in de plaats van"))
    requires = forms.MultipleChoiceField(
        label=gettext_lazy("Moet eerst in orde zijn"), widget=forms.CheckboxSelectMultiple, required=False
    )
    not_required = forms.MultipleChoiceField(
        label=gettext_lazy("Niet nodig op deze route"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self, rule: Mapping[str, Any]) -> None:
        others = [(key, title) for key, title in self.choices.criteria if key != self.own_id]
        for name in ("replaces", "requires", "not_required"):
            self.fields[name].choices = others  # type: ignore[attr-defined]

    def as_rule(self) -> dict[str, Any]:
        return {"kind": self.kind, **self.cleaned_data, "judgement": "committee"}


class CommitteeRuleForm(RuleForm):
    """Only the committee can say."""

    kind = "committee_judgement"
    heading = gettext_lazy("De commissie oordeelt")
    evidence = forms.ChoiceField(
        label=gettext_lazy("Op basis van"),
        choices=[
            (kind.value, kind.label)
            for kind in EvidenceKind
            # Lived experience is valued, and never sufficient alone: no criterion can be made of it.
            if kind not in (EvidenceKind.LIVED_EXPERIENCE, EvidenceKind.COURSE, EvidenceKind.MEETING)
        ],
    )


RULE_FORMS: Mapping[str, type[RuleForm]] = {
    form.kind: form
    for form in (
        DegreeRuleForm,
        CoursesRuleForm,
        TrainingRuleForm,
        EducationRuleForm,
        DocumentRuleForm,
        CommitteeRuleForm,
        ExperienceRuleForm,
    )
}
FORM_OF_KIND = {**{kind: kind for kind in RULE_FORMS}, "membership": "valid_document"}
