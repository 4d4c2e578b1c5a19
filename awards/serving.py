"""The web server and the worker as child processes: started together, watched, stopped together."""

import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

LOOPBACK = {"127.0.0.1": socket.AF_INET, "::1": socket.AF_INET6}
START_SECONDS = 90
STOP_SECONDS = 15


def is_busy(port: int) -> bool:
    """Whether another program listens on the port; raises PermissionError where we may not listen there."""
    return any(_answers(host, port) or _taken(host, port) for host in LOOPBACK)


def bind_addresses(port: int) -> list[str]:
    """The loopback addresses to serve on: 127.0.0.1 and, where the machine has it, ::1."""
    addresses = [f"127.0.0.1:{port}"]
    if _has_ipv6():
        addresses.append(f"[::1]:{port}")
    return addresses


def server_command(port: int) -> list[str]:
    """The web server for this machine: gunicorn, or waitress on Windows where gunicorn does not run."""
    addresses = bind_addresses(port)
    if sys.platform == "win32":
        listen = [f"--listen={address}" for address in addresses]
        return [sys.executable, "-m", "waitress", "--threads=8", *listen, "awards.wsgi:application"]
    bind = [f"--bind={address}" for address in addresses]
    manners = [
        "--workers=2",
        "--threads=4",
        "--graceful-timeout=5",
        "--log-level=warning",
        "--no-control-socket",
    ]
    return [sys.executable, "-m", "gunicorn", *bind, *manners, "awards.wsgi:application"]


def worker_command() -> list[str]:
    """The background worker."""
    return [sys.executable, "manage.py", "worker"]


def start(command: list[str], *, folder: Path, environment: dict[str, str]) -> subprocess.Popen:
    """Start a child that the terminal's Ctrl+C does not reach: we stop it ourselves, in order."""
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, **_apart()
    )


def stop(children: list[subprocess.Popen], seconds: float = STOP_SECONDS) -> None:
    """Ask every child to end, wait for it, and end it by force when it does not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_until_healthy(port: int, server: subprocess.Popen) -> bool:
    """Whether /healthz answered before the server ended or the time was up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if _is_healthy(port):
            return True
        time.sleep(0.2)
    return False


def _apart() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _taken(host: str, port: int) -> bool:
    try:
        with socket.socket(LOOPBACK[host], socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            raise
        return error.errno == errno.EADDRINUSE
    return False


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
