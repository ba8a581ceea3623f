"""The fields for what a document shows beside its own facts; asked only when somebody ticks it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.domain.evidence_also import ALSO, INSURED, MEMBER, MET, TRAINED
from accreditation.enums import EvidenceKind
from accreditation.models import Evidence

ALSO_PREFIX = "also_"


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, required=False)


def _hours() -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return _CommaField(
        label=_("Hoeveel uren?"), min_value=Decimal("0.25"), max_value=500, decimal_places=2, widget=widget,
        required=False,
    )  # fmt: skip


class _CommaField(forms.DecimalField):
    """Hours with a decimal comma or point."""

    def to_python(self, value: Any) -> Any:
        """Read 7,5 and 7.5 alike."""
        return super().to_python(str(value).strip().replace(",", ".") if value not in (None, "") else value)


def _fields() -> dict[str, dict[str, forms.Field]]:
    return {
        INSURED.key: {
            "valid_from": _day(_("Verzekerd van")),
            "valid_until": _day(_("Verzekerd tot en met")),
        },
        MEMBER.key: {"year": forms.IntegerField(label=_("Lid voor welk jaar?"), required=False)},
        MET.key: {
            "form": forms.ChoiceField(
                label=_("Wat was het?"),
                choices=[("", "---"), ("intervision", _("intervisie")), ("supervision", _("supervisie"))],
                required=False,
            ),
            "valid_from": _day(_("Eerste bijeenkomst")),
            "valid_until": _day(_("Laatste bijeenkomst")),
            "meetings": forms.IntegerField(label=_("Hoeveel bijeenkomsten?"), required=False),
            "hours": _hours(),
        },
        TRAINED.key: {
            "name": forms.CharField(label=_("Naam van de opleiding"), max_length=160, required=False),
            "completed_on": _day(_("Afgerond op")),
            "hours": _hours(),
            "level": forms.ChoiceField(
                label=_("Niveau"),
                choices=[("", "---"), ("basic", _("basis")), ("specialised", _("gespecialiseerd"))],
                required=False,
            ),
        },
    }


def add_also_fields(form: Any) -> None:
    """Give a form of evidence the ticks and fields of what its document may show as well."""
    known = _fields()
    for also in ALSO.get(form.kind, ()):
        form.fields[also.key] = forms.BooleanField(label=str(also.question), required=False)
        for name, field in known[also.key].items():
            form.fields[f"{also.key}_{name}"] = field


def initial_of_parts(row: Evidence) -> dict[str, Any]:
    """What was ticked and typed for a piece before, to start a replacement from."""
    found: dict[str, Any] = {}
    by_kind = {also.kind: also for also in ALSO.get(row.kind, ())}
    for part in row.parts.filter(withdrawn_at=None) if by_kind else ():
        also = by_kind.get(EvidenceKind(part.kind))
        if also is None:
            continue
        values = {**part.facts, "valid_from": part.valid_from, "valid_until": part.valid_until}
        if part.kind == EvidenceKind.TRAINING:
            values |= {"name": part.title, "completed_on": part.valid_from}
        found[also.key] = True
        found |= {f"{also.key}_{name}": value for name, value in values.items() if value is not None}
    return found
