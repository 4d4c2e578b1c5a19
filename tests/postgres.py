"""A private PostgreSQL server for the tests: in a temporary folder, on a socket, gone afterwards."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
UNPRIVILEGED = ("postgres", "nobody")
START_SECONDS = 60


def find_server() -> Path | None:
    """The folder with PostgreSQL's `initdb` and `postgres`, the newest first; None where there is none."""
    if sys.platform == "win32":
        return None  # no private server there: set DATABASE_URL instead
    folders = [Path(found).parent for found in [shutil.which("initdb")] if found]
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    for place in USUAL_PLACES:
        folders += sorted(Path("/").glob(place[1:]), reverse=True)
    return next((folder for folder in folders if _has_server(folder)), None)


def _has_server(folder: Path) -> bool:
    return (folder / "initdb").is_file() and (folder / "postgres").is_file()


def _other_user() -> dict:
    """PostgreSQL refuses to run as root: who it runs as instead, as arguments of subprocess."""
    if os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - not on Windows

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in UNPRIVILEGED if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def private_server(programs: Path) -> Iterator[str]:
    """Start a server on a socket of its own and give its DATABASE_URL; stop it and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kvalitet-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes
    other = _other_user()
    if other:
        os.chown(folder, other["user"], other["group"])
    server = None
    try:
        _initialise(programs, folder, other)
        server = _start(programs, folder, other)
        yield f"postgres://tests@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # the fast shutdown: no waiting for clients
            server.wait(timeout=START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, folder: Path, other: dict) -> None:
    arguments = ["--username=tests", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [programs / "initdb", "--pgdata", folder / "data", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
        **other,
    )


def _start(programs: Path, folder: Path, other: dict) -> subprocess.Popen:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "100",
        "log_min_messages": "fatal",
        "log_min_error_statement": "fatal",
    }
    chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", *chosen], cwd=folder, stdout=log, stderr=log, **other
    )
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready(folder):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.1)
    return server


def _is_ready(folder: Path) -> bool:
    import psycopg  # noqa: PLC0415 - the finder above must work without it

    try:
        psycopg.connect(host=str(folder), user="tests", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
