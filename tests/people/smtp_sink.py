"""A mail server that keeps what it gets, or falls away at a moment that a test chooses."""

import re
import socketserver
import threading
from typing import Self


class Sink:
    """`messages` in the order they came in. `resets` says how many take a message and then end the line unanswered."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.resets = 0
        sink = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 sink\r\n")
                while line := self.rfile.readline():
                    word = line[:4].upper()
                    if word == b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        lines = iter(self.rfile.readline, b".\r\n")
                        sink.messages.append(b"".join(lines).decode())
                        if sink.resets:
                            sink.resets -= 1
                            return
                    self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                    if word == b"QUIT":
                        return

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *details: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def ids(self) -> list[str]:
        """The Message-ID of each message."""
        return re.findall(r"^Message-ID: <(.+?)@", "\n".join(self.messages), re.MULTILINE)
