"""Database triggers that refuse to change or remove rows of a table."""

from django.db.backends.base.base import BaseDatabaseWrapper

from ledger.domain.migration_steps import RunOnConnection

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION nest_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql;
"""


def install(connection: BaseDatabaseWrapper, table: str) -> None:
    """Refuse UPDATE and DELETE on the table from now on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
            cursor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION nest_append_only()"
            )
            return
        for action in ("UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def remove(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers away (reverse migration, clearing a test database)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            return
        for action in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{action}")


APPEND_ONLY_TABLES: set[str] = set()


def append_only_operation(table: str) -> RunOnConnection:
    """A migration operation that makes `table` append-only on SQLite and PostgreSQL."""
    APPEND_ONLY_TABLES.add(table)
    return RunOnConnection(
        lambda apps, editor: install(editor.connection, table),
        lambda apps, editor: remove(editor.connection, table),
        elidable=False,
    )
