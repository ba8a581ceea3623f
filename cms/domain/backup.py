"""A copy of the whole site in one folder (database, files, who was erased), and the way back.

The folder holds `database.*`, `files/<storage>/...` and, written last, `manifest.json` with a digest of every file: a
folder without it is unfinished, and one that was touched is refused before anything changes. With BACKUP_RECIPIENTS
everything but the manifest is encrypted and carries `.age`; the manifest names files, numbers and moments, no person.
"""

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cms.domain import backup_keys
from cms.domain.database_copy import copy_database, put_database_back
from cms.exceptions import BackupError
from ledger.api import record_audit
from people.api import Erased, Replay, User, known_erasures, replay_erasures

FORMAT = 1
MANIFEST = "manifest.json"
#: Every storage that holds what cannot be made again.
KEPT_STORAGES = ("default", "private", "packages")
DATABASE_FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True)
class BackupReport:
    """What lies in the folder now; sizes in bytes."""

    files: int
    size: int
    made_at: str
    encrypted: bool


@dataclass(frozen=True)
class RestoreReport:
    """What was put back, and what became of erasures that came after the backup."""

    files: int
    made_at: str
    erasures: Replay


def back_up(folder: Path, *, plain: bool = False) -> BackupReport:
    """Copy database and files while the site runs, encrypted for BACKUP_RECIPIENTS unless `plain`.

    Files first, then the database, then files that came in between: every row's file is there. Raises BackupError when
    the folder is not empty or cannot be used, and in production without recipients: a readable copy is asked for.
    """
    keys = [] if plain else backup_keys.recipients()
    if not (keys or plain or settings.DEVELOPMENT):
        raise BackupError(
            "BACKUP_RECIPIENTS is not set, so everybody who has the copy could read it: make a key with "
            "manage.py backup_key FILE, or add --plain"
        )
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    made_at = timezone.now()
    _copy_files(folder, keys)
    _copy_database(folder, keys)
    _copy_files(folder, keys)
    digests = {path.relative_to(folder).as_posix(): _digest(path) for path in _paths(folder)}
    manifest = {
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "engine": connection.vendor,
        "encrypted": bool(keys),
        "migrations": sorted(map(list, _applied())),
        "erasures": [[one.user_id, one.erased_at.isoformat()] for one in known_erasures()],
        "digests": digests,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    record_audit(verb="site.backed_up", subject="site", data={"files": len(digests)})
    size = sum(path.stat().st_size for path in _paths(folder))
    return BackupReport(len(digests) - 1, size, made_at.isoformat(), bool(keys))


def restore(
    folder: Path, *, overwrite: bool = False, erasures_of: Path | None = None, key: Path | None = None
) -> RestoreReport:
    """Put a copy back, erase again whom it brought back, and hold all deliveries until `release_outbox`.

    Erasures are known from the copy, from what stands here before it is replaced, and from a newer copy's folder
    (`erasures_of`). An encrypted copy is opened with the `key` file. Raises BackupError, before anything changed, for a
    copy that is unfinished, damaged, of another kind of database or of newer code, for one that the key does not open,
    and for a site with people in it unless `overwrite`.
    """
    manifest = _checked(folder)
    keys = _keys_of(manifest, key)
    if not overwrite and _has_people():
        raise BackupError("there are people in this database; add --overwrite to replace everything")
    erased = {one.user_id: one for one in _erased_in(manifest)}
    erased |= {one.user_id: one for one in (known_erasures() if _has_tables() else ())}
    if erasures_of is not None:
        erased |= {one.user_id: one for one in _erased_in(_manifest(erasures_of))}
    with _readable_database(folder, keys) as database:
        put_database_back(database)
    # What waits in the broker beside it is about rows that are gone; work that counts waits in the outbox.
    cache.clear()
    call_command("migrate", verbosity=0, interactive=False)
    count = sum(_files_back(folder, alias, keys) for alias in KEPT_STORAGES)
    replay = replay_erasures(erased.values())
    record_audit(
        verb="site.restored",
        subject="site",
        data={"made_at": manifest["made_at"], "erased_again": len(replay.again)},
    )
    return RestoreReport(count, manifest["made_at"], replay)


def _erased_in(manifest: dict[str, Any]) -> Iterable[Erased]:
    return [Erased(number, datetime.fromisoformat(moment)) for number, moment in manifest["erasures"]]


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} holds no finished backup") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{folder} is a backup of another form")
    return manifest


