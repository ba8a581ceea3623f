"""Packages in the back office: a small SCORM course of our own, and an exercise whose library still waits."""

import io
import json
import tempfile
import zipfile
from pathlib import Path

from demo.acts.people import by_account
from media.api import import_package, pack_sorting_package

SCORM = Path(__file__).resolve().parent.parent / "scorm"
EXERCISE = Path(__file__).resolve().parents[2] / "courses/content/kleine-signalen/h5p/wat-zeg-je-wel.json"


def bring_packages() -> None:
    """The author brings both; the second waits, so that the administrator sees who waits for what."""
    author = by_account("auteur")
    import_package(file=_scorm(), uploaded_by=author, original_name="kijken-naar-je-baby.zip")
    import_package(file=_newer_library(), uploaded_by=author, original_name="wat-zeg-je-wel-nieuw.h5p")


def _scorm() -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(SCORM.iterdir()):
            archive.writestr(path.name, path.read_bytes())
    out.seek(0)
    return out


def _newer_library() -> io.BytesIO:
    """Our own exercise with a library that calls itself newer: nobody has approved that version."""
    content = json.loads(EXERCISE.read_text(encoding="utf-8"))
    content["title"] = "Wat zeg je wel? (nieuwe oefening)"
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / "oefening.h5p"
        pack_sorting_package(content, packed)
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name.endswith("/library.json"):
                    library = json.loads(data)
                    library["patchVersion"] = int(library["patchVersion"]) + 1
                    data = json.dumps(library).encode()
                target.writestr(name, data)
    out.seek(0)
    return out
