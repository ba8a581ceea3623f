"""A list of people as a file: which characters, which delimiter, which columns. Reads in a stream, keeps nothing."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from people.exceptions import IntakeError

MOST_BYTES = 100 * 1024 * 1024
CHUNK = 1024 * 1024
LONGEST_CELL = 10_000
DELIMITERS = (";", ",", "\t")
#: What a column may be called, in small letters without spaces, dashes and underscores.
COLUMNS = {
    "email": ("email", "emailadres", "mail", "epost"),
    "first_name": ("voornaam", "firstname"),
    "last_name": ("achternaam", "familienaam", "naam", "lastname", "surname"),
    "profession": ("beroep", "beroepsgroep", "profession"),
    "region": ("regio", "referentieregio", "region"),
    "employer": ("organisatie", "werkgever", "employer", "organisation", "organization"),
}


@dataclass(frozen=True)
class Reading:
    """How a file was understood. `columns`: our name by position; `ignored`: titles that we do not know."""

    encoding: str
    delimiter: str
    columns: dict[int, str]
    ignored: tuple[str, ...]


def understand(file: BinaryIO) -> Reading:
    """Recognise characters, delimiter and columns.

    Raises IntakeError: empty, too_big, unreadable, wrong_delimiter, no_email, column_twice, header_only.
    """
    size = file.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise IntakeError("too_big", _("Dit bestand is groter dan 100 MB. Deel het op in kleinere lijsten."))
    encoding = _encoding(file)
    text = _text(file, encoding)
    head = text.readline(LONGEST_CELL)
    while head and not head.strip():
        head = text.readline(LONGEST_CELL)
    if not head.strip():
        raise IntakeError("empty", _("Dit bestand is leeg. Zet op de eerste rij de titels van de kolommen."))
    delimiter = max(DELIMITERS, key=head.count)
    text.detach()
    reading = _columns(next(csv.reader([head], delimiter=delimiter)), encoding, delimiter)
    if next(rows_of(file, reading), None) is None:
        raise IntakeError("header_only", _("Er staan alleen titels in dit bestand, en nog geen mensen."))
    return reading


def rows_of(file: BinaryIO, reading: Reading) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Row number (the first row under the titles is 2) and its known cells; None for a row with too many cells.

    Empty rows are passed over. Raises IntakeError (unreadable) for what no reader of lists can read.
    """
    text = _text(file, reading.encoding)
    try:
        reader = csv.reader(text, delimiter=reading.delimiter)
        width = 0
        number = 0
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            if number == 1:
                width = len(cells)
                continue
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                yield number, None
                continue
            yield (
                number,
                {name: cells[place] if place < len(cells) else "" for place, name in reading.columns.items()},
            )
    except csv.Error as error:
        raise _unreadable() from error
    finally:
        text.detach()


def _unreadable() -> IntakeError:
    return IntakeError(
        "unreadable",
        _("Dit bestand kunnen we niet lezen. Bewaar je lijst als CSV en probeer opnieuw."),
    )


def _text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def _encoding(file: BinaryIO) -> str:
    """A mark at the begin decides; then many zeros mean UTF-16; then UTF-8 if every byte fits; else Windows Latin."""
    file.seek(0)
    start = file.read(4096)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        even, odd = start[0::2].count(0), start[1::2].count(0)
        if max(even, odd) * 3 < len(start) // 2:
            raise _unreadable()
        return "utf-16-be" if even > odd else "utf-16-le"
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _columns(titles: list[str], encoding: str, delimiter: str) -> Reading:
    columns: dict[int, str] = {}
    ignored = []
    for place, title in enumerate(titles):
        plain = "".join(letter for letter in title.lower() if letter.isalnum())
        name = next((name for name, words in COLUMNS.items() if plain in words), None)
        if name is None:
            ignored.append(" ".join(title.split())[:60])
        elif name in columns.values():
            raise IntakeError(
                "column_twice",
                _("Twee kolommen heten %(title)s. Laat er een staan.") % {"title": title.strip()[:60]},
            )
        else:
            columns[place] = name
    if "email" not in columns.values():
        if len(titles) == 1:
            raise IntakeError(
                "wrong_delimiter",
                _("We vinden maar een kolom. Scheid de kolommen met een komma of een puntkomma."),
            )
        raise IntakeError(
            "no_email",
            _("We vinden geen kolom met e-mailadressen. Noem die kolom: e-mail."),
        )
    return Reading(encoding=encoding, delimiter=delimiter, columns=columns, ignored=tuple(ignored))
