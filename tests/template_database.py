"""Tests start from a copy of a database that was migrated once, so that no process migrates for itself.

The copy belongs to a fingerprint of the migrations and of what they call; a new migration is added to the nearest
copy there is. NESTWERK_TEMPLATES names another folder than `var/test_templates`, so that checkouts can share it.
A clean checkout, and so CI, has no such copy and migrates from nothing: `python -m tests.template_database` does that
beforehand, for the database that DATABASE_URL names.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
CALLED = re.compile(
    r"^from ((?:accreditation|cms|courses|ledger|lms|media|people)[\w.]*) import", re.MULTILINE
)
#: The in-memory database lives as long as one connection to it.
_keepers: list[sqlite3.Connection] = []


def parts() -> dict[str, str]:
    """Fingerprint of each migration, and one of everything else that the migrated database depends on."""
    migrations = sorted(ROOT.glob("*/migrations/[0-9]*.py"))
    called = {name for path in migrations for name in CALLED.findall(path.read_text(encoding="utf-8"))}
    files = [ROOT / (name.replace(".", "/") + ".py") for name in sorted(called)]
    files += sorted(path for path in ROOT.glob("*/data/**/*") if path.is_file())
    files += sorted(ROOT.glob("*/fixtures/**/*.*"))
    rest = hashlib.sha256()
    for path in files:
        if path.exists():
            rest.update(path.relative_to(ROOT).as_posix().encode())
            rest.update(path.read_bytes())
    # The lock file holds tools too; what has migrations of its own is what counts.
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    rest.update("".join(re.findall(r"^(?:django|wagtail)[\w-]*==\S+", lock, re.MULTILINE)).encode())
    found = {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in migrations
    }
    return {**found, "": rest.hexdigest()[:16]}


def fingerprint(of: dict[str, str]) -> str:
    """One name for the whole."""
    return hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()[:16]


def nearest(folder: Path, kind: str, now: dict[str, str]) -> str | None:
    """The kept database from which the fewest migrations lead to ours; None where none is a step on the way."""
    best, most = None, 0
    for path in folder.glob(f"*.{kind}.json"):
        kept = json.loads(path.read_text())
        if len(kept) > most and kept.items() <= now.items():
            best, most = path.name.split(".")[0], len(kept)
    return best


@contextmanager
def _one_at_a_time(folder: Path, name: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"],
        cwd=ROOT,
        check=True,
        env={**os.environ, "DATABASE_URL": url, "NESTWERK_TESTING": "1"},
    )


def _sqlite(folder: Path) -> Path:
    now = parts()
    mark = fingerprint(now)
    path = folder / f"{mark}.sqlite3"
    with _one_at_a_time(folder, f"{mark}.sqlite"):
        if not path.exists():
            for left in folder.glob(f"{mark}.draft*"):
                left.unlink()
            draft = path.with_suffix(".draft")
            start = nearest(folder, "sqlite", now)
            if start:
                shutil.copyfile(folder / f"{start}.sqlite3", draft)
            _migrate(f"sqlite:///{draft}")
            draft.rename(path)
            path.with_suffix(".sqlite.json").write_text(json.dumps(now))
    return path


def _postgresql(folder: Path) -> str:
    import psycopg

    now = parts()
    mark = fingerprint(now)
    name = f"nestwerk_template_{mark}"
    address = urlsplit(os.environ["DATABASE_URL"])
    server = urlunsplit(address._replace(path="/postgres"))
    with (
        _one_at_a_time(folder, f"{mark}.postgresql"),
        psycopg.connect(server, autocommit=True) as connection,
    ):
        kept = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
        note = folder / f"{mark}.postgresql.json"
        # A database without its note was made by another checkout: perhaps with other code.
        if name not in kept or not note.exists():
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            start = nearest(folder, "postgresql", now)
            source = f"nestwerk_template_{start}"
            connection.execute(f'DROP DATABASE IF EXISTS "{name}_draft" WITH (FORCE)')
            connection.execute(
                f'CREATE DATABASE "{name}_draft"' + (f' TEMPLATE "{source}"' if source in kept else "")
            )
            _migrate(urlunsplit(address._replace(path=f"/{name}_draft")))
            connection.execute(f'ALTER DATABASE "{name}_draft" RENAME TO "{name}"')
            note.write_text(json.dumps(now))
    return name


def _folder() -> Path:
    return Path(os.environ.get("NESTWERK_TEMPLATES", ROOT / "var" / "test_templates"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """Put the migrated copy where the test database will be, and leave out the migrations."""
    from django.db import connection

    folder = _folder()
    if connection.vendor == "sqlite":
        name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
        keeper = sqlite3.connect(name, uri=True, check_same_thread=False)
        with sqlite3.connect(_sqlite(folder)) as template:
            template.backup(keeper)
        _keepers.append(keeper)
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = _postgresql(folder)
    connection.settings_dict["TEST"]["MIGRATE"] = False


if __name__ == "__main__":
    (_postgresql if os.environ.get("DATABASE_URL") else _sqlite)(_folder())
