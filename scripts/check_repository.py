"""Habits of the repository that no other tool checks: module size, unexplained suppressions, foreign code.

Example: .venv/bin/python scripts/check_repository.py
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 500
LONGEST_TEST = 700
MARKS = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b|[Ll]orem ipsum")
BARE = re.compile(r"# type: ignore(?!\[)|# noqa(?!:)")


def tracked(*endings: str) -> list[Path]:
    """Files that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name.endswith(endings) and (ROOT / name).exists()]


def main() -> int:
    """1 when something is to mend."""
    if "--help" in sys.argv:
        print(__doc__)
        return 0
    found = []
    for path in tracked(".py", ".html", ".css", ".js"):
        name = path.relative_to(ROOT)
        lines = path.read_text(encoding="utf-8").splitlines()
        longest = LONGEST_TEST if name.parts[0] == "tests" else LONGEST_MODULE
        if len(lines) > longest and "migrations" not in name.parts:
            found.append(f"{name}: {len(lines)} lines; split it (at most {longest})")
        if name.parts[0] == "scripts":
            continue
        for number, line in enumerate(lines, start=1):
            if MARKS.search(line):
                found.append(f"{name}:{number}: a mark left behind")
            if BARE.search(line):
                found.append(f"{name}:{number}: a suppression without its rule")
    print("\n".join(found) or "in order")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
