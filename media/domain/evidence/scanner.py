"""Virus scan by clamd over its socket (INSTREAM), where CLAMAV_SOCKET names one.

`CLAMAV_SOCKET`: `/run/clamav/clamd.ctl`, `unix:///run/clamav/clamd.ctl` or `tcp://host:3310`. Without it nothing is
scanned; with it a file that could not be scanned is not taken in.
"""

import logging
import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

logger = logging.getLogger("nestwerk.media")
CONNECT_SECONDS = 5
SCAN_SECONDS = 60
CHUNK = 64 * 1024


def is_scanner_configured() -> bool:
    """Whether uploads pass a virus scanner."""
    return bool(settings.CLAMAV_SOCKET)


def scan_file(path: Path) -> str:
    """The message code of what the scanner found in a file: "" (clean, or no scanner), "infected" or "scan_failed"."""
    if not is_scanner_configured():
        return ""
    try:
        with _connect(settings.CLAMAV_SOCKET) as line:
            answer = _ask(line, path)
    except (OSError, ValueError) as error:
        logger.warning("virus scanner not usable: %s", type(error).__name__)
        return "scan_failed"
    if answer.endswith("OK"):
        return ""
    if answer.endswith("FOUND"):
        logger.warning("virus scanner refused an upload: %s", answer.removeprefix("stream: ")[:80])
        return "infected"
    logger.warning("virus scanner answered: %s", answer[:80])
    return "scan_failed"


def ping_scanner() -> bool:
    """Whether clamd answers; for the operator's check-up."""
    try:
        with _connect(settings.CLAMAV_SOCKET) as line:
            line.sendall(b"zPING\0")
            return _read(line) == "PONG"
    except (OSError, ValueError):
        return False


def _connect(address: str) -> socket.socket:
    """An open connection. Raises OSError, or ValueError for an address that is none."""
    parts = urlsplit(address)
    if parts.scheme in ("", "unix"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
    elif parts.scheme == "tcp" and parts.hostname:
        line = socket.create_connection((parts.hostname, parts.port or 3310), timeout=CONNECT_SECONDS)
    else:
        raise ValueError(address)
    line.settimeout(SCAN_SECONDS)
    return line


def _ask(line: socket.socket, path: Path) -> str:
    line.sendall(b"zINSTREAM\0")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
    line.sendall(struct.pack("!L", 0))
    return _read(line)


def _read(line: socket.socket) -> str:
    """One answer, up to the zero byte that ends it."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096 and (part := line.recv(1024)):
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
