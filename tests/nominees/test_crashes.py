"""Whatever is killed while a contact saves, uploads and sends in: nothing answered is lost, half or twice."""

import os
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.django_db  # both databases have their own way of coming back


@pytest.fixture
def new_database(tmp_path):
    """The address of a database that nobody else uses: a copy of the tests' own, or one on their server."""
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
            closing(sqlite3.connect(tmp_path / "db.sqlite3")) as copy,
        ):
            ours.backup(copy)
        yield f"sqlite:///{tmp_path}/db.sqlite3"
        return
    address = os.environ["DATABASE_URL"]
    name = f"crashes_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address.replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_ten_crashes_leave_nothing_lost_half_or_twice(new_database):
    done = subprocess.run(
        [sys.executable, "benchmarks/run", "crashes", "10"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": new_database},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[-1:], len(lines)) == (0, ["0 marks broken"], 12), done.stdout + done.stderr
