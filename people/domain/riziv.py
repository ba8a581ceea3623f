"""RIZIV numbers: a pure check of form and check digits.

Source: 8 significant digits (6 plus 2 check digits), then 3 digits of qualification; the check digits are
97 minus the remainder of the first six by 97 (older numbers) or 89 minus the remainder by 89 (newer numbers).
"""

from stdnum.be import nn
from stdnum.util import clean, isdigits


class RizivError(ValueError):
    """The number cannot be a RIZIV number; the text says what to do, in Dutch."""


def compact_riziv(number: str) -> str:
    """Digits only, as stored."""
    return clean(number, " -./").strip()


def validate_riziv(number: str) -> str:
    """Return the compact number. Raises RizivError with a text for the person who typed it."""
    digits = compact_riziv(number)
    if not isdigits(digits) or len(digits) != 11:
        if isdigits(digits) and len(digits) == 8 and _check_digits_fit(digits):
            return digits
        raise RizivError("Een RIZIV-nummer heeft 11 cijfers. Kijk het na op je RIZIV-kaart of in MyRiziv.")
    if _check_digits_fit(digits):
        return digits
    if nn.is_valid(digits):
        raise RizivError(
            "Dit lijkt je rijksregisternummer. Dat vragen en bewaren we nooit. Vul hier je RIZIV-nummer in."
        )
    raise RizivError("De controlecijfers van dit RIZIV-nummer kloppen niet. Staat er een tikfout in?")


def _check_digits_fit(digits: str) -> bool:
    base, check = int(digits[:6]), int(digits[6:8])
    return check in (97 - base % 97, 89 - base % 89)


def format_riziv(number: str) -> str:
    """As people write it: 1-23456-78-901."""
    if len(number) < 8:
        return number
    return "-".join(part for part in (number[0], number[1:6], number[6:8], number[8:]) if part)
