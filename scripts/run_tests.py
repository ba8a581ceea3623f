"""Run the whole suite in a few processes, the longest files first. Called by `make test`.

On SQLite: first what needs no browser, with coverage, then the browser's tests and those about speed without. On a
server: what a database can answer differently, without coverage, in one go: tests that touch no database and screens
that are only looked at were run on SQLite.
DATABASE_URL and REDIS_URL choose PostgreSQL and Redis; CI=true turns every missing part into a failure.

Example: .venv/bin/python scripts/run_tests.py tests/people -k roles
"""

import os
import subprocess
import sys
from pathlib import Path

#: Two where the tests themselves keep a processor busy; more where they wait for a browser or a server.
BUSY, WAITING = "2", "3"
COVERED = "var/coverage.json"


def main() -> int:
    """Exit code of pytest; arguments go to pytest as they are."""
    if "--help" in sys.argv:
        print(__doc__)
        return 0
    os.environ["NESTWERK_TESTING"] = "1"
    arguments = sys.argv[1:]
    if arguments:
        return _run("-m", "pytest", *arguments)
    command = ["-m", "pytest", "-q", "--dist", "loadfile", "--no-loadscope-reorder"]
    if os.environ.get("DATABASE_URL"):
        return _run(*command, "-n", WAITING, "--only-database")
    Path("var").mkdir(exist_ok=True)
    measured = ["-m", "slipcover", "--json", "--out", COVERED]
    code = _run(*measured, *command, "-n", BUSY, "-m", "not browser and not timed")
    code = _run(*command, "-n", WAITING, "-m", "browser or timed") or code
    floor = _run("scripts/coverage_floor.py")
    return code or (floor if os.environ.get("CI") == "true" else 0)


def _run(*arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
