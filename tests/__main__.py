"""`python -m tests`: the whole suite on SQLite, then all that a database has a part in again on PostgreSQL.

What follows is handed to pytest: `python -m tests tests/awards -k moves`.
"""

import os
import subprocess
import sys

from tests.postgres import find_server, private_server

POSTGRES = ("postgres:", "postgresql:", "psql:")
AGAIN = ("-m", "not once")  # arithmetic and looks are the same on both
LEFT_OUT = "NO POSTGRESQL FOUND: its half of the tests is left out. Install postgresql or set DATABASE_URL."


def main(arguments: list[str]) -> int:
    """Run pytest once per database; the exit code is that of the first run that failed."""
    own = os.environ.pop("DATABASE_URL", "")
    say("The tests on SQLite")
    first = run(arguments, database_url="")
    if own.startswith(POSTGRES):
        say("The tests that meet a database on the PostgreSQL server that DATABASE_URL names")
        second = run([*AGAIN, *arguments], database_url=own)
    elif programs := find_server():
        say(f"The tests that meet a database on a private PostgreSQL server ({programs})")
        with private_server(programs) as address:
            second = run([*AGAIN, *arguments], database_url=address)
    else:
        say(LEFT_OUT)
        second = 0
    return first or second


def run(arguments: list[str], *, database_url: str) -> int:
    """One pytest run in its own process, three tests at a time, browsers' too; its exit code."""
    environment = {**os.environ, "DATABASE_URL": database_url}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # many tests start the product anew
    command = [sys.executable, "-m", "pytest", "-n", "3", "--dist", "worksteal", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def say(line: str) -> None:
    """Speak up between the runs."""
    print(f"\n=== {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
