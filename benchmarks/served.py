"""The product's own web server on a free port of loopback, for what only a real server can show."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from awards import serving


@contextmanager
def served() -> Iterator[str]:
    """Its address; it uses the database and the folder that this process uses, and ends afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DATA_DIR": str(settings.DATA_DIR)}
    server = serving.start(serving.server_command(port), folder=settings.BASE_DIR, environment=environment)
    try:
        if not serving.wait_until_healthy(port, server):
            raise RuntimeError("The web server did not start.")
        yield f"http://localhost:{port}"
    finally:
        serving.stop([server])
