"""Every string that a person reads must be translatable, and no catalogue may be incomplete.

Source strings are Dutch (nl-BE). This finds words in templates that stand outside a translate tag, and, as soon as
catalogues for other languages exist below locale/, their missing or fuzzy entries.

Example: .venv/bin/python scripts/check_translations.py
"""

import re
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accreditation", "cms", "courses", "lms", "media", "people")

REMOVED = re.compile(
    # Blocks that hold class names and attributes, not words.
    r"{%\s*block (?:main_class|page_class|body_attrs|entrance_\w+)\s*%}.*?{%\s*endblock[^%]*%}|"
    r"{%\s*(?:blocktranslate|blocktrans)\b.*?{%\s*endblock(?:translate|trans)\s*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}"
    r"|data-[a-z-]+=\"|\bloading=|<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<svg\b.*?</svg>|<[^>]*>",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{3,}")
# The living style page shows components to developers; the player page holds no words of ours.
NOT_FOR_PEOPLE = ("cms/templates/cms/style/", "cms/templates/cms/style.html")
ALLOWED = {
    "Nestwerk",
    "PDF",
    "QR",
    "nbsp",
    "middot",
    "rarr",
    "larr",
    "times",
    "amp",
    "mdash",
    "ndash",
    "hellip",
}


def untranslated(path: Path) -> list[str]:
    """Runs of words in a template that no translate tag covers."""
    text = path.read_text(encoding="utf-8")
    left = REMOVED.sub(lambda found: "\n" * max(1, found.group().count("\n")), text)
    return [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for line in left.splitlines()
        if any(word not in ALLOWED for word in WORD.findall(line.replace("&nbsp;", " ")))
    ]


def main() -> int:
    """1 when a template holds bare words or a catalogue is incomplete."""
    if "--help" in sys.argv:
        print(__doc__)
        return 0
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).glob("templates/**/*.html")):
            if not str(path.relative_to(ROOT)).startswith(NOT_FOR_PEOPLE):
                found += untranslated(path)
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(path))
        found += [
            f"{path.relative_to(ROOT)}: {entry.msgid[:60]}" for entry in catalogue.untranslated_entries()
        ]
        found += [
            f"{path.relative_to(ROOT)}: fuzzy {entry.msgid[:60]}" for entry in catalogue.fuzzy_entries()
        ]
    print("\n".join(found) or "every text is translatable")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
