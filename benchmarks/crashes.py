"""The crash loop: contacts write, upload and send in while the server or the worker is killed unwarned.

Each round lets three contacts work, kills the whole process group of the server or of the worker, or one of
the server's processes, at a moment drawn from the seed (kill -9), checks every mark of `crash_marks`, and
starts anew what was killed. At the end the worker clears up, and nothing may be left over: no letter unsent,
no job running, no file without a row.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import override_settings
from django.utils import timezone

from awards import serving
from awards.actions.jobs import SILENT_FOR, start_job
from awards.models import Job, Letter
from awards.outbox import LEASE
from awards.states import JobState, LetterState
from awards.stray_files import KEPT_FOR
from benchmarks.contact import Contact
from benchmarks.crash_marks import Marks, strays
from nominees.models import Material, Question
from nominees.states import MaterialState
from tests.mail_server import MailServer, mailed
from tests.mail_server import serving as mail_serving
from tests.story import Story, tell

SEED, ROUNDS = 20290305, 100
CONTACTS = 3
TARGETS = ("server", "process", "worker")
LONGEST = 1.6  # seconds of work before the kill
Say = Callable[[str], None]


class Crew:
    """The server and the worker as processes, each in a group of its own."""

    def __init__(self, mail_port: int = 0) -> None:
        self.port = _free_port()
        self.environment = {
            "BASE_URL": f"http://localhost:{self.port}",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        }
        self.members: dict[str, subprocess.Popen] = {}
        self.mail = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": mail_port,
        }
        self.log = Path(settings.DATA_DIR, "crashes.log")

    def start(self, *names: str) -> None:
        """Start these, and wait until the server answers."""
        # Preloaded, so that its two processes cost the reading of the code once.
        server = [*serving.server_command(self.port), "--preload"]
        commands = {"server": server, "worker": serving.worker_command()}
        for name in names:
            self.members[name] = self._start(commands[name])
        if "server" in names and not serving.wait_until_healthy(self.port, self.members["server"]):
            raise RuntimeError("the server did not start")

    def kill(self, name: str) -> None:
        """No word of warning, to the whole group; or to one of the server's processes, begotten anew."""
        if name == "process":
            os.kill(self.processes()[0], signal.SIGKILL)
            return
        member = self.members.pop(name)
        os.killpg(member.pid, signal.SIGKILL)
        member.wait()

    def processes(self) -> list[int]:
        """The server's own processes, by number."""
        told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
        pairs = (map(int, line.split()) for line in told.stdout.splitlines())
        return sorted(pid for pid, parent in pairs if parent == self.members["server"].pid)

    def stop(self) -> None:
        """As the product itself stops them."""
        serving.stop(list(self.members.values()))
        self.members = {}

    def _start(self, command: list[str]) -> subprocess.Popen:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def crash(rounds: int = ROUNDS, seed: int = SEED, say: Say = print) -> list[str]:
    """Run the loop on the settings' own database, which must be new; gives what did not hold."""
    say(f"{rounds} rounds, seed {seed}")
    dice = random.Random(seed)  # noqa: S311 - moments, no secret
    story = tell()
    for edition in (story.edition, story.call):
        mailed(edition)
    Question.objects.update(word_limit=2_000)  # five kilobytes are more words than the story's questions take
    with mail_serving() as mail, _crew(mail) as crew:
        contacts = _contacts(story, crew, dice)
        marks = Marks(contacts)
        crew.start("worker", "server")
        found: list[str] = []
        for number in range(1, rounds + 1):
            name, moment = _round(crew, contacts, story, dice, number)
            killed = f"killed the {name} after {moment:.2f} s"
            found += [f"round {number}, {killed}: {text}" for text in marks.broken()]
            if name not in crew.members:
                crew.start(*{"server", "worker"} - set(crew.members))
            say(f"round {number:>3}: {killed}; {_so_far(contacts)}; broken: {len(found)}")
        crew.kill("worker")
        found += _left_over(mail, crew)
        if found:
            say(crew.log.read_text(encoding="utf-8", errors="replace")[-20_000:])
        return found


