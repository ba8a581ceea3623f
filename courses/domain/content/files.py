"""Reading content folders: YAML and JSON, checked against the agreed format before anything is written."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from courses.domain.content.blocks import BLOCK_KINDS
from courses.enums import CourseForm, Level, SheetKind
from courses.exceptions import ContentError

CONTENT = Path(__file__).resolve().parents[2] / "content"
#: Raise this when the loader makes other pages of the same files.
LOADER_FORM = 2
#: Modules and media that several courses use; not a course itself.
SHARED = "shared"

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CourseFolder:
    """One course as its files say it."""

    path: Path
    course: Data
    modules: tuple[Data, ...]
    packages: dict[str, Data]
    content_hash: str
    media: dict[str, Path]
    sheets: tuple[Data, ...] = ()

    @property
    def slug(self) -> str:
        """The course's slug."""
        return str(self.course["slug"])


def course_folders(root: Path) -> list[Path]:
    """Folders with a course.yaml, or the folder itself when it is one."""
    if (root / "course.yaml").is_file():
        return [root]
    return sorted(path.parent for path in root.glob("*/course.yaml"))


def read_course(path: Path) -> CourseFolder:
    """Read and check one course folder. Raises ContentError naming file and place."""
    files = [path / "course.yaml"]
    course = _yaml(files[0])
    _require(
        files[0], course, "slug", "title", "summary", "level", "form", "professions", "goals", "completion"
    )
    if course["level"] not in Level.values or course["form"] not in CourseForm.values:
        raise ContentError(f"{files[0]}: unknown level or form")
    sources = [_module_source(path, entry) for entry in course.get("modules") or []]
    modules = tuple(_module(source, files) for source in sources)
    package_files = sorted((path / "h5p").glob("*.json"))
    packages = {file.stem: _json(file) for file in package_files}
    for source, module in zip(sources, modules, strict=True):
        _check_packages(source.file, module, packages)
    media = _media(path)
    sheet_files = sorted((path / "trainer").glob("*.yaml"))
    sheets = tuple(_sheet(file) for file in sheet_files)
    digest = hashlib.sha256(str(LOADER_FORM).encode())
    for file in [*files, *package_files, *media.values(), *sheet_files]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return CourseFolder(path, course, modules, packages, digest.hexdigest(), media, sheets)


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """Where a module is written, and which file fills each of its slots; None leaves one empty on purpose."""

    file: Path
    slots: dict[str, Path | None]


def _module_source(path: Path, entry: Any) -> ModuleSource:
    """A module of the course itself, or a shared one with what this course puts in it."""
    if isinstance(entry, str):
        return ModuleSource(path / "modules" / entry, {})
    _require(path / "course.yaml", entry, "shared")
    file = path.parent / SHARED / "modules" / str(entry["shared"])
    filled = (entry.get("slots") or {}).items()
    slots = {str(slot): path / str(name) if name else None for slot, name in filled}
    return ModuleSource(file, slots)


def _media(path: Path) -> dict[str, Path]:
    """Pictures, films and recordings by name; the course's own win from the shared ones."""
    found: dict[str, Path] = {}
    for folder in (path.parent / SHARED / "media", path / "media"):
        found |= {file.name: file for file in sorted(folder.glob("*")) if file.is_file()}
    return dict(sorted(found.items()))


def _sheet(file: Path) -> Data:
    """One script or handout for trainers."""
    sheet = _yaml(file)
    _require(file, sheet, "slug", "title", "kind", "markdown")
    if sheet["kind"] not in SheetKind.values:
        raise ContentError(f"{file}: unknown kind of sheet {sheet['kind']!r}")
    return sheet


def _module(source: ModuleSource, files: list[Path]) -> Data:
    """One module with its slots filled. Every file that was read is added to `files`."""
    file = source.file
    module = _yaml(file)
    files.append(file)
    _require(file, module, "slug", "title", "lessons")
    filled: set[str] = set()
    for lesson in module["lessons"]:
        _require(file, lesson, "slug", "title", "minutes", "blocks")
        lesson["blocks"] = [
            inner for block in lesson["blocks"] for inner in _fill_slot(source, block, filled, files)
        ]
        for number, block in enumerate(lesson["blocks"], start=1):
            if block.get("kind") not in BLOCK_KINDS:
                raise ContentError(
                    f"{file}: lesson {lesson['slug']}, block {number}: unknown kind {block.get('kind')!r}"
                )
    if unknown := sorted(set(source.slots) - filled):
        raise ContentError(f"{file}: has no slot {', '.join(unknown)}")
    return module


def _fill_slot(source: ModuleSource, block: Any, filled: set[str], files: list[Path]) -> list[Any]:
    """The block itself, or what the course puts in its place. Raises ContentError for a slot that nobody fills."""
    if not isinstance(block, dict):
        raise ContentError(f"{source.file}: a block is no mapping: {block!r}")
    if block.get("kind") != "slot":
        return [block]
    slot = str(block.get("id"))
    if slot not in source.slots:
        raise ContentError(f"{source.file}: slot {slot} is filled by no file in course.yaml")
    filled.add(slot)
    place = source.slots[slot]
    if place is None:
        return []
    files.append(place)
    blocks = _load_yaml(place)
    if not isinstance(blocks, list):
        raise ContentError(f"{place}: holds no list of blocks")
    return blocks


def _check_packages(file: Path, module: Data, packages: dict[str, Data]) -> None:
    for lesson in module["lessons"]:
        for block in lesson["blocks"]:
            if block["kind"] == "h5p" and block.get("package") not in packages:
                raise ContentError(
                    f"{file}: lesson {lesson['slug']}: no h5p/{block.get('package')}.json in this course"
                )


def _yaml(file: Path) -> Data:
    data = _load_yaml(file)
    if not isinstance(data, dict):
        raise ContentError(f"{file}: holds no mapping")
    return data


def _load_yaml(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ContentError(f"{file}: {error}") from error


def _json(file: Path) -> Data:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError(f"{file}: {error}") from error
    if not isinstance(data, dict):
        raise ContentError(f"{file}: holds no object")
    return data


def _require(file: Path, data: Any, *names: str) -> None:
    if not isinstance(data, dict):
        raise ContentError(f"{file}: expected a mapping, found {type(data).__name__}")
    missing = [name for name in names if name not in data]
    if missing:
        raise ContentError(f"{file}: {data.get('slug', '')} misses {', '.join(missing)}")
