"""Find what a crash left in the storages: files that no row points at. A row always comes after its files."""

from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from media.domain.evidence.ingest import FOLDER as STORED
from media.domain.evidence.ingest import private_storage
from media.domain.packages.staging import FOLDER
from media.domain.packages.storing import delete_prefix, package_storage
from media.domain.uploads import FOLDER as UPLOADS
from media.domain.uploads import forget_uploads
from media.models import H5PLibrary, PackageVersion, ResumableUpload, StoredFile

#: An import or upload is done long before this; until then its files may be without a row.
GRACE = timedelta(hours=1)
#: A line that was cut may come back the same day.
KEEP_UPLOADS = timedelta(hours=23)


def sweep_leftovers(*, now: datetime | None = None) -> int:
    """Delete orphans older than an hour and uploads that nobody confirmed. Returns the number of files deleted."""
    limit = (now or timezone.now()) - GRACE
    known = set(PackageVersion.objects.values_list("storage_prefix", flat=True))
    known |= set(H5PLibrary.objects.values_list("storage_prefix", flat=True))
    storage = package_storage()
    count = 0
    for top in ("versions", "libraries"):
        for folder in _folders(storage, top):
            prefix = f"{top}/{folder}"
            if prefix not in known and _older(storage, prefix, limit):
                count += delete_prefix(storage, prefix)
    for folder in _folders(storage, FOLDER):
        if _older(storage, f"{FOLDER}/{folder}", limit - GRACE):
            count += delete_prefix(storage, f"{FOLDER}/{folder}")
    count += forget_uploads(before=limit - KEEP_UPLOADS)
    return count + _sweep_private(limit) + _sweep_parts(limit)


def _sweep_parts(limit: datetime) -> int:
    """Pieces of uploads that no row knows (any more)."""
    storage = private_storage()
    folders = [f"{UPLOADS}/{name}" for name in _folders(storage, UPLOADS)]
    names = [f"{folder}/{name}" for folder in folders for name in _files(storage, folder)]
    known = {
        place for parts in ResumableUpload.objects.values_list("parts", flat=True) for place, _size in parts
    }
    lost = [name for name in names if name not in known and storage.get_modified_time(name) < limit]
    for name in lost:
        storage.delete(name)
    return len(lost)


def _sweep_private(limit: datetime) -> int:
    storage = private_storage()
    count = 0
    for purpose in _folders(storage, STORED):
        for part in _folders(storage, f"{STORED}/{purpose}"):
            folder = f"{STORED}/{purpose}/{part}"
            names = [f"{folder}/{name}" for name in _files(storage, folder)]
            known = set(
                StoredFile.objects.filter(storage_name__in=names).values_list("storage_name", flat=True)
            )
            for name in names:
                if name not in known and storage.get_modified_time(name) < limit:
                    storage.delete(name)
                    count += 1
    return count


def _older(storage: Storage, prefix: str, limit: datetime) -> bool:
    """Whether every file below the prefix is older than the limit."""
    files = [f"{prefix}/{name}" for name in _files(storage, prefix)]
    return all(storage.get_modified_time(name) < limit for name in files) and all(
        _older(storage, f"{prefix}/{folder}", limit) for folder in _folders(storage, prefix)
    )


def _folders(storage: Storage, prefix: str) -> list[str]:
    return _list(storage, prefix)[0]


def _files(storage: Storage, prefix: str) -> list[str]:
    return _list(storage, prefix)[1]


def _list(storage: Storage, prefix: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(prefix)
    except FileNotFoundError:
        return [], []
