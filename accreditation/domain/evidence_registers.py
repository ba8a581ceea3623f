"""Facts of pieces that other registers and labels give: typed, with proof, for a period."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accreditation.exceptions import EvidenceError

LONGEST = 10 * 366


def has_national_number(text: str) -> bool:
    """Whether a text holds a Belgian national number: eleven digits of which the last two check the others."""
    run = ""
    for char in f"{text} ":
        if char.isdigit():
            run += char
        elif char not in ".-/ " or len(run) > 11:
            run = ""
        if len(run) == 11 and _is_national_number(run):
            return True
        if len(run) > 11:
            run = run[-10:] if char.isdigit() else ""
    return False


def _is_national_number(digits: str) -> bool:
    base, check = int(digits[:9]), int(digits[9:])
    month = int(digits[2:4]) % 20
    return month <= 12 and check in (97 - base % 97, 97 - (2_000_000_000 + base) % 97)


def refuse_national_number(data: Mapping[str, Any]) -> None:
    """Nothing here asks for a national number. Raises EvidenceError at the field where somebody typed one."""
    for name, value in data.items():
        if isinstance(value, str) and has_national_number(value):
            raise EvidenceError(
                _(
                    "Dit lijkt een rijksregisternummer. Dat hebben we niet nodig: haal het weg en probeer opnieuw."
                ),
                field=name,
            )


def check_period(start: Any, end: Any, today: date) -> tuple[date, date]:
    """A period of at most ten years that has begun and is not over. Raises EvidenceError at the field that mends it."""
    if not isinstance(start, date):
        raise EvidenceError(_("Vul de begindatum in."), field="valid_from")
    if not isinstance(end, date):
        raise EvidenceError(_("Vul de einddatum in."), field="valid_until")
    if end < start:
        raise EvidenceError(
            _("De einddatum ligt voor de begindatum. Kijk de twee datums even na."), field="valid_until"
        )
    if start > today:
        raise EvidenceError(
            _("Deze datum ligt nog in de toekomst. Voeg het toe als het zover is."), field="valid_from"
        )
    if end < today:
        raise EvidenceError(
            _("Dit is al afgelopen. Heb je een nieuwer bewijs? Voeg dan dat toe."), field="valid_until"
        )
    if (end - start).days > LONGEST:
        raise EvidenceError(_("Meer dan tien jaar geldig? Kijk de einddatum even na."), field="valid_until")
    return start, end
