"""A partner's server that listens on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """A partner's server on this machine; `answer` says what it does next."""

    def __init__(self):
        self.got, self.status, self.before = [], 204, None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if outer.before:
                    outer.before(self)
                if self.close_connection == "cut":
                    return
                outer.got.append((dict(self.headers.items()), json.loads(body), body.decode()))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/haak?van=nestwerk"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def versions(self):
        return [(body["data"]["id"], body["data"]["version"]) for _headers, body, _text in self.got]

    @property
    def types(self):
        return [body["type"] for _headers, body, _text in self.got]
