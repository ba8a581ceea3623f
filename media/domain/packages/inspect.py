"""The check: what is this file, may it come in, what does it need? Writes nothing, reads everything once."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import IO, Any

from django.utils.translation import gettext as _

from media.domain.packages import h5p_content, limits
from media.domain.packages.archive import PackageArchive
from media.domain.packages.h5p_manifest import bad_manifest, load_order, read_dependencies, read_library
from media.domain.packages.inspect_units import inspect_units, unit_manifest, with_envelope
from media.domain.packages.names import extension, is_hidden
from media.domain.packages.report import Finding, LibraryRef, LibrarySpec, PackageReport
from media.domain.packages.strict_json import parse_json
from media.enums import CspRelaxation, PackageKind
from media.exceptions import PackageRefusedError

_MANIFESTS = ("h5p.json", "cmi5.xml", "imsmanifest.xml")


def inspect_package(file: IO[bytes], *, known: Iterable[LibrarySpec] = ()) -> PackageReport:
    """Check one package file.

    `known` are the H5P libraries of this house with their state. Never raises for what is in the file: every refusal
    ends as an error in the report. Needs memory for one chunk and the manifests, whatever the size of the package.
    """
    report = PackageReport(sha256=_sha256(file))
    try:
        with PackageArchive(with_envelope(file)) as archive:
            size, hashes = archive.verify()
            report = replace(report, size=size, file_count=len(hashes))
            archive.restart_count()
            return _inspect_contents(archive, hashes, report, known)
    except PackageRefusedError as refusal:
        return replace(report, errors=(Finding(refusal.code, refusal.message),))


def _inspect_contents(
    archive: PackageArchive, hashes: dict[str, str], report: PackageReport, known: Iterable[LibrarySpec]
) -> PackageReport:
    if "h5p.json" in hashes:
        report = replace(report, kind=PackageKind.H5P.value)
        try:
            return _inspect_h5p(archive, hashes, report, known)
        except PackageRefusedError as refusal:
            return replace(report, errors=(Finding(refusal.code, refusal.message),))
    manifest = unit_manifest(hashes)
    if manifest is None:
        raise _unknown_kind(hashes)
    kind = PackageKind.CMI5 if manifest.lower() == "cmi5.xml" else PackageKind.SCORM12
    report = replace(report, kind=kind.value)
    try:
        return inspect_units(archive, hashes, report, manifest)
    except PackageRefusedError as refusal:
        return replace(report, errors=(Finding(refusal.code, refusal.message),))


def _inspect_h5p(
    archive: PackageArchive, hashes: dict[str, str], report: PackageReport, known: Iterable[LibrarySpec]
) -> PackageReport:
    manifest = parse_json(archive.read("h5p.json", limit=limits.MAX_MANIFEST), name="h5p.json")
    if not isinstance(manifest, dict):
        raise bad_manifest("h5p.json")
    report = replace(report, title=_title(manifest), language=_language(manifest), manifest=manifest)
    content_files, libraries, warnings = _sort_files(archive, hashes)
    if "content/content.json" not in hashes:
        raise PackageRefusedError(
            "content_missing",
            _("In dit pakket ontbreekt de inhoud (content/content.json). Exporteer het opnieuw uit H5P."),
        )
    content = parse_json(archive.read("content/content.json"), name="content/content.json")
    main, start = _main_library(manifest)
    known_specs = list(known)
    ordered, missing = load_order(start, _resolvable(libraries, known_specs))
    errors = [*_missing_errors(missing), *_known_errors(ordered, known_specs)]
    ordered = [_with_state(spec, known_specs) for spec in ordered]
    warnings += _content_warnings(content, content_files, ordered)
    hosts = h5p_content.remote_hosts(content)
    return replace(
        report,
        main_library=str(main),
        libraries=tuple(replace(spec, size=_size(archive, spec)) for spec in ordered),
        content_files=tuple(content_files),
        remote_hosts=hosts,
        csp_relaxations=_relaxations(ordered),
        errors=tuple(errors),
        warnings=(*warnings, *_host_warnings(hosts), *_approval_warnings(ordered)),
    )


def _sort_files(
    archive: PackageArchive, hashes: dict[str, str]
) -> tuple[list[str], dict[LibraryRef, LibrarySpec], list[Finding]]:
    """Content files, libraries and remarks. Raises PackageRefusedError for what is not on the whitelist."""
    content: list[str] = []
    folders: dict[str, list[str]] = defaultdict(list)
    skipped: list[str] = []
    for name in hashes:
        top, _slash, rest = name.partition("/")
        if is_hidden(name) or name == "h5p.json":
            continue
        if top == "content" and rest:
            _require_extension(name, limits.CONTENT_EXTENSIONS)
            content.append(name)
        elif rest and f"{top}/library.json" in hashes:
            if extension(name) in limits.SKIPPED_LIBRARY_EXTENSIONS:
                skipped.append(name)
            else:
                _require_extension(name, limits.LIBRARY_EXTENSIONS)
                folders[top].append(rest)
        elif rest or extension(name) not in limits.CONTENT_EXTENSIONS | {""}:
            raise PackageRefusedError(
                "stray_file",
                _("Het bestand “%s” hoort niet in een H5P-pakket. Exporteer het pakket opnieuw.") % name,
            )
        else:
            skipped.append(name)
    libraries = _read_libraries(archive, folders, hashes)
    return content, libraries, _skip_warnings(skipped)


def _read_libraries(
    archive: PackageArchive, folders: dict[str, list[str]], hashes: dict[str, str]
) -> dict[LibraryRef, LibrarySpec]:
    libraries: dict[LibraryRef, LibrarySpec] = {}
    for folder, files in folders.items():
        name = f"{folder}/library.json"
        data = parse_json(archive.read(name, limit=limits.MAX_MANIFEST), name=name)
        if not isinstance(data, dict):
            raise bad_manifest(name)
        spec = read_library(data, folder=folder, files=files, hashes=hashes)
        if spec.ref in libraries:
            raise PackageRefusedError(
                "library_twice",
                _("De bibliotheek %s zit twee keer in het pakket. Exporteer het opnieuw.") % spec.ref,
            )
        libraries[spec.ref] = spec
    return libraries


def _resolvable(
    libraries: dict[LibraryRef, LibrarySpec], known: list[LibrarySpec]
) -> dict[LibraryRef, LibrarySpec]:
    """What a dependency may resolve to: the package's own library, else the newest approved patch we have."""
    specs: dict[LibraryRef, LibrarySpec] = {}
    for spec in sorted(known, key=lambda item: item.patch):
        if spec.state == "approved":
            specs[spec.ref] = spec
    return specs | libraries


