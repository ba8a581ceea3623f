"""Run the whole suite in a few processes, the longest files first. Called by `make test`.

On SQLite: first what needs no browser, with coverage, then the browser's tests without (it would make their server
slow). On a server: at once, without coverage, and without the tests that touch no database.
DATABASE_URL and REDIS_URL choose PostgreSQL and Redis; CI=true turns every missing part into a failure.

Example: .venv/bin/python scripts/run_tests.py tests/people -k roles
"""

import os
import subprocess
import sys

#: Two where the tests themselves keep a processor busy; more where they wait for a browser or a server.
BUSY, WAITING = "2", "3"
COVERAGE = ["--cov", "--cov-branch", "--cov-report=", "--cov-append"]


def main() -> int:
    """Exit code of pytest; arguments go to pytest as they are."""
    if "--help" in sys.argv:
        print(__doc__)
        return 0
    os.environ["NESTWERK_TESTING"] = "1"
    arguments = sys.argv[1:]
    if arguments:
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ]
    if os.environ.get("DATABASE_URL"):
        return subprocess.run([*command, "-n", WAITING, "--only-database"], check=False).returncode
    subprocess.run([sys.executable, "-m", "coverage", "erase"], check=True)
    covered = subprocess.run([*command, "-n", BUSY, "-m", "not browser", *COVERAGE], check=False).returncode
    browsed = subprocess.run([*command, "-n", WAITING, "-m", "browser"], check=False).returncode
    code = covered or browsed
    subprocess.run(
        [sys.executable, "-m", "coverage", "report", "--skip-covered", "--format=total"], check=False
    )
    if code == 0 and os.environ.get("CI") == "true":
        return subprocess.run([sys.executable, "scripts/coverage_floor.py"], check=False).returncode
    return code


if __name__ == "__main__":
    raise SystemExit(main())
