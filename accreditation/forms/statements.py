"""Asking a third person, and what that person fills in. Fields of the kind come from the form of the kind."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.domain.evidence_kinds import check_facts
from accreditation.exceptions import EvidenceError
from accreditation.forms.evidence import FORMS

#: What the third person knows better, or what the answer itself says.
LEFT_OUT = frozenset({"token", "file", "signed_by", "cover"})


def kind_fields(kind: str) -> dict[str, forms.Field]:
    """Fields of a kind that somebody else can confirm, in the order of its own form."""
    return {
        name: deepcopy(field)
        for name, field in FORMS[kind].base_fields.items()
        if name not in LEFT_OUT and not name.startswith("also_")
    }


class KindFieldsForm(forms.Form):
    """Base: the facts of a kind, checked by the domain."""

    def __init__(self, data: Any = None, *, kind: str, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.kind = kind
        own = list(self.fields)
        for name, field in kind_fields(kind).items():
            self.fields[name] = field
        self.order_fields([*kind_fields(kind), *own])

    def facts(self) -> dict[str, Any]:
        """The typed facts under the names of the kind's form."""
        found = {name: self.cleaned_data.get(name) for name in kind_fields(self.kind)}
        return {**found, "cover": "employer"} if self.kind == "insurance" else found

    def clean(self) -> dict[str, Any]:
        """The rules of the kind; what they refuse becomes an error of the field that can mend it."""
        data = super().clean() or {}
        if not self.errors:
            try:
                check_facts(
                    kind=self.kind,
                    data={**self.facts(), "signed_by": "-"},
                    degrees=(),
                    today=timezone.localdate(),
                )
            except EvidenceError as error:
                self.add_error(error.field if error.field in self.fields else None, str(error))
        return data


class AskForm(KindFieldsForm):
    """Whom to ask, and what."""

    recipient_name = forms.CharField(label=_("Aan wie vraag je het?"), max_length=120)
    recipient_email = forms.EmailField(
        label=_("E-mailadres van die persoon"),
        help_text=_("Op het werk, als dat kan. Alleen daarheen sturen we de link."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AnswerForm(KindFieldsForm):
    """What the third person confirms, and who they are."""

    name = forms.CharField(
        label=_("Jouw naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    function = forms.CharField(
        label=_("Jouw functie"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    sure = forms.BooleanField(
        label=_("Ik kan dit weten en bevestig dat het klopt."),
        error_messages={"required": _("Vink aan dat het klopt, of kies “Ik kan dit niet bevestigen”.")},
    )


class CodeForm(forms.Form):
    """The six digits from the mail."""

    code = forms.CharField(
        label=_("Code uit je mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
