"""Copy what the browser needs from node_modules to var/vendor, and join our own CSS and JS into one file each.

Idempotent; does nothing when neither the inputs nor this script changed. The static prefix is `vendor/`.

Example: python scripts/bundle_vendor.py [--force]
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
NODE = ROOT / "node_modules"
TARGET = ROOT / "var" / "vendor"
CATALOGUES = ROOT / "locale"
STYLES = ROOT / "cms" / "css"
SCRIPTS = ROOT / "cms" / "js"
READING = NODE / "@fontsource-variable" / "atkinson-hyperlegible-next" / "files"
TITLES = NODE / "@fontsource-variable" / "fraunces" / "files"
STATIC_READING = NODE / "@fontsource" / "atkinson-hyperlegible-next" / "files"

# Titles are drawn soft and light at display size; pinning those axes saves two thirds of the bytes.
TITLE_AXES = {"opsz": 72, "SOFT": 100, "WONK": 0}
TITLE_WEIGHTS = (300, 600)
PDF_FONTS = {
    "AtkinsonHyperlegibleNext-Regular.ttf": ("reading", "400"),
    "AtkinsonHyperlegibleNext-Italic.ttf": ("reading", "400-italic"),
    "AtkinsonHyperlegibleNext-Bold.ttf": ("reading", "700"),
    "Fraunces-Light.ttf": ("titles", "300"),
    "Fraunces-Regular.ttf": ("titles", "400"),
}


def main(arguments: list[str] | None = None) -> int:
    """Bundle; returns 0, or 1 when node_modules is missing."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n", maxsplit=1)[0],
        epilog="Example: python scripts/bundle_vendor.py --force",
    )
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    options = parser.parse_args(arguments)
    if not (NODE / "htmx.org").is_dir():
        print("node_modules is missing: run `npm ci` first.", file=sys.stderr)
        return 1
    compile_catalogues(ROOT / "var" / "locale")
    fingerprint = _fingerprint()
    stamp = TARGET / ".fingerprint"
    if not options.force and stamp.is_file() and stamp.read_text() == fingerprint:
        return 0
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET.parent) as folder:
        fresh = Path(folder) / "vendor"
        build(fresh)
        (fresh / ".fingerprint").write_text(fingerprint)
        if TARGET.exists():
            shutil.rmtree(TARGET)
        fresh.rename(TARGET)
    size = sum(file.stat().st_size for file in TARGET.rglob("*") if file.is_file())
    print(f"var/vendor built: {size // 1024} kB")
    return 0


def compile_catalogues(target: Path) -> None:
    """Turn every locale/<language>/LC_MESSAGES/django.po into the form that Django reads, in var/locale."""
    for source in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")):
        compiled = (target / source.relative_to(CATALOGUES)).with_suffix(".mo")
        if compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        polib.pofile(str(source)).save_as_mofile(str(compiled))


def build(target: Path) -> None:
    """Write the whole vendor folder to `target`."""
    (target / "fonts").mkdir(parents=True)
    (target / "pdf").mkdir()
    _fonts(target / "fonts")
    _pdf_fonts(target / "pdf")
    _contexts(target / "contexts")
    (target / "icons.svg").write_text(sprite(_icon_names()), encoding="utf-8")
    (target / "nest.css").write_text(_small_css(_joined(STYLES.glob("*.css"))), encoding="utf-8")
    parts = (f"{{\n{file.read_text(encoding='utf-8')}}}\n" for file in sorted(SCRIPTS.glob("*.js")))
    (target / "nest.js").write_text("".join(parts), encoding="utf-8")
    shutil.copyfile(NODE / "htmx.org" / "dist" / "htmx.min.js", target / "htmx.min.js")
    shutil.copytree(NODE / "h5p-standalone" / "dist", target / "h5p-standalone")
    (target / "scorm-again").mkdir()
    for name in ("scorm12.min.js", "scorm2004.min.js"):
        # Without the line that names a source map: that file is not there.
        code = (NODE / "scorm-again" / "dist" / name).read_text(encoding="utf-8")
        (target / "scorm-again" / name).write_text(
            re.sub(r"\n//# sourceMappingURL=.*", "", code), encoding="utf-8"
        )