def _round(
    crew: Crew, contacts: list[Contact], story: Story, dice: random.Random, number: int
) -> tuple[str, float]:
    """Let all work, kill one, and wait until everything that was under way has ended."""
    if number % 25 == 1:
        start_job(kind="juror_workbooks", edition=story.edition, by=story.organiser)
    name = dice.choice(TARGETS)
    moment = dice.uniform(0.05, LONGEST)
    ready, until = threading.Barrier(len(contacts) + 1), threading.Event()
    threads = [threading.Thread(target=each.work, args=[ready, until]) for each in contacts]
    for thread in threads:
        thread.start()
    ready.wait()
    time.sleep(moment)
    crew.kill(name)
    until.set()
    for thread in threads:
        thread.join()
    _wait_for_the_database()
    return name, moment


def _wait_for_the_database() -> None:
    """A PostgreSQL server may still be finishing what a dead client had asked for."""
    if connection.vendor != "postgresql":
        return
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start < now()"
    for _try in range(100):
        with connection.cursor() as cursor:
            cursor.execute(f"{asked} AND pid <> pg_backend_pid()")
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)


def _left_over(mail: MailServer, crew: Crew) -> list[str]:
    """What is unfinished after the worker has come round and the time of what it left behind has passed.

    The time is moved here instead of waited for.
    """
    Letter.objects.filter(state=LetterState.SENDING).update(claimed_at=timezone.now() - 2 * LEASE)
    _unfinished().update(touched_at=timezone.now() - 2 * SILENT_FOR)
    _age(Path(settings.MEDIA_ROOT), Path(settings.FILE_UPLOAD_TEMP_DIR))
    for _round in range(10):
        cache.clear()
        with override_settings(**crew.mail):
            call_command("worker", once=True)
        if not (_unsent().exists() or _unchecked().exists() or _unfinished().exists()):
            break
    told = Counter(letter["Message-ID"] for letter in mail.letters)
    found = [f"letter {letter.pk} is {letter.state}" for letter in _unsent()]
    found += [f"material {material.pk} is {material.state}" for material in _unchecked()]
    found += [f"job {job.pk} is {job.state}" for job in _unfinished()]
    found += [f"the file {name} belongs to no row" for name in strays()]
    found += [f"an upload was left: {path.name}" for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()]
    receipts = Letter.objects.filter(purpose="receipt").count()
    if len(told) != Letter.objects.count():
        found.append(f"{Letter.objects.count()} letters, {receipts} of them receipts; {len(told)} came")
    return found


def _unsent() -> QuerySet:
    return Letter.objects.exclude(state=LetterState.SENT)


def _unchecked() -> QuerySet:
    return Material.objects.exclude(state=MaterialState.READY)


def _unfinished() -> QuerySet:
    return Job.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING))


def _age(*folders: Path) -> None:
    """Make every file old enough to be swept."""
    then = time.time() - 2 * KEPT_FOR.total_seconds()
    for folder in folders:
        for path in folder.rglob("*"):
            os.utime(path, (then, then))


def _contacts(story: Story, crew: Crew, dice: random.Random) -> list[Contact]:
    """The first few contacts of the call, each with dice of her own."""
    codes = sorted(story.drafts)[:CONTACTS]
    base = f"http://localhost:{crew.port}"
    return [
        Contact(story.drafts[code], story.contacts[code], base, random.Random(dice.random()))  # noqa: S311
        for code in codes
    ]


def _so_far(contacts: list[Contact]) -> str:
    saves = sum(each.saves for each in contacts)
    files = sum(len(each.files) for each in contacts)
    return f"{saves} saves, {files} files, {sum(len(each.sent_in) for each in contacts)} times sent in"


@contextmanager
def _crew(mail: MailServer) -> Iterator[Crew]:
    crew = Crew(mail.port)
    try:
        yield crew
    finally:
        crew.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
