"""h5p.json and library.json: reading them strictly, and resolving what a package needs to play."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from media.domain.packages import limits
from media.domain.packages.names import extension, is_hidden
from media.domain.packages.report import LibraryRef, LibrarySpec
from media.exceptions import PackageRefusedError

_MACHINE_NAME = re.compile(r"^[$A-Za-z_][0-9A-Za-z_$.\-]{0,254}$")
#: Only authoring tools read these; leaving them out keeps translations from changing a library's hash.
_AUTHORING_ONLY = ("language/",)
_AUTHORING_FILES = frozenset({"semantics.json", "library.json", "presave.js", "upgrades.js"})


def read_dependencies(value: object, *, name: str) -> tuple[LibraryRef, ...]:
    """`preloadedDependencies` of `name` (a file, for the message). Versions are often strings."""
    if value in (None, ""):
        return ()
    if not isinstance(value, list) or len(value) > 500:
        raise bad_manifest(name)
    return tuple(dict.fromkeys(read_ref(item, name=name) for item in value))


def read_ref(item: object, *, name: str) -> LibraryRef:
    """machineName, majorVersion and minorVersion of one JSON object."""
    if not isinstance(item, dict):
        raise bad_manifest(name)
    machine_name = item.get("machineName")
    if not isinstance(machine_name, str) or not _MACHINE_NAME.match(machine_name):
        raise bad_manifest(name)
    return LibraryRef(
        machine_name,
        version_number(item.get("majorVersion"), name),
        version_number(item.get("minorVersion"), name),
    )


def version_number(value: object, name: str) -> int:
    """A version part as number or as digits in a string, 0 to 99,999."""
    if isinstance(value, bool):
        raise bad_manifest(name)
    if isinstance(value, int) and 0 <= value < 100_000:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,5}", value):
        return int(value)
    raise bad_manifest(name)


def read_library(data: Any, *, folder: str, files: Iterable[str], hashes: Mapping[str, str]) -> LibrarySpec:
    """One `library.json` with the files of its folder (paths within the folder) and their hashes.

    Raises PackageRefusedError: manifest_unusable, library_folder, library_file_missing, core_too_old.
    """
    name = f"{folder}/library.json"
    ref = read_ref(data, name=name)
    if folder not in {ref.machine_name, ref.folder}:
        raise PackageRefusedError(
            "library_folder",
            _(
                "De map “%(folder)s” bevat de bibliotheek %(ref)s. Dat hoort gelijk te zijn; exporteer opnieuw."
            )
            % {"folder": folder, "ref": ref},
        )
    served = {path: hashes[f"{folder}/{path}"] for path in sorted(files) if is_served(path)}
    scripts = _paths(data.get("preloadedJs"), "js", name, served)
    styles = _paths(data.get("preloadedCss"), "css", name, served)
    dependencies = read_dependencies(data.get("preloadedDependencies"), name=name)
    _check_core(data.get("coreApi"), ref)
    patch = version_number(data.get("patchVersion", 0), name)
    title = data.get("title")
    canonical = [
        ref.machine_name,
        ref.major,
        ref.minor,
        patch,
        scripts,
        styles,
        [str(d) for d in dependencies],
        served,
    ]
    return LibrarySpec(
        ref=ref,
        patch=patch,
        title=title[:255] if isinstance(title, str) else ref.machine_name,
        content_hash=hashlib.sha256(json.dumps(canonical, sort_keys=True).encode()).hexdigest(),
        scripts=scripts,
        styles=styles,
        dependencies=dependencies,
        folder_in_zip=folder,
        files=tuple(served),
        file_count=len(served),
    )


def is_served(path: str) -> bool:
    """Whether a library's file is one that a learner's browser may ask for."""
    if is_hidden(path) or path.startswith(_AUTHORING_ONLY) or path in _AUTHORING_FILES:
        return False
    return extension(path) in limits.LIBRARY_EXTENSIONS


def load_order(
    start: Iterable[LibraryRef], specs: Mapping[LibraryRef, LibrarySpec]
) -> tuple[list[LibrarySpec], list[LibraryRef]]:
    """All libraries needed from `start`, dependencies first, and the ones that are nowhere to be found.

    A circle of dependencies occurs in real editors; each library comes once, at its first turn.
    """
    ordered: dict[LibraryRef, LibrarySpec] = {}
    missing: dict[LibraryRef, None] = {}
    entered: set[LibraryRef] = set()
    stack: list[tuple[LibraryRef, bool]] = [(ref, False) for ref in reversed(list(start))]
    while stack:
        ref, done = stack.pop()
        spec = specs.get(ref)
        if spec is None:
            missing[ref] = None
        elif done:
            ordered.setdefault(ref, spec)
        elif ref not in entered:
            entered.add(ref)
            stack.append((ref, True))
            stack.extend((dependency, False) for dependency in reversed(spec.dependencies))
    return list(ordered.values()), list(missing)


def bad_manifest(name: str) -> PackageRefusedError:
    """The refusal for a manifest that misses a needed field or has it in the wrong form."""
    return PackageRefusedError(
        "manifest_unusable",
        _("In “%s” ontbreekt iets of staat iets op de verkeerde plaats. Maak het pakket opnieuw.") % name,
    )


def _paths(value: object, kind: str, name: str, served: Mapping[str, str]) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    if not isinstance(value, list):
        raise bad_manifest(name)
    paths = []
    for item in value:
        path = item.get("path") if isinstance(item, dict) else None
        if not isinstance(path, str) or extension(path) != kind:
            raise bad_manifest(name)
        path = path.strip().removeprefix("./")
        if path not in served:
            raise PackageRefusedError(
                "library_file_missing",
                _(
                    "“%(name)s” vraagt het bestand “%(path)s”, maar dat ontbreekt. Exporteer het pakket opnieuw."
                )
                % {"name": name, "path": path[:120]},
            )
        paths.append(path)
    return tuple(dict.fromkeys(paths))


def _check_core(value: object, ref: LibraryRef) -> None:
    if not isinstance(value, dict):
        return
    needed = (
        version_number(value.get("majorVersion"), str(ref)),
        version_number(value.get("minorVersion"), str(ref)),
    )
    if needed > limits.CORE_API:
        raise PackageRefusedError(
            "core_too_old",
            _(
                "De bibliotheek %s is nieuwer dan onze speler. Gebruik een iets oudere versie van dit inhoudstype."
            )
            % ref,
        )