def _main_library(manifest: dict[str, Any]) -> tuple[LibraryRef, tuple[LibraryRef, ...]]:
    dependencies = read_dependencies(manifest.get("preloadedDependencies"), name="h5p.json")
    main = next((ref for ref in dependencies if ref.machine_name == manifest.get("mainLibrary")), None)
    if main is None:
        raise PackageRefusedError(
            "main_library_missing",
            _("h5p.json noemt geen hoofdbibliotheek met een versie. Exporteer het pakket opnieuw uit H5P."),
        )
    return main, dependencies


def _missing_errors(missing: list[LibraryRef]) -> list[Finding]:
    return [
        Finding(
            "library_missing",
            _(
                "De bibliotheek %s ontbreekt en is hier niet goedgekeurd. Exporteer het pakket met zijn bibliotheken."
            )
            % ref,
        )
        for ref in missing
    ]


def _known_errors(ordered: list[LibrarySpec], known: list[LibrarySpec]) -> list[Finding]:
    """A library with a known version but other contents is an attempt, or an accident, that we never let through."""
    by_version = {(spec.ref, spec.patch): spec for spec in known}
    errors = []
    for spec in ordered:
        ours = by_version.get((spec.ref, spec.patch))
        if ours and ours.content_hash != spec.content_hash:
            errors.append(
                Finding(
                    "library_changed",
                    _(
                        "De bibliotheek %(ref)s (%(version)s) verschilt van die met dezelfde versie hier. "
                        "Gebruik de officiële bibliotheek, of geef een gewijzigde een eigen versienummer."
                    )
                    % {"ref": spec.ref.machine_name, "version": spec.version},
                )
            )
        elif ours and ours.state == "refused":
            errors.append(
                Finding(
                    "library_refused",
                    _(
                        "Een beheerder weigerde de bibliotheek %s. Vraag na waarom, of gebruik een andere versie."
                    )
                    % spec.ref,
                )
            )
    return errors


def _with_state(spec: LibrarySpec, known: list[LibrarySpec]) -> LibrarySpec:
    ours = next((item for item in known if item.content_hash == spec.content_hash), None)
    return replace(spec, state=ours.state) if ours else spec


