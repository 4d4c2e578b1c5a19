"""`manage.py run`: everything a newcomer needs, from an empty folder to a page in the browser."""

import os
import signal
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import translation

from awards import serving
from awards.models import Person
from awards.translations import compile_stale
from awards.trouble import in_words

DEMONSTRATION_PASSWORD = "kvalitet-demo"  # noqa: S105 - public, and refused in production mode
STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Command(BaseCommand):
    """Prepares the database, starts the web server and the worker, and stops both on Ctrl+C."""

    help = "Prepare the database and serve on http://localhost:8000 (PORT= and DATA_DIR= change that)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="the port to serve on")

    def handle(self, *args, **options):
        try:
            port = self.free_port(options["port"])
            self.prepare()
            self.serve(port)
        except KeyboardInterrupt:
            self.refuse("Stopped before it was ready. Nothing is lost; run it again.")
        except (DatabaseError, OSError) as error:
            with translation.override("en"):
                sentence = in_words(error)
            if sentence is None:
                raise
            self.refuse(sentence)

    def free_port(self, text: str) -> int:
        """The port as a number, when it can be listened on; otherwise a sentence and the end."""
        port = int(text) if text.isascii() and text.isdigit() else 0
        if not 0 < port < 2**16:
            self.refuse(f"{text} is not a port. Choose a number between 1024 and 65535: make run PORT=8001")
        try:
            busy = serving.is_busy(port)
        except PermissionError:
            self.refuse(f"Port {port} needs an administrator. Choose one above 1023: make run PORT=8001")
        if busy:
            self.refuse(
                f"Port {port} is used by another program. Stop that one, or choose another port: "
                f"make run PORT={port + 1}"
            )
        return port

    def prepare(self) -> None:
        """Bring folder, translations, database and data up to date; each step says what it does."""
        self.say(f"Keeping data in {settings.DATA_DIR}")
        for folder in (settings.DATA_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        self.say("Translations ...")
        compile_stale()
        if settings.PRODUCTION:
            self.say("Static files ...")
            call_command("collectstatic", interactive=False, verbosity=0)
        self.say("Database ...")
        call_command("migrate", interactive=False, verbosity=0)
        self.load("Counties and municipalities ...", "load_reference")
        self.load("The award's history 2003-2025 ...", "load_history")
        if not settings.PRODUCTION:
            self.say("The demonstration world ...")
            call_command("demo", stdout=StringIO(), stderr=self.stderr)  # its sign-ins are said at the end

    def load(self, sentence: str, command: str) -> None:
        """Announce and run one of the loading commands; each of them keeps what is already there."""
        self.say(sentence)
        call_command(command, stdout=self.stdout, stderr=self.stderr)

    def serve(self, port: int) -> None:
        """Start both children, say where the product is, and watch them until told to stop."""
        stopping = threading.Event()
        before = {
            number: signal.signal(number, lambda *_: stopping.set())
            for number in (getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name))
        }
        children = []
        try:
            self.say("Web server and worker ...")
            children = self.start_children(port)
            if not serving.wait_until_healthy(port, children[0]):
                self.refuse("The web server did not start; the reason is above.")
            self.greet(port)
            self.watch(port, children, stopping)
        finally:
            serving.stop(children)
            for number, handler in before.items():
                signal.signal(number, handler)
        self.say("Stopped. The data is kept.")

    def start_children(self, port: int) -> list[subprocess.Popen]:
        """The web server first, then the worker."""
        commands = [serving.server_command(port)]
        if "worker" in get_commands():
            commands.append(serving.worker_command())
        return [self.start(command, port) for command in commands]

    def start(self, command: list[str], port: int) -> subprocess.Popen:
        """One child, told the address that links in letters begin with."""
        address = os.environ.get("BASE_URL") or f"http://localhost:{port}"
        return serving.start(command, folder=settings.BASE_DIR, environment={"BASE_URL": address})

    def watch(self, port: int, children: list[subprocess.Popen], stopping: threading.Event) -> None:
        """Until told to stop: end when the web server ends, start the worker anew when it ends."""
        while not stopping.wait(1):
            if children[0].poll() is not None:
                self.refuse("The web server ended; the reason is above. The data is kept.")
            if len(children) > 1 and children[1].poll() is not None:
                self.say("The worker ended; starting it anew.")
                stopping.wait(5)
                children[1] = self.start(serving.worker_command(), port)

    def greet(self, port: int) -> None:
        """Say where the product is and who may sign in. The address is a name: passkeys need one."""
        lines = ["", f"Ready: http://localhost:{port}"]
        people = Person.objects.filter(email__endswith="@demo.example").order_by("pk")
        if addresses := list(people.values_list("email", flat=True)):
            lines.append(f"Sign in with the password {DEMONSTRATION_PASSWORD} as")
            lines += [f"  {address}" for address in addresses]
        elif not Person.objects.exists():
            lines.append("Make the first organiser: python manage.py create_organiser EMAIL")
        self.say("\n".join([*lines, "Ctrl+C stops."]))

    def say(self, sentence: str) -> None:
        """A line that is seen at once, also through a pipe."""
        self.stdout.write(sentence)
        self.stdout.flush()

    def refuse(self, sentence: str) -> None:
        """Say why not, and end with exit code 1."""
        self.stderr.write(sentence)
        sys.exit(1)
