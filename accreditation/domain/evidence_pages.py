"""Pages of an evidence file as pictures: what is shown beside the facts is pixels, never a document."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

from accreditation.exceptions import AccreditationError
from media.api import open_stored_file

_CHILD = Path(__file__).with_name("evidence_page_child.py")
WIDEST_SIDE = 1600
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 15
PNG = b"\x89PNG\r\n\x1a\n"


class PageError(AccreditationError):
    """A page that cannot be drawn."""


def render_page(*, file_id: UUID, number: int) -> bytes:
    """One page (from 1) of a stored PDF as PNG, drawn in a child process with little memory and time.

    Raises PageError when it cannot be drawn: too heavy, damaged, or not there.
    """
    command = [
        sys.executable,
        "-I",
        str(_CHILD),
        str(number),
        str(WIDEST_SIDE),
        str(MEMORY),
        str(CPU_SECONDS),
    ]
    try:
        with open_stored_file(file_id) as source:
            content = source.read()
        done = subprocess.run(  # noqa: S603  (fixed command, no shell, numbers only)
            command,
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise PageError("Dit blad kunnen we niet tonen. Open het bestand zelf.") from error
    if done.returncode != 0 or not done.stdout.startswith(PNG):
        raise PageError("Dit blad kunnen we niet tonen. Open het bestand zelf.")
    return done.stdout
