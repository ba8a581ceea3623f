"""A small server that speaks clamd's protocol on a real socket: INSTREAM and PING."""

import socketserver
import struct
import threading
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.BaseRequestHandler):
    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.request.recv(1)
        if command == b"zPING\0":
            self.request.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        if self.server.answer == "hang up":
            return
        content = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(size)
        self.server.seen.append(content)
        found = EICAR in content
        answer = self.server.answer or ("stream: Eicar-Signature FOUND" if found else "stream: OK")
        self.request.sendall(answer.encode() + b"\0")

    def _exactly(self, size):
        data = b""
        while len(data) < size:
            data += self.request.recv(size - len(data))
        return data


class UnixClamd(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class TcpClamd(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def clamd(address, *, answer=""):
    """A running server; `address` a path or (host, 0). `answer` replaces what it would say; `seen` holds the files."""
    kind = TcpClamd if isinstance(address, tuple) else UnixClamd
    with kind(address, Clamd) as server:
        server.answer, server.seen = answer, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
