"""A consistent copy of the whole database in one file, and back, for the two databases that we run on."""

import contextlib
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from cms.exceptions import BackupError

#: What is open from the first moment of the restored database: nothing leaves before somebody looked.
HOLD_REASON = "restored"
_HOLD = "INSERT INTO ledger_deliveryhold (since, reason) VALUES ('{now}', '{reason}') ON CONFLICT DO NOTHING"
#: Sign-ins of the day of the backup: some were ended since.
_FORGET = "DELETE FROM django_session"


def copy_database(target: Path) -> None:
    """Write the database as it is at one moment to `target`; others may go on working. Raises BackupError."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def put_database_back(source: Path) -> None:
    """Replace everything in the database by the copy, all of it or nothing, with deliveries on hold.

    Raises BackupError. Nothing else may use the database meanwhile: the processes of the site are stopped first.
    """
    hold = _HOLD.format(now=timezone.now().isoformat(sep=" "), reason=HOLD_REASON)
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            _sqlite_back(source, Path(folder) / "copy.sqlite3", (hold, _FORGET))
        else:
            _postgresql_back(source, Path(folder) / "copy.sql", (hold, _FORGET))


def _sqlite_back(source: Path, draft: Path, statements: tuple[str, ...]) -> None:
    draft.write_bytes(source.read_bytes())
    try:
        with contextlib.closing(sqlite3.connect(draft)) as copy:
            for statement in statements:
                copy.execute(statement)
            copy.commit()
            connection.ensure_connection()
            copy.backup(connection.connection)
    except sqlite3.Error as error:
        raise BackupError(f"the database could not be put back: {error}") from error


def _postgresql_back(source: Path, script: Path, statements: tuple[str, ...]) -> None:
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source)], connect=False)
    connections.close_all()
    # The script empties the search path; our own statements come after it and name the schema's tables again.
    after = ["SET search_path = public", *statements]
    _run(
        [
            "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            "--command=SET lock_timeout = '20s'",
            "--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public",
            f"--file={script}", *(f"--command={statement}" for statement in after),
        ],
        quiet=True,
    )  # fmt: skip


@contextlib.contextmanager
def _access() -> Iterator[dict[str, str]]:
    """How the tools of PostgreSQL reach the database; the password goes by environment, never on the command line."""
    place = settings.DATABASES["default"]
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    found = {variable: str(place[name]) for name, variable in names.items() if place.get(name)}
    yield {**os.environ, **found, "PGDATABASE": str(connection.settings_dict["NAME"])}


def _run(command: list[str], *, connect: bool = True, quiet: bool = False) -> None:
    with _access() as environment:
        try:
            done = subprocess.run(  # noqa: S603 - a fixed list of tools, no shell
                command,
                env=environment if connect else None,
                stdout=subprocess.DEVNULL if quiet else None,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise BackupError(f"{command[0]} is not on this machine: install PostgreSQL's client") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise BackupError(f"{command[0]}: {lines[0] if lines else 'failed'}")
