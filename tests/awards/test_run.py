"""`manage.py run` as a newcomer meets it: a process that starts from nothing, serves and stops."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "manage.py", "run"]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(folder, port, **more):
    own = {"DATA_DIR": str(folder), "PORT": str(port), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
    inherited = {name: value for name, value in os.environ.items() if name not in ("TESTING", "BASE_URL")}
    return {**inherited, **own, **more}


def _run(folder, port, **more):
    return subprocess.run(
        COMMAND,
        cwd=ROOT,
        env=_environment(folder, port, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": f"localhost:{port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def test_run_serves_from_an_empty_folder_and_stops(tmp_path, port):
    lines = []
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=_environment(tmp_path, port), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            for line in process.stdout:
                lines.append(line.rstrip())
                if "Ctrl+C" in line:
                    break
            health = _get(port, "/healthz")
            start_page = _get(port, "/")[0]
        finally:
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read().splitlines()
            code = process.wait(timeout=60)

    assert (health, start_page, rest[-1], code) == ((200, "ok"), 200, "Stopped. The data is kept.", 0)
    assert [f"Ready: http://localhost:{port}"] == [line for line in lines if line.startswith("Ready")]
    assert "  organiser@demo.example" in lines
    with pytest.raises(ConnectionRefusedError):
        _get(port, "/healthz")


def test_run_says_so_when_the_port_is_busy(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = _run(tmp_path, port)

    sentence = (
        f"Port {port} is used by another program. Stop that one, or choose another port: "
        f"make run PORT={port + 1}\n"
    )
    assert (refused.returncode, refused.stderr, refused.stdout) == (1, sentence, "")


def test_run_says_so_when_the_port_is_no_number(tmp_path):
    refused = _run(tmp_path, "eight")

    sentence = "eight is not a port. Choose a number between 1024 and 65535: make run PORT=8001\n"
    assert (refused.returncode, refused.stderr) == (1, sentence)


def test_run_says_so_when_the_data_folder_is_a_file(tmp_path, port):
    (tmp_path / "data").write_text("not a folder")

    refused = _run(tmp_path / "data", port)

    sentence = f"{tmp_path / 'data'} is not a folder that can be used. Choose another DATA_DIR.\n"
    assert (refused.returncode, refused.stderr) == (1, sentence)


def test_run_says_so_when_the_database_does_not_answer(tmp_path, port):
    refused = _run(tmp_path, port, DATABASE_URL=f"postgres://nobody@127.0.0.1:{port}/nothing")

    sentence = (
        "The database server does not answer. Nothing was changed. Check that it runs and DATABASE_URL.\n"
    )
    assert (refused.returncode, refused.stderr) == (1, sentence)
