"""The worker as a process of its own: it works until it is told to stop, and then stops in order."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from awards import due
from awards.actions.letters import queue_letter
from awards.letters import LetterText
from awards.models import JournalEntry, Letter, Stage
from tests.mail_server import mail_server

__all__ = ["mail_server"]
pytestmark = pytest.mark.django_db(transaction=True)


def database_url():
    """The test database as a process of its own reaches it."""
    names = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{names['NAME']}"
    who = f"{names['USER']}:{names['PASSWORD']}" if names["PASSWORD"] else names["USER"]
    socket = names["OPTIONS"].get("host")
    where = f"?host={quote(socket, safe='')}" if socket else ""
    return f"postgres://{who}@{names['HOST']}:{names['PORT'] or 5432}/{names['NAME']}{where}"


def start_worker(port):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "awards.settings",
    }
    command = [sys.executable, "manage.py", "worker"]
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True
    )


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def test_worker_sends_what_comes_and_stops_in_order(story, mail_server):
    def write(number):
        queue_letter(text=LetterText(f"Brev {number}", "Text"), purpose="news", to=story.contact)

    worker = start_worker(mail_server.port)
    try:
        write(1)
        assert wait_for(lambda: len(mail_server.letters) == 1)
        write(2)
        assert wait_for(lambda: Letter.objects.filter(state="sent").count() == 2)
        worker.send_signal(signal.SIGTERM)
        _out, said = worker.communicate(timeout=30)
    finally:
        worker.kill()

    assert worker.returncode == 0
    assert "Traceback" not in said
    assert [letter["Subject"] for letter in mail_server.letters] == ["Brev 1", "Brev 2"]


def test_worker_moves_the_stages_that_the_clock_moves(story):
    Stage.objects.filter(edition=story.call, kind="call").update(
        advances_by_itself=True, closes_at=timezone.now()
    )
    Stage.objects.filter(edition=story.call, kind="scoring").update(
        advances_by_itself=True, opens_at=timezone.now()
    )
    call_command("worker", "--once")

    assert list(story.call.stages.values_list("kind", "state"))[:2] == [
        ("call", "closed"),
        ("scoring", "open"),
    ]
    of_stages = JournalEntry.objects.filter(thing="stage").order_by("pk")
    assert list(of_stages.values_list("verb", "person_id")) == [
        ("close_stage", None),
        ("open_stage", None),
    ]


def test_worker_leaves_stages_that_people_move(story):
    Stage.objects.filter(edition=story.call).update(opens_at=None, closes_at=timezone.now())
    call_command("worker", "--once")

    assert list(story.call.stages.values_list("state", flat=True)) == ["open", *["ahead"] * 4]


def test_due_work_that_breaks_keeps_nobody_else_from_theirs(monkeypatch):
    def broken(_now):
        raise RuntimeError

    monkeypatch.setattr(due, "_work", [broken, lambda _now: 2])

    assert due.run(timezone.now()) == 2
