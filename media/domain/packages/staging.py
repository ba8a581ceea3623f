"""A checked upload waits here between the check page and the author's "bewaar". Gone within a day in any case.

It lies there twice: as it came in, which is what a later "bewaar" takes in anew, and unpacked, so that the author sees
it play as a learner would. Nothing of it is known to the database.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, Any
from uuid import uuid4

from django.core import signing
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from media.domain.packages.archive import PackageArchive
from media.domain.packages.inspect_units import with_envelope
from media.domain.packages.report import LibrarySpec, PackageReport
from media.domain.packages.storing import delete_prefix, package_storage, package_writer
from media.exceptions import PackageRefusedError

FOLDER = "staging"
KEEP = timedelta(hours=2)
#: Hidden names never come out of an H5P package, so the two cannot meet.
LIBRARIES = "_lib"
_SALT = "nestwerk.media.staging"


def stage(file: IO[bytes], *, report: PackageReport, user_id: int, original_name: str) -> str:
    """Put a checked upload aside. Returns a token that only this person can use, for two hours.

    Raises PackageRefusedError, or OSError when the storage is full; nothing stays behind then.
    """
    prefix = f"{FOLDER}/{uuid4().hex}"
    storage = package_storage()
    try:
        with PackageArchive(with_envelope(file)) as archive, package_writer(archive) as writer:
            writer.write(prefix=f"{prefix}/files", files=_files(report))
        storage.save(f"{prefix}/plan.json", ContentFile(json.dumps(_plan(report, prefix)).encode()))
        file.seek(0)
        storage.save(f"{prefix}/upload", File(file))
    except BaseException:
        delete_prefix(storage, prefix)
        raise
    return signing.dumps({"f": prefix, "u": user_id, "n": original_name}, salt=_SALT, compress=True)


@contextmanager
def staged(token: str, *, user_id: int) -> Iterator[tuple[IO[bytes], str]]:
    """The upload and its original name; deleted when the block ends well or with a refusal.

    Raises PackageRefusedError staging_expired.
    """
    prefix, name = read_staging_token(token, user_id=user_id)
    storage = package_storage()
    try:
        file = storage.open(f"{prefix}/upload", "rb")
    except OSError as error:
        raise _expired() from error
    try:
        with file:
            yield file, name
    except PackageRefusedError:
        delete_prefix(storage, prefix)
        raise
    delete_prefix(storage, prefix)


def read_staging_token(token: str, *, user_id: int) -> tuple[str, str]:
    """Where this person's upload lies, and its original name. Raises PackageRefusedError staging_expired."""
    try:
        data = signing.loads(token, salt=_SALT, max_age=KEEP)
    except signing.BadSignature as error:
        raise _expired() from error
    if data["u"] != user_id:
        raise _expired()
    return str(data["f"]), str(data["n"])


def read_plan(prefix: str) -> dict[str, Any] | None:
    """How to play what lies below `prefix` (the fields of PackageSource), or None when it is gone."""
    try:
        with package_storage().open(f"{prefix}/plan.json", "rb") as file:
            plan: dict[str, Any] = json.loads(file.read())
    except OSError:
        return None
    return plan


def _expired() -> PackageRefusedError:
    return PackageRefusedError(
        "staging_expired", _("Dit pakket stond te lang klaar. Kies het bestand nog eens.")
    )


def _files(report: PackageReport) -> Iterator[tuple[str, str]]:
    for name in report.content_files:
        yield name, name.removeprefix(report.content_root)
    for spec in report.libraries:
        if _comes_along(spec):
            for path in spec.files:
                yield f"{spec.folder_in_zip}/{path}", f"{LIBRARIES}/{spec.folder_in_zip}/{path}"


def _comes_along(spec: LibrarySpec) -> bool:
    """Whether the upload brings it; one that is approved here is played from its own address."""
    return bool(spec.folder_in_zip) and spec.state != "approved"


def _plan(report: PackageReport, prefix: str) -> dict[str, Any]:
    folders = {
        spec.ref.folder: f"{LIBRARIES}/{spec.folder_in_zip}"
        if _comes_along(spec)
        else f"/l/{spec.content_hash}"
        for spec in report.libraries
    }
    return {
        "kind": report.kind,
        "title": report.title,
        "language": report.language,
        "main_library": report.main_library,
        "prefix": f"{prefix}/files",
        "structure": report.structure,
        "styles": [f"{folders[spec.ref.folder]}/{path}" for spec in report.libraries for path in spec.styles],
        "scripts": [
            f"{folders[spec.ref.folder]}/{path}" for spec in report.libraries for path in spec.scripts
        ],
        "library_folders": folders,
        "csp_relaxations": list(report.csp_relaxations),
    }
