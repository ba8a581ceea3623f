"""Does a filled-in word or number fit? Pure: no database, no clock."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from courses.domain.check_facts import GapKey

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")


def gap_fits(key: GapKey, given: str) -> bool:
    """Whether the words fit one of the accepted variants, or the number lies within the tolerance.

    Case, accents, spaces, hyphens and a full stop at the end make no difference. `typos` is how many letters may be
    wrong, missing or too many; words of fewer than five letters must be exact, so that "niet" is not "wiet".
    """
    words = plain(given)
    if not words:
        return False
    if key.number is not None and (number := read_number(given)) is not None:
        return abs(number - key.number) <= key.tolerance
    return any(_alike(words, plain(variant), key.typos) for variant in key.accept)


def plain(text: str) -> str:
    """Lower case, without accents, with single spaces, hyphens as spaces, without a full stop at the end."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[-\u2010-\u2015]", " ", bare).split()).rstrip(" .!?")


def read_number(text: str) -> Decimal | None:
    """The number in "16", "16,5", "16.5" or "16 weken"; None when there is none, or more than one."""
    found = _NUMBER.findall(text)
    if len(found) != 1:
        return None
    try:
        return Decimal(found[0].replace(",", "."))
    except InvalidOperation:
        return None


def _alike(given: str, wanted: str, typos: int) -> bool:
    if given == wanted:
        return True
    if typos < 1 or len(wanted) < 5 or any(letter.isdigit() for letter in wanted):
        return False
    return distance(given, wanted, most=typos) <= typos


def distance(left: str, right: str, *, most: int) -> int:
    """How many letters to change, add or take away; `most` + 1 stands for every larger distance."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for number, letter in enumerate(left, start=1):
        before, row[0] = row[0], number
        for place, other in enumerate(right, start=1):
            change = before + (letter != other)
            before = row[place]
            row[place] = min(change, row[place] + 1, row[place - 1] + 1)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
