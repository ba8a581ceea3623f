"""Tables that leave the house as CSV: nothing that somebody typed becomes a sum in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

#: With one of these at the start a spreadsheet reads a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """The value as text; with a quote before it where a spreadsheet would take it for a formula (OWASP).

    Numbers stay as they are.
    """
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def csv_lines(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table as lines of CSV with semicolons, for Excel in Dutch; begins with a byte-order mark. Streams."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff"
    for row in _chain(titles, rows):
        writer.writerow([safe_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _chain(titles: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield titles
    yield from rows
