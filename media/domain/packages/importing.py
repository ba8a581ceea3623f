"""Take a package in: check, store, record. The same file twice is the same version."""

import secrets
from dataclasses import dataclass
from typing import IO

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from media.domain.packages.archive import PackageArchive
from media.domain.packages.inspect import inspect_package
from media.domain.packages.inspect_units import with_envelope
from media.domain.packages.report import Finding, LibrarySpec, PackageReport
from media.domain.packages.storing import PackageWriter, fresh_prefix, package_writer
from media.domain.queries.packages import known_libraries
from media.enums import LibraryState, VersionState
from media.exceptions import PackageRefusedError
from media.models import H5PLibrary, LearningPackage, PackageVersion, VersionLibrary
from people.api import User


@dataclass(frozen=True, slots=True)
class ImportedPackage:
    """What came of an import. `created` is False when this very file was here already."""

    version_id: int
    package_id: int
    slug: str
    title: str
    state: str
    created: bool
    warnings: tuple[Finding, ...] = ()


def import_package(
    *,
    file: IO[bytes],
    uploaded_by: User | None,
    original_name: str = "",
    slug: str | None = None,
) -> ImportedPackage:
    """Check and store one package.

    `slug` names the package that this file is a (new) version of; without it a new package is made from the title.
    `uploaded_by` is None for the house's own set-up. Idempotent by the file's SHA-256. A version whose libraries are
    not all approved waits. Raises PackageRefusedError with the first problem (nothing stays on disk), OSError when the
    storage fails half-way (likewise).
    """
    report = inspect_package(file, known=known_libraries())
    existing = PackageVersion.objects.select_related("package").filter(sha256=report.sha256).first()
    if existing:
        return _result(existing, created=False)
    if report.errors:
        raise PackageRefusedError(report.errors[0].code, report.errors[0].message)
    with PackageArchive(with_envelope(file)) as archive, package_writer(archive) as writer:
        prefix = fresh_prefix("versions", report.sha256)
        writer.write(
            prefix=prefix,
            files=[(name, name.removeprefix(report.content_root)) for name in report.content_files],
        )
        places = _write_new_libraries(writer, report.libraries)
        try:
            version = _record(report, prefix, places, uploaded_by, original_name, slug)
        except IntegrityError:
            # Somebody else stored the same file, or the same new library, a moment ago: theirs counts.
            return _after_race(writer, report)
    return _result(version, created=True, warnings=report.warnings)


def _write_new_libraries(writer: PackageWriter, specs: tuple[LibrarySpec, ...]) -> dict[str, str]:
    """Store the libraries that are new here. Returns hash -> prefix."""
    hashes = [spec.content_hash for spec in specs]
    stored = set(H5PLibrary.objects.filter(content_hash__in=hashes).values_list("content_hash", flat=True))
    places: dict[str, str] = {}
    for spec in specs:
        if spec.content_hash not in stored:
            places[spec.content_hash] = fresh_prefix("libraries", spec.content_hash)
            files = [(f"{spec.folder_in_zip}/{path}", path) for path in spec.files]
            writer.write(prefix=places[spec.content_hash], files=files)
    return places


@transaction.atomic
def _record(
    report: PackageReport,
    prefix: str,
    places: dict[str, str],
    uploaded_by: User | None,
    original_name: str,
    slug: str | None,
) -> PackageVersion:
    package = _package(report.title, slug, uploaded_by)
    libraries = [_library_row(spec, places, uploaded_by) for spec in report.libraries]
    approved = all(library.state == LibraryState.APPROVED for library in libraries)
    latest = package.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = PackageVersion.objects.create(
        package=package,
        number=latest + 1,
        sha256=report.sha256,
        kind=report.kind or "",
        title=report.title,
        language=report.language,
        main_library=report.main_library,
        original_name=original_name[:255],
        size=report.size,
        file_count=report.file_count,
        structure=report.structure,
        csp_relaxations=list(report.csp_relaxations),
        remote_hosts=list(report.remote_hosts),
        warnings=[{"code": finding.code, "message": finding.message} for finding in report.warnings],
        storage_prefix=prefix,
        state=VersionState.READY if approved else VersionState.WAITING,
        uploaded_by=uploaded_by,
    )
    VersionLibrary.objects.bulk_create(
        VersionLibrary(version=version, library=library, position=position)
        for position, library in enumerate(libraries)
    )
    record_audit(
        verb="package.imported",
        subject=ref(version),
        actor=uploaded_by,
        data={
            "sha256": report.sha256,
            "kind": report.kind,
            "main_library": report.main_library,
            "state": version.state,
        },
    )
    return version


def _package(title: str, slug: str | None, uploaded_by: User | None) -> LearningPackage:
    if slug:
        package, _created = LearningPackage.objects.select_for_update().get_or_create(
            slug=slug, defaults={"title": title, "created_by": uploaded_by}
        )
        return package
    base = slugify(title)[:60] or "pakket"
    taken = LearningPackage.objects.filter(slug=base).exists()
    return LearningPackage.objects.create(
        slug=f"{base}-{secrets.token_hex(4)}" if taken else base, title=title, created_by=uploaded_by
    )


def _library_row(spec: LibrarySpec, places: dict[str, str], uploaded_by: User | None) -> H5PLibrary:
    existing = H5PLibrary.objects.filter(content_hash=spec.content_hash).first()
    if existing:
        return existing
    if spec.content_hash not in places:
        # It was there when we looked and is gone now: let the caller look again.
        raise IntegrityError("library vanished")
    return H5PLibrary.objects.create(
        machine_name=spec.ref.machine_name,
        major=spec.ref.major,
        minor=spec.ref.minor,
        patch=spec.patch,
        title=spec.title,
        content_hash=spec.content_hash,
        file_count=spec.file_count,
        size=spec.size,
        scripts=list(spec.scripts),
        styles=list(spec.styles),
        dependencies=[[item.machine_name, item.major, item.minor] for item in spec.dependencies],
        storage_prefix=places[spec.content_hash],
        uploaded_by=uploaded_by,
    )


def _after_race(writer: PackageWriter, report: PackageReport) -> ImportedPackage:
    writer.undo()
    existing = PackageVersion.objects.select_related("package").filter(sha256=report.sha256).first()
    if existing is None:
        raise PackageRefusedError(
            "import_race", _("Iemand anders bewaarde net hetzelfde onderdeel. Laad het pakket nog eens op.")
        )
    return _result(existing, created=False)


def _result(version: PackageVersion, *, created: bool, warnings: tuple[Finding, ...] = ()) -> ImportedPackage:
    return ImportedPackage(
        version_id=version.pk,
        package_id=version.package_id,
        slug=version.package.slug,
        title=version.title,
        state=version.state,
        created=created,
        warnings=warnings,
    )
