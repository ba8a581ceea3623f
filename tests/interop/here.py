"""The site as a server of this process and this transaction: programs of others run beside it and ask over HTTP."""

import subprocess
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from django.test import Client

PASSED_ON = ("Accept", "Authorization", "If-None-Match")


class Here:
    """Answers from the test's own database, so it only answers while `run` waits for the program."""

    def __init__(self) -> None:
        outer, client = self, Client()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name: self.headers[name] for name in PASSED_ON if self.headers.get(name)}
                answer = client.get(self.path, headers=headers)
                outer.asked.append(self.path)
                self.send_response(answer.status_code)
                for name, value in answer.headers.items():
                    if name.lower() != "content-length":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_: object) -> None:
                pass

        self.asked: list[str] = []
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.server.timeout = 0.1
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def run(
        self,
        command: list[str],
        *,
        cwd: Path,
        seconds: float = 90,
        then: Callable[[str], bool] | None = None,
        stdin: bytes = b"",
    ) -> str:
        """Run a program to its end and return what it printed. `then` sees the output so far; True ends the program."""
        with TemporaryFile() as out, TemporaryFile() as given:
            given.write(stdin)
            given.seek(0)
            program = subprocess.Popen(command, cwd=cwd, stdin=given, stdout=out, stderr=subprocess.STDOUT)
            until = time.monotonic() + seconds
            try:
                while program.poll() is None and time.monotonic() < until:
                    self.server.handle_request()
                    if then is not None and then(_so_far(out)):
                        break
                else:
                    if program.poll() is None:
                        pytest.fail(f"{command[:3]} did not end:\n{_so_far(out)[-2000:]}")
            finally:
                program.kill()
                program.wait()
            return _so_far(out)


def _so_far(out) -> str:
    out.seek(0)
    return out.read().decode("utf-8", "replace")
