"""Forms about registers: what a session brings, what happened to a file, since when one's own period runs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.domain.session_approvals import ApprovalPlan
from lms.enums import ReceiptKind
from lms.models import RegisterRule, SessionApproval


class ApprovalsForm(forms.Form):
    """For each register: how much, and its own number of the activity."""

    def __init__(
        self, *args: Any, rules: list[RegisterRule], approvals: list[SessionApproval], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        known = {row.register: row for row in approvals}
        for rule in rules:
            row = known.get(rule.key)
            self.fields[f"amount-{rule.key}"] = forms.DecimalField(
                label=rule.get_unit_display().capitalize(),
                min_value=0,
                max_value=999,
                max_digits=5,
                decimal_places=1,
                required=False,
                localize=True,
                initial=row.amount if row else None,
                help_text=_("Voor de hele bijeenkomst. Laat leeg als dit register niets toekent."),
            )
            self.fields[f"number-{rule.key}"] = forms.CharField(
                label=_("Activiteitnummer"),
                max_length=30,
                required=False,
                initial=row.activity_number if row else "",
            )
            self.fields[f"ethics-{rule.key}"] = forms.BooleanField(
                label=_("Telt voor ethiek en economie"), required=False, initial=bool(row and row.is_ethics)
            )
            self.fields[f"review-{rule.key}"] = forms.BooleanField(
                label=_("Is een overleg onder collega's (peer review)"),
                required=False,
                initial=bool(row and row.is_peer_review),
            )

    def groups(self) -> Iterable[tuple[RegisterRule, list[forms.BoundField]]]:
        """Bound fields per register."""
        for rule in self.rules:
            names = ["amount", "number"]
            if rule.ethics_per_year:
                names.append("ethics")
            if rule.peer_reviews_per_year:
                names.append("review")
            yield rule, [self[f"{name}-{rule.key}"] for name in names]

    def plans(self) -> list[ApprovalPlan]:
        """What was filled in, for the domain; zero takes an approval away."""
        data = self.cleaned_data
        return [
            ApprovalPlan(
                register=rule.key,
                amount=data[f"amount-{rule.key}"] or None,
                activity_number=data[f"number-{rule.key}"].strip(),
                is_ethics=data[f"ethics-{rule.key}"],
                is_peer_review=data[f"review-{rule.key}"],
            )
            for rule in self.rules
        ]


class ReceiptForm(forms.Form):
    """What happened to a file."""

    kind = forms.ChoiceField(
        label=_("Wat gebeurde er?"),
        choices=[
            (one.value, one.label) for one in (ReceiptKind.SENT, ReceiptKind.RECEIVED, ReceiptKind.REFUSED)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er met dit bestand gebeurde.")},
    )
    reference = forms.CharField(
        label=_("Kenmerk of reden"),
        max_length=80,
        required=False,
        help_text=_("Het nummer van de ontvangstmelding, of waarom het register weigerde."),
    )


class CycleForm(forms.Form):
    """Since when somebody's period at a register runs."""

    starts_on = forms.DateField(
        label=_("Begin van je periode"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Je vindt de datum bij je register. Zonder datum tellen we de laatste jaren tot vandaag."
        ),
        error_messages={
            "required": _("Kies de eerste dag van je periode."),
            "invalid": _("Kies een dag die bestaat."),
        },
    )

    def clean_starts_on(self) -> Any:
        """A day in the past, and in this century."""
        day = self.cleaned_data["starts_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies de dag waarop je periode begon."))
        if day.year < 2000:
            raise forms.ValidationError(_("Dat is wel erg lang geleden. Kijk het jaar na."))
        return day
