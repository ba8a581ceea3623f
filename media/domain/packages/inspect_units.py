"""The verdict on a package that is a small web site of its own: SCORM and cmi5."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import IO

from django.utils.translation import gettext as _

from media.domain.packages import h5p_content, limits
from media.domain.packages.archive import PackageArchive
from media.domain.packages.cmi5_manifest import read_cmi5
from media.domain.packages.names import extension
from media.domain.packages.report import Finding, PackageReport
from media.domain.packages.scorm_manifest import read_scorm
from media.enums import CspRelaxation

#: Manifests by name in small letters, in the order in which they decide.
UNIT_MANIFESTS = ("cmi5.xml", "imsmanifest.xml")
#: Left behind by operating systems; no learner needs them.
_LEFTOVERS = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_EVAL = re.compile(rb"\beval\s*\(|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*[\"']")
_SCANNED = frozenset({"html", "htm", "xhtml", "js", "css"})
_PAGES = frozenset({"html", "htm", "xhtml"})
_SCAN_FILES = 400
_SCAN_BYTES = 2 * 1024 * 1024


def unit_manifest(names: Iterable[str]) -> str | None:
    """The manifest at the top of the package, in whatever capitals, or None."""
    top = {name.lower(): name for name in names if "/" not in name}
    return next((top[name] for name in UNIT_MANIFESTS if name in top), None)


def with_envelope(file: IO[bytes]) -> IO[bytes]:
    """A course structure that comes alone (cmi5 allows it) as the package it stands for; else the file itself."""
    file.seek(0)
    start = file.read(200)
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or size > limits.MAX_MANIFEST:
        return file
    data = file.read()
    file.seek(0)
    if b"courseStructure" not in data:
        return file
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cmi5.xml", data)
    out.seek(0)
    return out


def inspect_units(
    archive: PackageArchive, hashes: dict[str, str], report: PackageReport, manifest: str
) -> PackageReport:
    """Judge a SCORM or cmi5 package by its manifest and a look at its pages. Raises PackageRefusedError."""
    data = archive.read(manifest, limit=limits.MAX_MANIFEST)
    files = [name for name in hashes if not _LEFTOVERS.search(name)]
    read = (read_cmi5 if manifest.lower() == "cmi5.xml" else read_scorm)(data, files)
    hosts, uses_eval = _look_inside(archive, files)
    relaxations = [CspRelaxation.UNSAFE_INLINE.value]
    if uses_eval:
        relaxations.append(CspRelaxation.UNSAFE_EVAL.value)
    return replace(
        report,
        kind=read.kind.value,
        title=read.title or _("Zonder titel"),
        language=read.language,
        structure=read.structure,
        content_root="",
        content_files=tuple(files),
        remote_hosts=tuple(sorted({*read.remote_hosts, *hosts})),
        csp_relaxations=tuple(relaxations),
        errors=read.errors,
        warnings=(*read.warnings, *_host_warnings(hosts)),
    )


def _look_inside(archive: PackageArchive, files: list[str]) -> tuple[list[str], bool]:
    """Hosts from which pages fetch something, and whether a script runs text as code."""
    hosts: set[str] = set()
    uses_eval = False
    archive.restart_count()
    for name in [name for name in files if extension(name) in _SCANNED][:_SCAN_FILES]:
        if archive.members[name].info.file_size > _SCAN_BYTES:
            # A bundle this large holds an eval more often than not; the package has an origin of its own anyway.
            uses_eval = uses_eval or extension(name) == "js"
            continue
        data = archive.read(name)
        uses_eval = uses_eval or bool(_EVAL.search(data))
        if extension(name) in _PAGES:
            hosts |= set(h5p_content.fetched_hosts(data.decode("utf-8", "replace")))
    return sorted(hosts), uses_eval


def _host_warnings(hosts: list[str]) -> tuple[Finding, ...]:
    if not hosts:
        return ()
    return (
        Finding(
            "remote_media",
            _(
                "De inhoud haalt iets van andere sites (%s). Dat spelen we niet af. Zet het in het pakket zelf."
            )
            % ", ".join(hosts[:10]),
        ),
    )