def _contexts(target: Path) -> None:
    """The JSON-LD contexts of credentials, exactly as their packages hold them (accreditation checks their digests)."""
    target.mkdir()
    shutil.copyfile(
        NODE / "@digitalbazaar" / "credentials-context" / "contexts" / "v2.jsonld",
        target / "credentials-v2.json",
    )
    package = NODE / "@digitalcredentials" / "open-badges-context"
    script = (
        f"const c=require({json.dumps(str(package))});"
        "process.stdout.write(JSON.stringify(c.contexts.get(c.CONTEXT_URL_V3_0_3)))"
    )
    found = subprocess.run(["node", "-e", script], capture_output=True, check=True)
    (target / "open-badges-v3.0.3.json").write_bytes(found.stdout)


def sprite(names: Iterable[str]) -> str:
    """One SVG with a <symbol> per Lucide icon; the strokes take their look from the page."""
    symbols = []
    for name in sorted(names):
        source = (NODE / "lucide-static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(
            r"\s+", " ", source[source.index(">", source.index("<svg")) + 1 : source.rindex("</svg>")]
        )
        inner = inner.replace(" />", "/>").replace("> <", "><").strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    note = "<!-- Lucide, ISC License, lucide.dev/license -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{note}{"".join(symbols)}</svg>'


def _fonts(target: Path) -> None:
    for kind in ("latin", "latin-ext"):
        shutil.copyfile(
            READING / f"atkinson-hyperlegible-next-{kind}-wght-normal.woff2",
            target / f"atkinson-{kind}.woff2",
        )
        _title_font(
            TITLES / f"fraunces-{kind}-full-normal.woff2",
            target / f"fraunces-{kind}.woff2",
            weight=TITLE_WEIGHTS,
            flavor="woff2",
        )
    # One weight of the italic is 14 kB, all of them 38: the first page of a lesson must stay light.
    shutil.copyfile(
        STATIC_READING / "atkinson-hyperlegible-next-latin-400-italic.woff2",
        target / "atkinson-latin-italic.woff2",
    )


def _pdf_fonts(target: Path) -> None:
    """PDF engines want one static TrueType file per weight, so latin and latin-ext are merged."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    for name, (family, style) in PDF_FONTS.items():
        pieces = []
        for kind in ("latin", "latin-ext"):
            piece = target / f"{kind}-{name}"
            if family == "titles":
                _title_font(
                    TITLES / f"fraunces-{kind}-full-normal.woff2", piece, weight=int(style), flavor=None
                )
            else:
                weight, _, slope = style.partition("-")
                file = f"atkinson-hyperlegible-next-{kind}-{weight}-{slope or 'normal'}.woff2"
                font = TTFont(STATIC_READING / file)
                font.flavor = None
                font.save(piece)
            pieces.append(piece)
        merged = Merger().merge([str(piece) for piece in pieces])
        merged.save(target / name)
        for piece in pieces:
            piece.unlink()


def _title_font(source: Path, target: Path, *, weight: int | tuple[int, int], flavor: str | None) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(source), {**TITLE_AXES, "wght": weight})
    font.flavor = flavor
    if isinstance(weight, int):
        style = {300: "Light", 400: "Regular"}[weight]
        for number, words in (
            (1, f"Fraunces {style}"),
            (2, "Regular"),
            (4, f"Fraunces {style}"),
            (6, f"Fraunces-{style}"),
        ):
            font["name"].setName(words, number, 3, 1, 0x409)
    font.save(target)


def _joined(files: Iterable[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(files))


def _small_css(text: str) -> str:
    """Comments and needless white space out; strings in our sheets hold neither."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};,])\s*", r"\1", text).replace(";}", "}").strip() + "\n"


def _icon_names() -> frozenset[str]:
    sys.path.insert(0, str(ROOT))
    from cms.icons import ICONS

    return ICONS


def _fingerprint() -> str:
    """Changes when an input or this script changes; reads only our own small files and the npm lock."""
    digest = hashlib.sha256()
    own = [Path(__file__), ROOT / "package-lock.json", ROOT / "cms" / "icons.py"]
    for file in [*own, *sorted(STYLES.glob("*.css")), *sorted(SCRIPTS.glob("*.js"))]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
