"""What each kind of evidence asks and stores. Nothing more than a criterion needs is ever asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accreditation.domain.evidence_facts import spell_day, spell_number
from accreditation.domain.evidence_registers import check_period, refuse_national_number
from accreditation.enums import EvidenceKind, Level
from accreditation.exceptions import EvidenceError

CRITERIA: Mapping[str, tuple[str, ...]] = {
    EvidenceKind.DIPLOMA: ("base_degree",),
    EvidenceKind.COURSE: ("continued_training",),
    EvidenceKind.TRAINING: ("continued_training",),
    EvidenceKind.MEETING: ("permanent_education",),
    EvidenceKind.STATEMENT: ("permanent_education",),
    EvidenceKind.INSURANCE: ("liability_insurance",),
    EvidenceKind.MEMBERSHIP: ("professional_association",),
    EvidenceKind.EXPERIENCE: ("clinical_experience",),
    EvidenceKind.LIVED_EXPERIENCE: (),
    # By itself it serves no criterion; what its document also shows does (see evidence_also.py).
    EvidenceKind.REGISTER: (),
    EvidenceKind.LABEL: (),
}
#: Kinds that a person can add; the others come in by themselves.
UPLOAD_KINDS = (
    EvidenceKind.DIPLOMA,
    EvidenceKind.TRAINING,
    EvidenceKind.STATEMENT,
    EvidenceKind.INSURANCE,
    EvidenceKind.MEMBERSHIP,
    EvidenceKind.EXPERIENCE,
    EvidenceKind.LIVED_EXPERIENCE,
    EvidenceKind.REGISTER,
    EvidenceKind.LABEL,
)
#: Kinds that are told, not proven: no file is asked.
WITHOUT_FILE = (EvidenceKind.LIVED_EXPERIENCE,)
LONGEST_STATEMENT = timedelta(days=366)
FIRST_YEAR = 1950


@dataclass(frozen=True)
class CheckedFacts:
    """Facts that passed the checks of their kind, ready to be stored."""

    kind: str
    title: str
    facts: dict[str, Any] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def criterion_ids(self) -> list[str]:
        """Criteria that the kind serves."""
        return list(CRITERIA[self.kind])


def check_facts(*, kind: str, data: Mapping[str, Any], degrees: tuple[str, ...], today: date) -> CheckedFacts:
    """Check what a person typed for a kind.

    `data` holds Python values (date, int, Decimal, str) under the names of the form's fields; `degrees` is the table of
    base degrees in force. Raises EvidenceError, with `field` set where one field can mend it.
    """
    checks = {
        EvidenceKind.DIPLOMA: _diploma,
        EvidenceKind.TRAINING: _training,
        EvidenceKind.STATEMENT: _statement,
        EvidenceKind.INSURANCE: _insurance,
        EvidenceKind.MEMBERSHIP: _membership,
        EvidenceKind.EXPERIENCE: _experience,
        EvidenceKind.LIVED_EXPERIENCE: _lived_experience,
        EvidenceKind.REGISTER: _register,
        EvidenceKind.LABEL: _label,
    }
    refuse_national_number(data)
    if kind not in checks:
        raise EvidenceError(_("Dit soort bewijsstuk komt vanzelf binnen. Je hoeft het niet toe te voegen."))
    if kind == EvidenceKind.DIPLOMA and data.get("degree") not in degrees:
        raise EvidenceError(_("Kies een opleiding uit de lijst."), field="degree")
    return checks[EvidenceKind(kind)](data, today)


def _text(data: Mapping[str, Any], name: str) -> str:
    text = " ".join(str(data.get(name) or "").split())
    if not text:
        raise EvidenceError(_("Vul dit nog in."), field=name)
    return text[:160]


def _year(data: Mapping[str, Any], name: str, *, last: int) -> int:
    year = data.get(name)
    if not isinstance(year, int) or not FIRST_YEAR <= year <= last:
        raise EvidenceError(
            _("Vul een jaar in tussen %(first)s en %(last)s.") % {"first": FIRST_YEAR, "last": last},
            field=name,
        )
    return year


def _hours(data: Mapping[str, Any]) -> Decimal:
    hours = data.get("hours")
    if not isinstance(hours, Decimal) or not hours.is_finite() or not 0 < hours <= 500:
        raise EvidenceError(_("Vul het aantal uren in, bijvoorbeeld 7,5."), field="hours")
    return hours.quantize(Decimal("0.01"))


def _start(data: Mapping[str, Any]) -> date:
    start = data.get("valid_from")
    if not isinstance(start, date):
        raise EvidenceError(_("Vul de begindatum in."), field="valid_from")
    return start


def _period(data: Mapping[str, Any]) -> tuple[date, date]:
    start, end = _start(data), data.get("valid_until")
    if not isinstance(end, date):
        raise EvidenceError(_("Vul de einddatum in."), field="valid_until")
    if end < start:
        raise EvidenceError(
            _("De einddatum ligt voor de begindatum. Kijk de twee datums even na."), field="valid_until"
        )
    return start, end


def _not_later(day: date, today: date, name: str) -> date:
    if day > today:
        raise EvidenceError(
            _("Deze datum ligt nog in de toekomst. Voeg het toe als het zover is."), field=name
        )
    return day


def _diploma(data: Mapping[str, Any], today: date) -> CheckedFacts:
    degree = _text(data, "degree")
    facts = {
        "degree": str(data["degree"]),
        "institution": _text(data, "institution"),
        "year": _year(data, "year", last=today.year),
    }
    return CheckedFacts(EvidenceKind.DIPLOMA, degree, facts)


def _training(data: Mapping[str, Any], today: date) -> CheckedFacts:
    done = data.get("completed_on")
    if not isinstance(done, date):
        raise EvidenceError(_("Vul de datum in waarop je de opleiding afrondde."), field="completed_on")
    if data.get("level") not in Level.values:
        raise EvidenceError(_("Kies het niveau."), field="level")
    facts = {"provider": _text(data, "provider"), "hours": str(_hours(data)), "level": str(data["level"])}
    return CheckedFacts(
        EvidenceKind.TRAINING,
        _text(data, "name"),
        facts,
        valid_from=_not_later(done, today, "completed_on"),
    )


def _statement(data: Mapping[str, Any], today: date) -> CheckedFacts:
    form = data.get("form")
    if form not in ("intervision", "supervision"):
        raise EvidenceError(_("Kies intervisie of supervisie."), field="form")
    start, end = _period(data)
    _not_later(end, today, "valid_until")
    if end - start > LONGEST_STATEMENT:
        raise EvidenceError(
            _("Een verklaring gaat over hoogstens een jaar. Voeg er een toe per jaar."), field="valid_until"
        )
    meetings = data.get("meetings")
    if not isinstance(meetings, int) or not 1 <= meetings <= 100:
        raise EvidenceError(_("Vul in hoeveel bijeenkomsten het waren."), field="meetings")
    facts = {
        "form": form,
        "hours": str(_hours(data)),
        "meetings": meetings,
        "signed_by": _text(data, "signed_by"),
    }
    title = _("Verklaring over supervisie") if form == "supervision" else _("Verklaring over intervisie")
    return CheckedFacts(EvidenceKind.STATEMENT, title, facts, start, end)


def _insurance(data: Mapping[str, Any], today: date) -> CheckedFacts:
    cover = data.get("cover")
    if cover not in ("own", "employer"):
        raise EvidenceError(_("Kies wie de verzekering afsloot."), field="cover")
    start, end = _period(data)
    if end < today:
        raise EvidenceError(
            _("Deze verzekering is al afgelopen. Heb je een nieuwere polis? Voeg dan die toe."),
            field="valid_until",
        )
    title = _("Eigen verzekering") if cover == "own" else _("Verzekering via je werkgever")
    return CheckedFacts(EvidenceKind.INSURANCE, title, {"cover": cover}, start, end)


def _membership(data: Mapping[str, Any], today: date) -> CheckedFacts:
    association = _text(data, "association")
    year = _year(data, "year", last=today.year + 1)
    return CheckedFacts(
        EvidenceKind.MEMBERSHIP,
        f"{association} {year}",
        {"association": association, "year": year},
        date(year, 1, 1),
        date(year, 12, 31),
    )


def _experience(data: Mapping[str, Any], today: date) -> CheckedFacts:
    start, end = _not_later(_start(data), today, "valid_from"), None
    if data.get("valid_until") is not None:
        end = _not_later(_period(data)[1], today, "valid_until")
    facts = {"organisation": _text(data, "organisation"), "role": _text(data, "role")}
    return CheckedFacts(EvidenceKind.EXPERIENCE, facts["organisation"], facts, start, end)


def _lived_experience(data: Mapping[str, Any], today: date) -> CheckedFacts:
    return CheckedFacts(EvidenceKind.LIVED_EXPERIENCE, _("Ervaringsdeskundige"), {})


def _register(data: Mapping[str, Any], today: date) -> CheckedFacts:
    start, end = check_period(data.get("valid_from"), data.get("valid_until"), today)
    facts = {"register": _text(data, "register"), "holder": _text(data, "holder")}
    number = " ".join(str(data.get("number") or "").split())[:40]
    if number:
        facts["number"] = number
    return CheckedFacts(EvidenceKind.REGISTER, facts["register"], facts, start, end)


def _label(data: Mapping[str, Any], today: date) -> CheckedFacts:
    start, end = check_period(data.get("valid_from"), data.get("valid_until"), today)
    facts = {"scheme": _text(data, "scheme"), "label": _text(data, "label")}
    return CheckedFacts(EvidenceKind.LABEL, facts["label"], facts, start, end)


def fact_lines(
    *, kind: str, facts: Mapping[str, Any], valid_from: date | None, valid_until: date | None
) -> tuple[tuple[str, str], ...]:
    """The facts in words, as label and value, for owner, office and readers alike."""
    values = dict(facts)
    words = {
        "own": _("eigen polis"),
        "employer": _("via de werkgever"),
        "intervision": _("intervisie"),
        "supervision": _("supervisie"),
        "basic": _("basis"),
        "specialised": _("gespecialiseerd"),
        "orientation": _("oriëntatie"),
    }
    labels = {
        "degree": _("Opleiding"),
        "institution": _("School"),
        "year": _("Jaar"),
        "provider": _("Organisator"),
        "level": _("Niveau"),
        "form": _("Vorm"),
        "hours": _("Uren"),
        "meetings": _("Bijeenkomsten"),
        "signed_by": _("Ondertekend door"),
        "cover": _("Dekking"),
        "association": _("Vereniging"),
        "organisation": _("Organisatie"),
        "role": _("Functie"),
        "group": _("Groep"),
        "register": _("Register"),
        "holder": _("Wie houdt het register bij"),
        "number": _("Nummer in het register"),
        "label": _("Label"),
        "attested_by": _("Bevestigd door"),
        "attested_function": _("Functie"),
        "attested_at": _("Via e-mailadres van"),
    }
    lines = []
    for name, label in labels.items():
        value = values.get(name)
        if value in (None, ""):
            continue
        text = spell_number(Decimal(str(value))) if name == "hours" else words.get(str(value), str(value))
        lines.append((label, text))
    on_one_day = kind in (EvidenceKind.TRAINING, EvidenceKind.COURSE, EvidenceKind.MEETING)
    if valid_from is not None:
        lines.append((_("Datum") if on_one_day else _("Van"), spell_day(valid_from)))
    if valid_until is not None:
        lines.append((_("Tot en met"), spell_day(valid_until)))
    elif kind == EvidenceKind.EXPERIENCE:
        lines.append((_("Tot en met"), _("nu")))
    return tuple(lines)
