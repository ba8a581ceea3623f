"""The facts on the paper, per kind of certificate: at most three, each with its label."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from accreditation.enums import CertificateKind


@dataclass(frozen=True)
class PaperFact:
    """One fact with its label."""

    label: str
    value: str


Facts = tuple[PaperFact, ...]


def facts_of(kind: str, facts: dict[str, Any]) -> Facts:
    """What the paper of this kind tells, in the language in force. `facts` as the certificate keeps them."""
    return MAKERS[CertificateKind(kind)](facts)


def long_day(day: date) -> str:
    """`24 november 2026`."""
    return date_format(day, "j F Y")


def _day(facts: dict[str, Any], name: str) -> str:
    return long_day(date.fromisoformat(facts[name]))


def _number(value: object) -> str:
    """With the decimal mark of the language in force."""
    return number_format(Decimal(f"{Decimal(str(value)).normalize():f}"))


def _course(facts: dict[str, Any]) -> Facts:
    rows = [PaperFact(_("Afgerond op"), _day(facts, "completed_on"))]
    if Decimal(str(facts["hours"])) > 0:
        rows.append(PaperFact(_("Duur"), _("%s uur") % _number(facts["hours"])))
    if facts.get("level_name"):
        rows.append(PaperFact(_("Niveau"), str(facts["level_name"])))
    return tuple(rows)


def _attendance(facts: dict[str, Any]) -> Facts:
    """`points` is a list of {profession, points}: what an accrediting body gave, per profession."""
    rows = [
        PaperFact(_("Aanwezig op"), _day(facts, "attended_on")),
        PaperFact(_("Duur"), _("%s uur") % _number(facts["hours"])),
    ]
    if facts["points"]:
        told = " · ".join(f"{each['profession']}\u00a0{_number(each['points'])}" for each in facts["points"])
        rows.append(PaperFact(_("Accreditatiepunten"), told))
    return tuple(rows)


def _intervision(facts: dict[str, Any]) -> Facts:
    return (
        PaperFact(_("Van"), _day(facts, "from_day")),
        PaperFact(_("Tot en met"), _day(facts, "to_day")),
        PaperFact(_("Bevestigde uren"), _("%s uur") % _number(facts["hours"])),
    )


def _period(facts: dict[str, Any]) -> Facts:
    return (
        PaperFact(_("Geldig vanaf"), _day(facts, "valid_from")),
        PaperFact(_("Geldig tot en met"), _day(facts, "valid_until")),
    )


MAKERS: dict[CertificateKind, Callable[[dict[str, Any]], Facts]] = {
    CertificateKind.COURSE: _course,
    CertificateKind.ATTENDANCE: _attendance,
    CertificateKind.INTERVISION: _intervision,
    CertificateKind.TRAINER: _period,
    CertificateKind.RECOGNITION: _period,
}
