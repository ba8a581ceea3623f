"""Keeps one PDF process at hand, with limits on time and memory, and replaces it when it misbehaves."""

import atexit
import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from accreditation.exceptions import RenderError

TIMEOUT_SECONDS = 30.0
#: WeasyPrint's memory grows with use; a fresh process now and then keeps it level.
JOBS_PER_PROCESS = 100


@dataclass(frozen=True)
class RenderedPdf:
    """A finished file and the engine that made it; whether that embedded the credential."""

    content: bytes
    engine: str
    pages: int
    attached: bool = False


class PdfWorker:
    """One child process; calls wait for one another. Scale by running more processes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        # Who ends without a word leaves no folder behind.
        atexit.register(self.stop)
        self._owner = 0
        self._jobs = 0

    def render(
        self,
        *,
        html: str,
        engine: str,
        roots: list[Path],
        archival_css: str = "",
        attachment: str = "",
        timeout: float = TIMEOUT_SECONDS,
    ) -> RenderedPdf:
        """Make one PDF. Raises RenderError when the engine failed, complained or took too long (seconds)."""
        job = {
            "html": html,
            "engine": engine,
            "roots": [str(root) for root in roots],
            "archival_css": archival_css,
            "attachment": attachment,
        }
        with self._lock:
            reply = self._ask(json.dumps(job).encode("ascii") + b"\n", timeout)
        if "error" in reply:
            raise RenderError(reply["error"])
        return RenderedPdf(
            content=base64.b64decode(reply["pdf"]),
            engine=reply["engine"],
            pages=reply["pages"],
            attached=bool(attachment) and reply["engine"] == "weasyprint",
        )

    def stop(self) -> None:
        """End the process and take its folder away; the next job starts a new one."""
        with self._lock:
            if self._owner == os.getpid():
                self._stop()

    def _ask(self, line: bytes, timeout: float) -> dict[str, Any]:
        was_running = self._is_usable()
        answer, timed_out = self._exchange(line, timeout)
        if not answer and was_running and not timed_out:
            # It went to sleep for want of work at the very moment this job came.
            answer, timed_out = self._exchange(line, timeout)
        if timed_out:
            raise RenderError(f"the page took longer than {timeout:g} seconds")
        if not answer:
            raise RenderError("the PDF process ended half-way, probably for want of memory")
        reply: dict[str, Any] = json.loads(answer)
        return reply

    def _exchange(self, line: bytes, timeout: float) -> tuple[bytes, bool]:
        """One question and its answer; no answer means that the process is gone."""
        if not self._is_usable():
            self._start()
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None  # noqa: S101 - for mypy
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            process.kill()

        alarm = threading.Timer(timeout, end)
        alarm.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        finally:
            alarm.cancel()
        self._jobs += 1
        if not answer or self._jobs >= JOBS_PER_PROCESS:
            self._stop()
        return answer, overdue.is_set()

    def _is_usable(self) -> bool:
        """A child of a process that forked us is not ours to talk to."""
        return self._process is not None and self._owner == os.getpid() and self._process.poll() is None

    def _start(self) -> None:
        if self._owner == os.getpid():
            self._stop()
        # The child gets no secrets: neither our environment nor our open files.
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        # It keeps typefaces in files, and is killed rather than asked to tidy up.
        self._folder = tempfile.mkdtemp(prefix="nestwerk-pdf-")
        environment["TMPDIR"] = self._folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "accreditation.domain.pdf_child"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._owner, self._jobs = os.getpid(), 0

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both are pipes
        process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


worker = PdfWorker()
