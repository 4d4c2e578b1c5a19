"""Whatever is killed while a contact saves, uploads and sends in: nothing answered is lost, half or twice."""

import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.django_db  # both databases have their own way of coming back


@pytest.fixture
def new_database():
    """The address of a database that nobody else uses; empty for the loop's own SQLite file."""
    if connection.vendor == "sqlite":
        yield ""
        return
    address = os.environ["DATABASE_URL"]
    name = f"crashes_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address.replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_ten_crashes_leave_nothing_lost_half_or_twice(new_database):
    own = ("DATABASE_URL", "DATA_DIR")
    environment = {name: value for name, value in os.environ.items() if name not in own}
    done = subprocess.run(
        [sys.executable, "benchmarks/run", "crashes", "10"],
        cwd=settings.BASE_DIR,
        env={**environment, **({"DATABASE_URL": new_database} if new_database else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[-1:], len(lines)) == (0, ["0 marks broken"], 12), done.stdout + done.stderr
