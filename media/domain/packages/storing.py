"""Our own writer: it decides every name on disk and takes everything back when one write fails."""

import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.files import File
from django.core.files.storage import Storage, storages

from media.domain.packages.archive import PackageArchive

#: A file up to this size passes through memory; a larger one through a temporary file.
SPOOL = 1024 * 1024


def package_storage() -> Storage:
    """The storage of learning packages (`STORAGES["packages"]`): a folder below var/ or a bucket."""
    return storages["packages"]


class PackageWriter:
    """Writes files of one archive below fresh prefixes; `undo` deletes whatever was written."""

    def __init__(self, archive: PackageArchive) -> None:
        self._archive = archive
        self._storage = package_storage()
        self._written: list[str] = []

    def write(self, *, prefix: str, files: Iterable[tuple[str, str]]) -> None:
        """Store `(name in the archive, path below the prefix)` pairs.

        Raises PackageRefusedError for a file that proves bad, OSError when the storage is full.
        """
        for name, path in files:
            target = f"{prefix}/{path}"
            with tempfile.SpooledTemporaryFile(max_size=SPOOL) as spool:
                for chunk in self._archive.stream(name):
                    spool.write(chunk)
                spool.seek(0)
                self._written.append(target)
                stored = self._storage.save(target, File(spool, name=target))
            if stored != target:
                self._written.append(stored)
                raise OSError(f"storage changed the name {target}")

    def undo(self) -> None:
        """Delete what was written, and the folders that became empty."""
        for name in self._written:
            self._storage.delete(name)
        remove_empty_folders(self._storage, self._written)
        self._written.clear()


@contextmanager
def package_writer(archive: PackageArchive) -> Iterator[PackageWriter]:
    """A writer that leaves nothing behind when the block fails."""
    writer = PackageWriter(archive)
    archive.restart_count()
    try:
        yield writer
    except BaseException:
        writer.undo()
        raise


def fresh_prefix(folder: str, digest: str) -> str:
    """A place that nobody wrote to before: two imports at once, or one after a crash, never meet."""
    return f"{folder}/{digest[:16]}-{secrets.token_hex(6)}"


def delete_prefix(storage: Storage, prefix: str) -> int:
    """Delete everything below `prefix`. Returns the number of files."""
    count = 0
    try:
        folders, files = storage.listdir(prefix)
    except (FileNotFoundError, NotImplementedError):
        return 0
    for name in files:
        storage.delete(f"{prefix}/{name}")
        count += 1
    for name in folders:
        count += delete_prefix(storage, f"{prefix}/{name}")
    remove_empty_folders(storage, [f"{prefix}/x"])
    return count


def remove_empty_folders(storage: Storage, names: Iterable[str]) -> None:
    """Folders are a thing of file systems only; a bucket has none and needs no cleaning."""
    folders = {"/".join(name.split("/")[:depth]) for name in names for depth in range(1, name.count("/") + 1)}
    for folder in sorted(folders, key=lambda item: -item.count("/")):
        try:
            inside = storage.listdir(folder)
        except (FileNotFoundError, NotImplementedError):
            continue
        if inside == ([], []):
            storage.delete(folder)
