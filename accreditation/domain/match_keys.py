"""Keys by which partners recognise a practice: a pure check of their form."""

from django.utils.translation import gettext as _

SOCIALE_KAART_LONGEST = 40


class MatchKeyError(ValueError):
    """The key cannot be one of that kind; the text says what to do, in Dutch."""


def read_kbo_unit(text: str) -> str:
    """The ten digits of a KBO establishment unit; empty stays empty. Raises MatchKeyError.

    Form: ten digits, the first from 2 to 8; the last two are 97 minus the remainder of the first eight by 97
    (Crossroads Bank for Enterprises, data element "vestigingseenheidsnummer").
    """
    digits = "".join(letter for letter in text if letter not in " .-")
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise MatchKeyError(
            _("Een vestigingsnummer heeft 10 cijfers. Je vindt het op je uittreksel van de KBO.")
        )
    if digits[0] in "01":
        raise MatchKeyError(
            _("Dit lijkt je ondernemingsnummer. We vragen het vestigingsnummer: dat begint met 2 tot 8.")
        )
    if digits[0] == "9" or int(digits[8:]) != 97 - int(digits[:8]) % 97:
        raise MatchKeyError(
            _("De controlecijfers van dit vestigingsnummer kloppen niet. Staat er een tikfout in?")
        )
    return digits


def read_sociale_kaart_id(text: str) -> str:
    """The identifier of an entry of the Sociale Kaart; empty stays empty. Raises MatchKeyError.

    Letters, digits and dashes: what stands at the end of the address of the entry.
    """
    found = text.strip().rstrip("/").rsplit("/", 1)[-1]
    if not found:
        return ""
    plain = found.replace("-", "").replace("_", "")
    if len(found) > SOCIALE_KAART_LONGEST or not (plain.isascii() and plain.isalnum()):
        raise MatchKeyError(
            _("Kopieer het nummer van je fiche, of het hele adres van de fiche in de Sociale Kaart.")
        )
    return found
