"""Packages for tests: built on the spot, or the real ones beside the checkout."""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest

from media.domain.packages.approve import approve_version_libraries
from media.domain.packages.importing import import_package
from media.domain.packages.packing import pack_sorting_package

ROOT = Path(__file__).resolve().parent.parent.parent


def zip_of(files, *, compression=zipfile.ZIP_DEFLATED) -> io.BytesIO:
    """A zip with `files` (name -> text, bytes or JSON value)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, value in files.items():
            archive.writestr(name, as_bytes(value))
    out.seek(0)
    return out


def as_bytes(value) -> bytes:
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value)).encode()


def h5p_files(**changes):
    """The smallest H5P package that we accept; `changes` replace files by name (with None they go)."""
    files = {
        "h5p.json": {
            "title": "Klein",
            "language": "nl",
            "mainLibrary": "Test.Small",
            "preloadedDependencies": [
                {"machineName": "Test.Small", "majorVersion": "1", "minorVersion": "0"}
            ],
        },
        "content/content.json": {"text": "Dag"},
        "Test.Small-1.0/library.json": {
            "machineName": "Test.Small",
            "title": "Small",
            "majorVersion": 1,
            "minorVersion": 0,
            "patchVersion": 3,
            "preloadedJs": [{"path": "small.js"}],
        },
        "Test.Small-1.0/small.js": "var Test = {Small: function () { this.attach = function () {}; }};",
    }
    files.update(changes)
    return {name: value for name, value in files.items() if value is not None}


SCORM_MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schemaversion>{version}</schemaversion></metadata>
<organizations><organization identifier="o"><title>Klein</title>{items}</organization></organizations>
<resources>{resources}</resources></manifest>"""


def scorm_package(*pages, version="1.2", **files) -> io.BytesIO:
    """A SCORM package with one SCO for each page (HTML text), or one page `a.html` from `files`."""
    names = [f"sco{number}.html" for number in range(1, len(pages) + 1)] or ["a.html"]
    items = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>Deel {n}</title></item>'
        for n in range(1, len(names) + 1)
    )
    resources = "".join(
        f'<resource identifier="r{n}" adlcp:scormtype="sco" href="{name}"/>'
        for n, name in enumerate(names, start=1)
    )
    manifest = SCORM_MANIFEST.format(version=version, items=items, resources=resources)
    return zip_of(
        {"imsmanifest.xml": manifest, "a.html": "x", **dict(zip(names, pages, strict=False)), **files}
    )


@pytest.fixture
def sample(packages_folder):
    """Opens a real package by its path below the samples."""

    def open_sample(name: str) -> io.BytesIO:
        path = packages_folder / name
        if not path.is_file():
            pytest.skip(f"no sample package {name}")
        return io.BytesIO(path.read_bytes())

    return open_sample


@pytest.fixture
def ready_version(db):
    """Imports a package and approves what it brings; returns the version's id."""

    def take_in(file) -> int:
        imported = import_package(file=file, uploaded_by=None)
        approve_version_libraries(version_id=imported.version_id, approved_by=None)
        return imported.version_id

    return take_in


def sorting_package(name: str = "wat-zeg-je-wel") -> io.BytesIO:
    """A package of our own content type, packed by our own script."""
    content = json.loads((ROOT / "courses/content/kleine-signalen/h5p" / f"{name}.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "pakket.h5p"
        pack_sorting_package(content, target)
        return io.BytesIO(target.read_bytes())
