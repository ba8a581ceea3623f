"""Runs our file-opening scripts in a child process with little memory, little time and no way to take us down."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media.domain.evidence import limits

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class CleanResult:
    """`code` is "" when the file is there, else a message code. `look` and `words`: see the cleaner, or empty."""

    code: str
    mime: str = ""
    pages: int = 0
    warnings: tuple[str, ...] = ()
    look: str = ""
    words: str = ""


def run_cleaner(source: Path, target: Path, *, mime: str) -> CleanResult:
    """Open `source` as `mime` in a child and write the cleaned copy to `target`."""
    arguments = [str(source), str(target), mime]
    arguments += [str(limits.CHILD_MEMORY), str(limits.CHILD_CPU_SECONDS), str(limits.MAX_PIXELS)]
    arguments += [str(limits.KEEP_SIDE), str(limits.MAX_PAGES)]
    return _run("cleaner.py", arguments, target, wall=limits.CHILD_WALL_SECONDS)


def run_sheets(action: str, job: dict[str, Any], target: Path) -> CleanResult:
    """Let the sheet maker do `action` ("compose" or "redact") and write a PDF to `target`."""
    arguments = [
        action,
        str(target),
        str(limits.CHILD_MEMORY),
        str(limits.SHEETS_CPU_SECONDS),
        json.dumps(job),
    ]
    return _run("sheet_maker.py", arguments, target, wall=limits.SHEETS_WALL_SECONDS)


def _run(script: str, arguments: list[str], target: Path, *, wall: int) -> CleanResult:
    """A child that is killed, runs out of memory or says nothing usable means "too_heavy": the file is at fault."""
    try:
        done = subprocess.run(  # noqa: S603  (fixed command, no shell, paths of our own)
            [sys.executable, "-I", str(_HERE / script), *arguments],
            capture_output=True,
            timeout=wall,
            check=False,
            cwd=target.parent,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
        )
        answer = json.loads(done.stdout or b"null")
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return CleanResult("too_heavy")
    if done.returncode != 0 or not isinstance(answer, dict):
        return CleanResult("too_heavy")
    if not answer.get("code") and not target.exists():
        return CleanResult("too_heavy")
    return CleanResult(
        code=str(answer.get("code", "")),
        mime=str(answer.get("mime", "")),
        pages=int(answer.get("pages", 0)),
        warnings=tuple(str(item) for item in answer.get("warnings", [])),
        look=str(answer.get("look", "")),
        words=str(answer.get("words", "")),
    )
