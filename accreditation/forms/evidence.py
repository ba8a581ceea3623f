"""What is asked per kind of evidence. Every field is named; nothing else is read from the request."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import slug_re, validate_slug
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.domain.evidence_also import ALSO, check_also
from accreditation.domain.evidence_kinds import FIRST_YEAR, WITHOUT_FILE, CheckedFacts, check_facts
from accreditation.enums import EvidenceKind, EvidenceStatus
from accreditation.exceptions import EvidenceError
from accreditation.forms.evidence_also import ALSO_PREFIX, add_also_fields, initial_of_parts
from accreditation.models import Evidence, LabelScheme

#: A typing mistake, whatever today is; the domain knows the real bound.
LAST_YEAR = 2100


class HoursField(forms.DecimalField):
    """Hours with a decimal comma or point."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=Decimal("0.25"), max_value=500, decimal_places=2, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read 7,5 and 7.5 alike; gives a Decimal."""
        return super().to_python(str(value).strip().replace(",", ".") if value not in (None, "") else value)


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **kwargs)


def _line(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=160, **kwargs)


def _whole(label: Any, *, first: int, last: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=first, max_value=last, widget=widget)


class EvidenceForm(forms.Form):
    """Base: the file, and the token that makes sending twice the same as sending once."""

    kind: EvidenceKind
    token = forms.CharField(max_length=40, validators=[validate_slug], widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_(
            "PDF, JPG, PNG of HEIC, tot 25 MB. Een foto met je telefoon is prima, als alles leesbaar is."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.heic,.heif,image/*,application/pdf"}),
        error_messages={
            "required": _("Kies een bestand: een PDF of een foto."),
            "empty": _("Dit bestand is leeg (0 bytes). Kies een ander bestand."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        degrees: tuple[str, ...] = (),
        replaces: Evidence | None = None,
        has_kept_file: bool = False,
        token: str = "",
    ) -> None:
        self.degrees = degrees
        initial = {
            "token": token if slug_re.fullmatch(token or "") else uuid4().hex,
            **(initial_of(replaces) if replaces else {}),
        }
        super().__init__(data, files, initial=initial)
        add_also_fields(self)
        if self.kind in WITHOUT_FILE:
            del self.fields["file"]
        elif has_kept_file or (replaces is not None and replaces.file_id is not None):
            self.fields["file"].required = False
        if "file" in self.fields:
            self.order_fields([name for name in self.fields if name != "file"])

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Fields of the kind itself, the file last."""
        return [field for field in self.visible_fields() if not field.name.startswith(ALSO_PREFIX)]

    @property
    def also_groups(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """What the document may show as well: the tick and the fields that follow from it."""
        return [
            (self[also.key], [self[name] for name in self.fields if name.startswith(f"{also.key}_")])
            for also in ALSO.get(self.kind, ())
        ]

    def checked(self) -> CheckedFacts | None:
        """The facts, checked by the domain too; what it refuses becomes an error of the field that can mend it."""
        try:
            return check_facts(
                kind=self.kind, data=self.cleaned_data, degrees=self.degrees, today=timezone.localdate()
            )
        except EvidenceError as error:
            field = error.field if error.field in self.fields else None
            if field is None or not self.has_error(field):
                self.add_error(field, str(error))
            return None

    def checked_also(self, main: CheckedFacts) -> tuple[CheckedFacts, ...] | None:
        """What else the document shows; None when something in it has to be mended."""
        try:
            return check_also(main=main, data=self.cleaned_data, today=timezone.localdate())
        except EvidenceError as error:
            self.add_error(error.field if error.field in self.fields else None, str(error))
            return None


class DiplomaForm(EvidenceForm):
    """Title from the table, school, year."""

    kind = EvidenceKind.DIPLOMA
    degree = forms.ChoiceField(label=_("Opleiding"))
    institution = _line(_("School of universiteit"))
    year = _whole(_("Jaar waarin je het diploma kreeg"), first=FIRST_YEAR, last=LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Kies je opleiding")), *((name, name) for name in self.degrees)]
        self.fields["degree"].choices = choices  # type: ignore[attr-defined]


class TrainingForm(EvidenceForm):
    """Further training elsewhere."""

    kind = EvidenceKind.TRAINING
    name = _line(_("Naam van de opleiding"))
    provider = _line(_("Organisator"))
    completed_on = _day(_("Afgerond op"))
    hours = HoursField(label=_("Aantal uren"), help_text=_("Zoals op je attest, bijvoorbeeld 7,5."))
    level = forms.ChoiceField(
        label=_("Niveau"),
        help_text=_("Twijfel je? Kies basis. We kijken het na."),
        choices=[("basic", _("basis")), ("specialised", _("gespecialiseerd"))],
        widget=forms.RadioSelect,
    )


class StatementForm(EvidenceForm):
    """Intervision or supervision elsewhere, signed by somebody else."""

    kind = EvidenceKind.STATEMENT
    form = forms.ChoiceField(
        label=_("Wat was het?"),
        choices=[("intervision", _("intervisie")), ("supervision", _("supervisie"))],
        widget=forms.RadioSelect,
    )
    signed_by = _line(
        _("Wie ondertekende de verklaring?"), help_text=_("De supervisor, of wie de groep begeleidde.")
    )
    valid_from = _day(_("Eerste bijeenkomst"))
    valid_until = _day(_("Laatste bijeenkomst"))
    meetings = _whole(_("Hoeveel bijeenkomsten?"), first=1, last=100)
    hours = HoursField(label=_("Hoeveel uren samen?"))


class InsuranceForm(EvidenceForm):
    """Validity and cover only; never the premium."""

    kind = EvidenceKind.INSURANCE
    cover = forms.ChoiceField(
        label=_("Wie sloot de verzekering af?"),
        choices=[("own", _("ik zelf")), ("employer", _("mijn werkgever"))],
        widget=forms.RadioSelect,
    )
    valid_from = _day(_("Geldig van"))
    valid_until = _day(_("Geldig tot en met"))


class MembershipForm(EvidenceForm):
    """Association and year."""

    kind = EvidenceKind.MEMBERSHIP
    association = _line(_("Beroepsvereniging"))
    year = _whole(_("Voor welk jaar?"), first=FIRST_YEAR, last=LAST_YEAR)


class ExperienceForm(EvidenceForm):
    """A statement about years in the field."""

    kind = EvidenceKind.EXPERIENCE
    organisation = _line(_("Organisatie die de verklaring geeft"))
    role = _line(_("Jouw functie"))
    valid_from = _day(_("Aan het werk van"))
    valid_until = _day(_("Tot en met"), required=False, help_text=_("Laat leeg als je er nu nog werkt."))


class LivedExperienceForm(EvidenceForm):
    """Only that it is so: no story is asked."""

    kind = EvidenceKind.LIVED_EXPERIENCE


class RegisterForm(EvidenceForm):
    """Being entered in a register that somebody else keeps."""

    kind = EvidenceKind.REGISTER
    register = _line(_("Naam van het register"))
    holder = _line(_("Wie houdt het bij?"), help_text=_("De overheid, vereniging of organisatie."))
    number = forms.CharField(
        label=_("Je nummer in dat register"),
        max_length=40,
        required=False,
        help_text=_("Nooit je rijksregisternummer."),
    )
    valid_from = _day(_("Ingeschreven sinds"))
    valid_until = _day(_("Geldig tot en met"))


class LabelForm(EvidenceForm):
    """A quality label of one's own."""

    kind = EvidenceKind.LABEL
    scheme = forms.ChoiceField(label=_("Label"))
    valid_from = _day(_("Geldig van"))
    valid_until = _day(_("Geldig tot en met"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = dict(LabelScheme.objects.filter(for_people=True).values_list("key", "name"))
        self.fields["scheme"].choices = [("", _("Kies het label")), *self.names.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The name of the label goes along, so that the piece can be read without the table."""
        data = super().clean() or {}
        data["label"] = self.names.get(data.get("scheme", ""), "")
        return data


FORMS: Mapping[str, type[EvidenceForm]] = {
    form.kind.value: form
    for form in (
        DiplomaForm,
        TrainingForm,
        StatementForm,
        InsuranceForm,
        MembershipForm,
        ExperienceForm,
        LivedExperienceForm,
        RegisterForm,
        LabelForm,
    )
}


def initial_of(row: Evidence) -> dict[str, Any]:
    """What was typed before, to start a replacement from."""
    known = {
        **row.facts,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        **initial_of_parts(row),
    }
    if row.kind == EvidenceKind.TRAINING:
        known |= {"name": row.title, "completed_on": row.valid_from}
    if "hours" in known:
        known["hours"] = str(known["hours"]).rstrip("0").rstrip(".").replace(".", ",")
    return {name: value for name, value in known.items() if value is not None}


class VerifyForm(forms.Form):
    """The office's answer about one piece."""

    status = forms.ChoiceField(
        label=_("Wat besluit je?"),
        choices=[
            (EvidenceStatus.VERIFIED, _("Het klopt: de gegevens staan zo op het document")),
            (EvidenceStatus.NEEDS_MORE, _("We vragen nog iets")),
            (EvidenceStatus.REFUSED, _("Het telt niet mee")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je besluit.")},
    )
    reason = forms.CharField(
        label=_("Uitleg voor de eigenaar"),
        help_text=_("Nodig als je iets vraagt of als het niet meetelt. Zeg wat er is en hoe het verder kan."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen_status = forms.ChoiceField(choices=EvidenceStatus.choices, widget=forms.HiddenInput)
