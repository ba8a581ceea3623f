"""Run the whole suite in two processes, the longest files first. Called by `make test`.

Coverage is measured on SQLite only: measured again on a server it would take time and tell nothing new.
DATABASE_URL and REDIS_URL choose PostgreSQL and Redis; CI=true turns every missing part into a failure.

Example: .venv/bin/python scripts/run_tests.py tests/people -k roles
"""

import os
import subprocess
import sys

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
        "-n",
        "2",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ]
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    subprocess.run([sys.executable, "-m", "coverage", "erase"], check=True)
    code = subprocess.run([*command, *COVERAGE], check=False).returncode
    subprocess.run(
        [sys.executable, "-m", "coverage", "report", "--skip-covered", "--format=total"], check=False
    )
    if code == 0 and os.environ.get("CI") == "true":
        return subprocess.run([sys.executable, "scripts/coverage_floor.py"], check=False).returncode
    return code


if __name__ == "__main__":
    raise SystemExit(main())
