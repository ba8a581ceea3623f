"""All static checks: format, lint, types, import contracts, templates, translations, migrations, and the coverage of
the last run of the tests (`make check`).

Example: .venv/bin/python scripts/check.py
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"

#: The longest first.
STEPS: list[tuple[str, list[str]]] = [
    ("types", ["mypy", "--no-incremental", "."]),
    ("format", ["ruff", "format", "--check", "-q", "."]),
    ("lint", ["ruff", "check", "-q", "."]),
    ("import contracts", ["lint-imports", "--no-cache"]),
    ("templates", ["djlint", "--lint", "--quiet", "."]),
    ("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("system checks", ["python", "manage.py", "check", "--fail-level", "WARNING"]),
    ("translations", ["python", "scripts/check_translations.py"]),
    ("repository", ["python", "scripts/check_repository.py"]),
    ("coverage", ["python", "scripts/coverage_floor.py", "--if-measured"]),
]


def take(step: tuple[str, list[str]]) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    """Run one step; its name, its seconds and what came out."""
    name, command = step
    started = time.monotonic()
    result = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env={**os.environ, "NESTWERK_TESTING": "1", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    return name, time.monotonic() - started, result


def main() -> int:
    """1 when any step fails; every step runs, two at a time, so that one run shows all there is to mend."""
    if "--help" in sys.argv:
        print(__doc__)
        return 0
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for future in as_completed([pool.submit(take, step) for step in STEPS]):
            name, seconds, result = future.result()
            state = "in order" if result.returncode == 0 else "TO MEND"
            print(f"  {name:18} {state}  ({seconds:.0f} s)", flush=True)
            if result.returncode:
                failed.append(name)
                print((result.stdout + result.stderr)[-6000:], flush=True)
    print("\nAll checks in order." if not failed else "\nTo mend: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
