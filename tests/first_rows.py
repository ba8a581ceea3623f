"""Tests that commit leave the database as they found it: what the migrations loaded, and nothing else.

Django's own way empties every table with TRUNCATE and reads the first rows back from JSON; with two hundred tables
that takes seconds for each test. Here SQLite gets a copy of the whole database back, and PostgreSQL loses the rows of
the tables that have any. Triggers and foreign keys step aside meanwhile: rows of append-only tables go too.
"""

import sqlite3
from typing import Any

import pytest

#: A copy of the whole database (SQLite), or the first rows of each table that had some (PostgreSQL).
_first: dict[str, Any] = {}


def _keep(connection: Any) -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _first[connection.alias] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_first[connection.alias])
        return
    with connection.cursor() as cursor:
        _first[connection.alias] = {
            table: b"".join(bytes(piece) for piece in _copy_out(cursor, table))
            for table in _filled(connection, cursor)
        }


def _put_back(connection: Any) -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _first[connection.alias].backup(connection.connection)
        return
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _filled(connection, cursor):
            cursor.execute(f'DELETE FROM "{table}"')
        for table, rows in _first[connection.alias].items():
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copy:
                copy.write(rows)


def _filled(connection: Any, cursor: Any) -> list[str]:
    """Tables with at least one row; a partition answers with its parent. One query."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
        " AND relnamespace = 'public'::regnamespace AND relname <> 'django_migrations'"
    )
    tables = [row[0] for row in cursor.fetchall()]
    cursor.execute(
        " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)
    )
    return [row[0] for row in cursor.fetchall()]


def _copy_out(cursor: Any, table: str) -> Any:
    # A partitioned table is copied through a query; none of ours has rows from the start.
    with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
        yield from copy


@pytest.fixture(autouse=True, scope="session")
def _committed_rows_go():
    from django.db import connections
    from django.test import TransactionTestCase

    setup = TransactionTestCase.__dict__["_fixture_setup"]
    teardown = TransactionTestCase._fixture_teardown

    def keep_first(cls):
        for name in cls._databases_names(include_mirrors=False):
            if name not in _first:
                _keep(connections[name])
        setup.__func__(cls)

    def put_back(self):
        for name in self._databases_names(include_mirrors=False):
            _put_back(connections[name])

    TransactionTestCase._fixture_setup = classmethod(keep_first)
    TransactionTestCase._fixture_teardown = put_back
    yield
    TransactionTestCase._fixture_setup = setup
    TransactionTestCase._fixture_teardown = teardown
