"""`manage.py worker`: sends letters, does ordered work and moves what the clock moves, until told to stop."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone, translation
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from awards import due, outbox
from awards.trouble import in_words

logger = logging.getLogger(__name__)
STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
PAUSE_SECONDS = 2.0
DUE_EVERY_ROUNDS = 15


class Command(BaseCommand):
    """One worker. Several may run: letters and tasks are claimed, never shared."""

    help = "Send what is due and do the work in the background; stops on Ctrl+C or SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args, **options):
        self.stopping = threading.Event()
        if options["once"]:
            self.work(with_the_clock=True)
            return
        before = self.listen()
        try:
            self.go_on()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            connections.close_all()

    def listen(self) -> dict:
        """Stop between two pieces of work when told to; gives the handlers that were there before."""
        numbers = [getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name)]
        return {number: signal.signal(number, lambda *_: self.stopping.set()) for number in numbers}

    def go_on(self) -> None:
        """Round after round; a database that is away for a moment is waited for."""
        rounds = 0
        while not self.stopping.is_set():
            close_old_connections()
            try:
                self.work(with_the_clock=rounds % DUE_EVERY_ROUNDS == 0)
            except DatabaseError as error:
                with translation.override("en"):
                    logger.warning("%s", in_words(error) or error)
                connections.close_all()
            rounds += 1
            self.stopping.wait(PAUSE_SECONDS)

    def work(self, *, with_the_clock: bool) -> None:
        """One round: the clock's work first, for it may queue letters."""
        if with_the_clock:
            due.run(timezone.now())
        outbox.send_due(timezone.now, self.stopping.is_set)
        if not self.stopping.is_set():
            self.do_tasks()

    def do_tasks(self) -> None:
        """Run the tasks that wait, one after another, and come back when there is none."""
        worker = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"worker-{id(self.stopping)}",
            excluded_queue_names=[],
        )
        worker.run()
