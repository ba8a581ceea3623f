"""One row of a list of people: cleaned, or refused with the reason. No database here."""

import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LONGEST = {"email": 254, "first_name": 80, "last_name": 80, "profession": 120, "region": 80, "employer": 160}
#: With one of these at the start a spreadsheet reads a sum instead of a name.
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class CleanRow:
    """Cells without needless space; `field` and `code` say what is wrong, "" when nothing is."""

    values: dict[str, str]
    field: str = ""
    code: str = ""


def clean_row(cells: dict[str, str] | None) -> CleanRow:
    """Codes: too_many_cells, formula, too_long, email_missing, email_wrong, name_missing, unreadable."""
    if cells is None:
        return CleanRow({}, code="too_many_cells")
    values = {name: _plain(text) for name, text in cells.items()}
    for name, text in values.items():
        if text.startswith(FORMULA_STARTS):
            return CleanRow(_short(values), name, "formula")
        if "\ufffd" in text or "\0" in text:
            return CleanRow(_short(values), name, "unreadable")
        if len(text) > LONGEST[name]:
            return CleanRow(_short(values), name, "too_long")
    email = values.get("email", "")
    if not email:
        return CleanRow(values, "email", "email_missing")
    try:
        validate_email(email)
    except ValidationError:
        return CleanRow(values, "email", "email_wrong")
    if not values.get("first_name") and not values.get("last_name"):
        return CleanRow(values, "last_name", "name_missing")
    return CleanRow(values)


def message_of(code: str) -> str:
    """What is wrong and how to mend it, in Dutch; an empty text for no code."""
    words = {
        "too_many_cells": _(
            "Deze rij heeft meer cellen dan er titels zijn. Kijk of een komma te veel staat."
        ),
        "formula": _("Deze cel begint als een formule. Haal het eerste teken weg."),
        "unreadable": _("Een teken is onleesbaar. Typ de naam opnieuw."),
        "too_long": _("Deze tekst is te lang. Kort hem in."),
        "email_missing": _("Het e-mailadres ontbreekt. Vul het in."),
        "email_wrong": _("Dit is geen volledig e-mailadres. Kijk het na."),
        "name_missing": _("De naam ontbreekt. Vul voornaam en achternaam in."),
        "profession_unknown": _("Dit beroep staat niet in onze lijst. Kies een naam uit de lijst."),
        "region_unknown": _("Deze regio kennen we niet. Kies een van de referentieregio's."),
        "employer_unknown": _("Deze organisatie kennen we nog niet. Voeg ze eerst toe."),
        "account_closed": _("Dit account is gesloten. Neem eerst contact op met de persoon."),
        "email_twice": _("Dit adres staat al hoger in dit bestand."),
        "same_name": _("Er is al een account met deze naam en een ander adres."),
        "name_differs": _("De naam is anders dan in het account. We laten het account zoals het is."),
        "in_use": _("Dit account werd intussen gebruikt. Het blijft."),
        "changed_since": _("Dit is intussen aangepast. Het blijft zoals het nu is."),
    }
    return words.get(code, "")


def _plain(text: str) -> str:
    """One line of text: line breaks and runs of spaces become one space, letters are composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _short(values: dict[str, str]) -> dict[str, str]:
    return {name: text[:80] for name, text in values.items()}
