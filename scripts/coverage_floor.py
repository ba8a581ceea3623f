"""Coverage (branches included) may not fall: the floor stands in .ci/coverage_floor.txt, in percent.

Example: .venv/bin/python scripts/coverage_floor.py
"""

import subprocess
import sys
from pathlib import Path

FLOOR = Path(__file__).resolve().parent.parent / ".ci" / "coverage_floor.txt"


def main() -> int:
    """1 when the last run covered less than the floor."""
    if "--help" in sys.argv:
        print(__doc__)
        return 0
    report = subprocess.run(
        [sys.executable, "-m", "coverage", "report", "--format=total"],
        capture_output=True,
        text=True,
        check=True,
    )
    covered, floor = int(report.stdout.strip()), int(FLOOR.read_text(encoding="utf-8").strip())
    print(f"coverage with branches: {covered} %, floor {floor} %")
    if covered > floor + 1:
        print(f"raise .ci/coverage_floor.txt to {covered}")
    return 0 if covered >= floor else 1


if __name__ == "__main__":
    raise SystemExit(main())
