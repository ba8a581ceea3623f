"""A line to a server that can be cut, closed or held, so that the server itself is never touched."""

import contextlib
import socket
import threading
from typing import Self


class Proxy:
    """Listens on a port of its own and passes everything on to (host, port), until it is told otherwise."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._refusing = False
        self._open = True
        self._flowing = threading.Event()
        self._flowing.set()
        self._unanswered = b""

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *details: object) -> None:
        self._open = False
        self._flowing.set()
        self._listener.close()
        self.cut()

    def cut(self) -> int:
        """End every line that is open now; new ones may be made. Returns how many were cut."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        return len(pairs)

    def refuse(self) -> None:
        """As if the server is down: open lines end, new ones end at once."""
        self._refusing = True
        self.cut()

    def accept(self) -> None:
        """The server is back."""
        self._refusing = False

    def hold(self) -> None:
        """The server hears everything and its replies stay away."""
        self._flowing.clear()

    def release(self) -> None:
        """The replies that were held come, and those after."""
        self._flowing.set()

    def lose_reply_to(self, said: bytes) -> None:
        """The server does the next thing that is asked with these words; its reply is lost, and the line with it."""
        self._unanswered = said

    def _accept(self) -> None:
        while self._open:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            if self._refusing:
                near.close()
                continue
            try:
                far = socket.create_connection(self.target, timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._pairs.append((near, far))
            lost = threading.Event()
            threading.Thread(target=self._ask, args=(near, far, lost), daemon=True).start()
            threading.Thread(target=self._reply, args=(far, near, lost), daemon=True).start()

    def _ask(self, source: socket.socket, goal: socket.socket, lost: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self._unanswered and self._unanswered in data:
                    self._unanswered = b""
                    lost.set()
                goal.sendall(data)
        self._end(source, goal)

    def _reply(self, source: socket.socket, goal: socket.socket, lost: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._flowing.wait()
                if lost.is_set():
                    break
                goal.sendall(data)
        self._end(source, goal)

    @staticmethod
    def _end(source: socket.socket, goal: socket.socket) -> None:
        for end in (source, goal):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
