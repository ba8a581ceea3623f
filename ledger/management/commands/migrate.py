import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import LockNotAvailable

#: A step that waits longer for a table would make everybody wait who asks for that table after it (fault model, 20).
LOCK_TIMEOUT = "3s"


class Command(migrate.Command):
    """Django's own, on a site that runs: it never makes the site wait, and may itself take its time."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate. Exits 1 when a table is in use for too long; the step that waited changed nothing."""
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with _own_limits(connection):
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                raise CommandError(
                    f"a table was in use for longer than {LOCK_TIMEOUT}. The steps before this one are done, this one "
                    "changed nothing, and the site goes on as it was. Run manage.py migrate again at a quieter moment.",
                    returncode=1,
                ) from error


@contextlib.contextmanager
def _own_limits(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Short for waiting, none for working: an index on a large table takes longer than a request may."""
    connection.ensure_connection()
    patience, connection.connection.patience = connection.connection.patience, None
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            connection.connection.patience = patience
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
                cursor.execute("RESET statement_timeout")
