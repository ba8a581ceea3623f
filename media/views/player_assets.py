"""The player's own files: a few of ours, the H5P core and the SCORM run-time out of the vendor folder."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from media.domain.packages.names import extension, safe_name
from media.exceptions import MediaError

#: Not a static folder: what runs on the content origin is not served from our own.
SPELER = Path(__file__).resolve().parent.parent / "speler"
OWN = ("shim.js", "frame.js", "frame.css", "scorm_facts.js", "scorm.js", "scorm.css", "return.js")
SCORM = ("scorm12.min.js", "scorm2004.min.js")
_CORE = "core/"
_CORE_EXTENSIONS = frozenset({"js", "css", "svg", "gif", "woff", "woff2"})


def asset_path(name: str) -> Path | None:
    """The file behind `/speler/<version>/<name>`, or None."""
    if name in OWN:
        return SPELER / name
    if name in SCORM:
        return _find(f"vendor/scorm-again/{name}")
    if name.startswith("fonts/") and extension(name) == "woff2" and name.count("/") == 1:
        return _find(f"vendor/{name}")
    if name.startswith(_CORE) and extension(name) in _CORE_EXTENSIONS:
        try:
            return _find(f"vendor/h5p-standalone/{safe_name(name.removeprefix(_CORE))}")
        except MediaError:
            return None
    return None


@lru_cache(maxsize=1)
def assets_version() -> str:
    """Changes with every change of the player, so that browsers may keep its files for a year."""
    digest = hashlib.sha256()
    for name in (*OWN, *SCORM, "core/frame.bundle.js", "core/styles/h5p.css"):
        path = asset_path(name)
        digest.update(path.read_bytes() if path else name.encode())
    return digest.hexdigest()[:16]


def _find(name: str) -> Path | None:
    found = finders.find(name)
    return Path(found) if isinstance(found, str) else None
