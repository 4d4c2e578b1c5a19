"""Ports, children and health of `manage.py run`, on loopback only."""

import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from awards.serving import is_busy, start, stop, wait_until_healthy

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)",
]


@pytest.fixture
def listener():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken


def test_port_is_busy_while_another_listens(listener):
    port = listener.getsockname()[1]

    assert is_busy(port)


def test_port_is_free_after_the_other_has_closed(listener):
    port = listener.getsockname()[1]
    listener.close()

    assert not is_busy(port)


def test_stop_ends_every_child(tmp_path):
    children = [start(SLEEP, folder=tmp_path, environment={}) for _ in range(2)]

    stop(children)

    assert [child.poll() is None for child in children] == [False, False]


def test_stop_ends_a_child_that_does_not_listen(tmp_path):
    child = subprocess.Popen(STUBBORN, cwd=tmp_path, stdout=subprocess.PIPE)
    child.stdout.readline()

    stop([child], seconds=1)

    assert child.poll() is not None
    child.stdout.close()


def test_child_gets_the_environment_it_is_told(tmp_path):
    program = "import os, pathlib; pathlib.Path('told').write_text(os.environ['BASE_URL'])"
    child = start(
        [sys.executable, "-c", program], folder=tmp_path, environment={"BASE_URL": "http://localhost:9"}
    )
    child.wait(timeout=60)

    assert (tmp_path / "told").read_text() == "http://localhost:9"


def test_healthy_when_healthz_answers(tmp_path):
    with HTTPServer(("127.0.0.1", 0), _Healthy) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        child = start(SLEEP, folder=tmp_path, environment={})
        healthy = wait_until_healthy(server.server_port, child)
        stop([child])
        server.shutdown()
        thread.join()

    assert healthy


def test_not_healthy_when_the_server_has_ended(tmp_path, listener):
    port = listener.getsockname()[1]
    listener.close()
    child = start([sys.executable, "-c", ""], folder=tmp_path, environment={})
    child.wait(timeout=60)

    assert not wait_until_healthy(port, child)


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 500)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""
