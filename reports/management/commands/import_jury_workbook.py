"""`manage.py import_jury_workbook`: what a juror's workbook would change; with --apply it does."""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import override

from awards.models import Person
from awards.trouble import in_words
from criteria import actions
from reports.workbook.archive import LARGEST_FILE, WorkbookError
from reports.workbook_import import ChangeLine, DryRun, dry_run, seats_of
from reports.workbook_offer import offer_of

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """The same as the page: nothing is written without --apply, and then everything or nothing."""

    help = "Compare a juror's filled-in workbook with the site, and save it with --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, whose, and whether to write."""
        parser.add_argument("file", help="the .xlsx that the juror filled in")
        parser.add_argument("--as", dest="email", required=True, help="the juror's e-mail address")
        parser.add_argument("--apply", action="store_true", help="save the changes")
        parser.add_argument(
            "--conflicts",
            choices=["site", "workbook"],
            help="what holds where the site is newer; without it, a file with conflicts is not saved",
        )

    def handle(
        self, *, file: str, email: str, apply: bool, conflicts: str | None, **_options: object
    ) -> None:
        """Compare, print, and save when asked to; what cannot be done is one sentence and exit code 2."""
        person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            self.refuse(f"There is nobody with the address {email}.")
        with override(person.language or "sv"):
            found = self.compare(person, self.read(file))
            self.show(found)
            if apply and found.has_something:
                self.save(person, found, conflicts)

    def read(self, file: str) -> bytes:
        """The file's bytes; one byte more than is allowed is enough to refuse."""
        try:
            with Path(file).open("rb") as stream:
                return stream.read(LARGEST_FILE + 1)
        except OSError as error:
            self.refuse(f"{file} cannot be read: {error.strerror}.")

    def compare(self, person: Person, content: bytes) -> DryRun:
        """The dry run."""
        now = timezone.now()
        seats = seats_of(person, now)
        if not seats:
            self.refuse(f"{person.email} is no juror with anything to score now.")
        try:
            return dry_run(person, seats, content, now=now, language=person.language or "sv")
        except WorkbookError as error:
            self.refuse(str(error.says))

    def show(self, found: DryRun) -> None:
        """One line for each changed cell, conflict and problem."""
        for line in found.changes:
            self.stdout.write(_in_words(line))
        for line in found.conflicts:
            self.stdout.write(f"CONFLICT {_in_words(line)}")
        for problem in found.problems:
            self.stdout.write(f"NOT READ {problem.place}: {problem.says}")
        self.stdout.write(
            f"{len(found.changes)} changed, {len(found.conflicts)} newer on the site, "
            f"{len(found.problems)} not read, {found.unchanged} unchanged. SHA-256 {found.sha256}."
        )

    def save(self, person: Person, found: DryRun, conflicts: str | None) -> None:
        """Everything or nothing."""
        if found.conflicts and conflicts is None:
            self.refuse("The site is newer in places. Say --conflicts site or --conflicts workbook.")
        chosen = range(len(found.conflicts)) if conflicts == "workbook" else ()
        papers = offer_of(found).papers(chosen)
        number = 0
        try:
            if papers:
                number = actions.import_sheets(
                    scoring_round=found.scoring_round,
                    papers=papers,
                    sha256=found.sha256,
                    workbook=found.workbook,
                    now=timezone.now(),
                    by=person,
                )
        except actions.SheetsMovedError:
            self.refuse("Something was saved on the site meanwhile. Nothing was written. Try again.")
        except PermissionDenied as refusal:
            self.refuse(str(refusal))
        except DatabaseError as error:
            if (sentence := in_words(error)) is None:
                raise
            self.refuse(sentence)
        self.stdout.write(f"Saved {number} changes.")

    def refuse(self, sentence: str) -> None:
        """Say what was not understood, and end with exit code 2."""
        self.stderr.write(sentence)
        sys.exit(NOT_UNDERSTOOD)


def _in_words(line: ChangeLine) -> str:
    what = f"{line.criterion}, {line.field}" if line.criterion else line.field
    return f"{line.place} {line.entry}: {what}: {line.old!r} -> {line.new!r}"
