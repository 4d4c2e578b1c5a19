"""A small object storage on loopback that speaks as much of S3 as files need: put, get, head, delete."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ObjectStorage(ThreadingHTTPServer):
    """What is kept, by path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept: dict[str, bytes] = {}

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        """Keep an object."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            body = _joined(body)
        self.server.kept[self.path.split("?")[0]] = body
        self._answer(200)

    def do_GET(self) -> None:
        """Hand it out."""
        body = self.server.kept.get(self.path.split("?")[0])
        self._answer(404 if body is None else 200, body or b"")

    def do_HEAD(self) -> None:
        """Say whether it is there."""
        self.do_GET()

    def do_DELETE(self) -> None:
        """Forget it."""
        self.server.kept.pop(self.path.split("?")[0], None)
        self._answer(204)

    def log_message(self, *args) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Mon, 01 Jan 2029 00:00:00 GMT")
        self.send_header("ETag", '"1"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _joined(body: bytes) -> bytes:
    """The chunks of a signed upload, without their lengths and what follows the last."""
    whole, at = b"", 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end].split(b";")[0], 16)
        if not size:
            return whole
        whole += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2


@contextmanager
def storing() -> Iterator[ObjectStorage]:
    """The storage for as long as the block lasts, on a port that was free."""
    server = ObjectStorage()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