def _checked(folder: Path) -> dict[str, Any]:
    """The manifest of a copy that can be put back here."""
    manifest = _manifest(folder)
    if manifest["engine"] != connection.vendor:
        raise BackupError(f"the backup is of {manifest['engine']}, this site runs on {connection.vendor}")
    newer = {tuple(one) for one in manifest["migrations"]} - _known()
    if newer:
        raise BackupError(f"the backup is of newer code: {'.'.join(min(newer))} is not known here")
    present = {path.relative_to(folder).as_posix() for path in _paths(folder)} - {MANIFEST}
    for name in sorted(present ^ set(manifest["digests"])):
        raise BackupError(f"{name} is missing in the backup or was added to it")
    for name, digest in manifest["digests"].items():
        if _digest(folder / name) != digest:
            raise BackupError(f"{name} was changed since the backup")
    return manifest


def _keys_of(manifest: dict[str, Any], key: Path | None) -> list[Any]:
    if not manifest.get("encrypted"):
        return []
    if key is None:
        raise BackupError("the backup is encrypted: name the file with its key (--key FILE)")
    return backup_keys.read_key(key)


def _copy_database(folder: Path, keys: Sequence[Any]) -> None:
    database = folder / DATABASE_FILES[connection.vendor]
    copy_database(database)
    if keys:
        with database.open("rb") as source, _locked(database, keys).open("wb") as copy:
            backup_keys.write(source, copy, keys)
        database.unlink()


def _locked(path: Path, keys: Sequence[Any]) -> Path:
    """The name that a file has in the copy."""
    return path.with_name(path.name + backup_keys.SUFFIX) if keys else path


@contextlib.contextmanager
def _readable_database(folder: Path, keys: Sequence[Any]) -> Iterator[Path]:
    """The copy of the database as its tools read it."""
    kept = folder / DATABASE_FILES[connection.vendor]
    if not keys:
        yield kept
        return
    with tempfile.TemporaryDirectory() as aside:
        opened = Path(aside) / kept.name
        with opened.open("wb") as target:
            backup_keys.read(_locked(kept, keys), target, keys)
        yield opened


def _copy_files(folder: Path, keys: Sequence[Any]) -> None:
    for alias in KEPT_STORAGES:
        for name in stored_names(storages[alias]):
            target = _locked(folder / "files" / alias / name, keys)
            if target.exists():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with storages[alias].open(name) as source, target.open("wb") as copy:
                    backup_keys.write(source, copy, keys)
            except FileNotFoundError:
                # Removed while we were reading the list; no row of the database speaks of it any more.
                target.unlink(missing_ok=True)


def _files_back(folder: Path, alias: str, keys: Sequence[Any]) -> int:
    """Every file of the copy, and none that the restored rows do not know; returns how many came back."""
    storage, root = storages[alias], folder / "files" / alias
    ending = backup_keys.SUFFIX if keys else ""
    names = {path.relative_to(root).as_posix().removesuffix(ending) for path in _paths(root)}
    for name in list(stored_names(storage)):
        if name not in names and not name.startswith("erasures/"):
            storage.delete(name)
    for name in sorted(names):
        if storage.exists(name):
            storage.delete(name)
        with tempfile.TemporaryFile() as opened:
            backup_keys.read(_locked(root / name, keys), opened, keys)
            opened.seek(0)
            storage.save(name, File(opened))
    return len(names)


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Names of all files below a folder of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from stored_names(storage, f"{folder}{name}/")


def _paths(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _has_tables() -> bool:
    return User._meta.db_table in connection.introspection.table_names()


def _has_people() -> bool:
    return _has_tables() and User.objects.exists()


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _known() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations or {})
