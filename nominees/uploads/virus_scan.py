"""Asking a virus scanner (ClamAV's clamd) over a socket, by its INSTREAM command. No query."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import IO

_CHUNK = 65_536
_SECONDS = 60


class ScannerAwayError(Exception):
    """The scanner gave no verdict; the file waits for the next round."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner said. `virus` is the name it gave, empty when it found nothing."""

    virus: str = ""


def scan(file: IO[bytes], address: str) -> Scan:
    """Let clamd look at an open file, from its start. `address` is `unix:/path` or `host:port`."""
    file.seek(0)
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                line.sendall(struct.pack("!I", len(chunk)) + chunk)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except OSError as error:
        raise ScannerAwayError(str(error)) from error
    if answer.endswith("FOUND"):
        return Scan(answer.removeprefix("stream:").removesuffix("FOUND").strip() or "?")
    if answer.endswith(": OK"):
        return Scan()
    raise ScannerAwayError(answer or "no answer")


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    if not port.isdigit():
        raise OSError(f"CLAMD_SOCKET is unix:/path or host:port, not {address!r}")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)


def _answer(line: socket.socket) -> str:
    """The reply up to its NUL; a kilobyte is more than any."""
    said = b""
    while b"\0" not in said and len(said) < 1024 and (part := line.recv(1024)):
        said += part
    return said.split(b"\0")[0].decode(errors="replace").strip()