def _relaxations(ordered: list[LibrarySpec]) -> tuple[str, ...]:
    needs_eval = any(spec.ref.machine_name in limits.UNSAFE_EVAL_LIBRARIES for spec in ordered)
    return (CspRelaxation.UNSAFE_EVAL.value,) if needs_eval else ()


def _content_warnings(content: Any, content_files: list[str], ordered: list[LibrarySpec]) -> list[Finding]:
    findings = []
    here = {name.removeprefix("content/") for name in content_files}
    lost = sorted(h5p_content.local_paths(content) - here)
    if lost:
        findings.append(
            Finding(
                "media_missing",
                _(
                    "De inhoud verwijst naar %(n)s bestand(en) die niet in het pakket zitten, zoals “%(name)s”."
                )
                % {"n": len(lost), "name": lost[0][:120]},
            )
        )
    loaded = {str(spec.ref) for spec in ordered}
    absent = sorted(h5p_content.used_libraries(content) - loaded)
    if absent:
        findings.append(
            Finding(
                "part_not_loaded",
                _("Een deel van de inhoud gebruikt %s, maar h5p.json noemt dat niet. Dat deel blijft leeg.")
                % ", ".join(absent[:5]),
            )
        )
    if any(spec.ref.machine_name in limits.UNSAFE_EVAL_LIBRARIES for spec in ordered):
        findings.append(
            Finding(
                "needs_unsafe_eval",
                _(
                    "Dit pakket gebruikt oude code (EmbeddedJS) waarvoor we de beveiliging iets moeten verruimen. "
                    "Een nieuwere versie van het inhoudstype is beter."
                ),
            )
        )
    return findings


def _host_warnings(hosts: tuple[str, ...]) -> list[Finding]:
    if not hosts:
        return []
    return [
        Finding(
            "remote_media",
            _(
                "De inhoud haalt iets van andere sites (%s). Dat spelen we niet af. Zet het in het pakket zelf."
            )
            % ", ".join(hosts[:10]),
        )
    ]


def _approval_warnings(ordered: list[LibrarySpec]) -> list[Finding]:
    waiting = [f"{spec.ref.machine_name} {spec.version}" for spec in ordered if spec.state != "approved"]
    if not waiting:
        return []
    return [
        Finding(
            "library_needs_approval",
            _("Nog goed te keuren door een beheerder, eenmalig: %s. Tot dan wacht dit pakket.")
            % ", ".join(waiting),
        )
    ]


def _skip_warnings(skipped: list[str]) -> list[Finding]:
    if not skipped:
        return []
    return [
        Finding(
            "file_skipped",
            _("%(n)s bestand(en) die niemand nodig heeft, laten we weg, zoals “%(name)s”.")
            % {"n": len(skipped), "name": skipped[0]},
        )
    ]


def _require_extension(name: str, allowed: frozenset[str]) -> None:
    if extension(name) not in allowed:
        raise PackageRefusedError(
            "extension",
            _("Het bestand “%s” mag niet in een H5P-pakket. Haal het eruit en maak het pakket opnieuw.")
            % name,
        )


def _unknown_kind(names: Iterable[str]) -> PackageRefusedError:
    inside = next(
        (name for name in names if name.endswith(tuple(f"/{manifest}" for manifest in _MANIFESTS))), None
    )
    if inside:
        return PackageRefusedError(
            "wrapped_in_folder",
            _("Het pakket zit een map te diep (“%s”). Pak de inhoud van die map in, niet de map zelf.")
            % inside.rsplit("/", 1)[0],
        )
    return PackageRefusedError(
        "unknown_kind",
        _("Dit is een zip, maar geen leerpakket: h5p.json, imsmanifest.xml of cmi5.xml ontbreekt."),
    )


def _title(manifest: dict[str, Any]) -> str:
    title = manifest.get("title")
    return " ".join(title.split())[:255] if isinstance(title, str) and title.strip() else _("Zonder titel")


def _language(manifest: dict[str, Any]) -> str:
    for key in ("defaultLanguage", "language"):
        value = manifest.get(key)
        if isinstance(value, str) and value not in {"", "und"}:
            return value[:20]
    return ""


def _size(archive: PackageArchive, spec: LibrarySpec) -> int:
    if not spec.folder_in_zip:
        return spec.size
    return sum(archive.members[f"{spec.folder_in_zip}/{path}"].info.file_size for path in spec.files)


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(limits.CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
