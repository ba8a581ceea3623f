"""A short text that changes whenever one of the rows about a person changes: the key of what was worked out from them.

PostgreSQL keeps with each row the number of the transaction that wrote it (`xmin`) and where it lies (`ctid`); every
change moves it. Row ids with these, hashed, say in one cheap query whether anything was added, changed or removed
since. Nothing has to be told to anybody by whoever writes, so nothing can be forgotten. SQLite has no such numbers;
there everything is worked out each time.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from django.utils.translation import get_language

Found = TypeVar("Found")

#: Table and the condition that picks a person's rows, with `%(person)s` for the id; a table counts wholly with "TRUE".
Rows = Mapping[str, str]


def kept_by_rows(
    *, name: str, rows: Rows, person_id: int, work_out: Callable[[], Found], seconds: int
) -> Found:
    """What `work_out` answers, from the cache as long as none of the rows changed. One query when it is kept.

    `name` says what is kept and on which day; it must change whenever the answer's form does. What is worked out while
    somebody writes is not kept.
    """
    stamp = row_stamp(rows, person_id=person_id)
    if stamp is None:
        return work_out()
    key = f"rows:{name}:{get_language()}:{person_id}:{stamp}"
    kept: Found | None = cache.get(key)
    if kept is not None:
        return kept
    found = work_out()
    if row_stamp(rows, person_id=person_id) == stamp:
        cache.set(key, found, seconds)
    return found


def row_stamp(rows: Rows, *, person_id: int) -> str | None:
    """The stamp of these rows now; None where the database keeps no numbers with its rows. One query."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(rows.items())), {"person": person_id})
        return str(cursor.fetchone()[0])


@lru_cache(maxsize=32)
def _statement(rows: tuple[tuple[str, str], ...]) -> str:
    # Names and conditions are constants of the code, never input.
    parts = " UNION ALL ".join(
        f"SELECT '{table}:' || id || ':' || xmin::text || ctid::text AS row FROM {table} WHERE {condition}"  # noqa: S608
        for table, condition in rows
    )
    return f"SELECT md5(COALESCE(string_agg(row, ',' ORDER BY row), '')) FROM ({parts}) AS found"  # noqa: S608
