"""Packing of our own content type (h5p/Nestwerk.Sorteren-1.0) into an .h5p package.

The same content and the same library give the same bytes: a package is known by its hash.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).resolve().parents[3] / "h5p" / "Nestwerk.Sorteren-1.0"
#: The oldest moment that a zip file can name.
MOMENT = (1980, 1, 1, 0, 0, 0)


class SortingContentError(Exception):
    """A content file that does not have the agreed form."""


def check_sorting_content(content: Any) -> dict[str, Any]:
    """The content as it is, or SortingContentError saying what to mend."""
    if not isinstance(content, dict):
        raise SortingContentError("the file holds no JSON object")
    for name in ("title", "instruction"):
        if not isinstance(content.get(name), str) or not content[name].strip():
            raise SortingContentError(f"'{name}' is missing")
    piles, cards = content.get("piles"), content.get("cards")
    if not isinstance(piles, list) or not 2 <= len(piles) <= 3:
        raise SortingContentError("there must be 2 or 3 piles")
    ids = [pile.get("id") for pile in piles if isinstance(pile, dict) and pile.get("label")]
    if len(set(ids)) != len(piles):
        raise SortingContentError("every pile needs a label and an id of its own")
    if not isinstance(cards, list) or not 6 <= len(cards) <= 10:
        raise SortingContentError("there must be 6 to 10 cards")
    for number, card in enumerate(cards, start=1):
        if not isinstance(card, dict) or not card.get("text") or not card.get("feedback"):
            raise SortingContentError(f"card {number} misses its text or its feedback")
        if card.get("pile") not in ids:
            raise SortingContentError(f"card {number} names a pile that does not exist")
    return content


def pack_sorting_package(content: dict[str, Any], target: Path) -> None:
    """Write the package. Raises SortingContentError for content of the wrong form, OSError when writing fails."""
    check_sorting_content(content)
    library = json.loads((LIBRARY / "library.json").read_text(encoding="utf-8"))
    manifest = {
        "title": content["title"],
        "language": "nl",
        "defaultLanguage": "nl",
        "mainLibrary": library["machineName"],
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": [
            {name: library[name] for name in ("machineName", "majorVersion", "minorVersion")},
        ],
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in _entries(manifest, content):
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            info.create_system = 3
            archive.writestr(info, data)


def _entries(manifest: dict[str, Any], content: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    yield "h5p.json", _json(manifest)
    yield "content/content.json", _json(content)
    for path in sorted(LIBRARY.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "_")):
            yield f"{LIBRARY.name}/{path.relative_to(LIBRARY).as_posix()}", path.read_bytes()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")
