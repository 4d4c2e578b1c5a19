"""`manage.py export_jury_workbook`: the organiser's workbook of an edition, or one juror's, as a file."""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from awards.models import Edition
from reports.jury_workbooks import Issued, juror_workbook, jurors_of, organiser_workbook, round_of

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """Whoever may run commands on the server sees all scores: nothing is sealed here."""

    help = "Write the jury workbook of an edition (all nominations, a column per juror) or of one juror."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which edition, which juror, in which language, to which file."""
        parser.add_argument(
            "--edition", required=True, help="the edition's key, such as 2015 or rehearsal-2027"
        )
        parser.add_argument("--juror", help="e-mail address of one juror: that juror's own workbook")
        parser.add_argument("--language", choices=["sv", "en"], help="sv unless the juror has chosen")
        parser.add_argument("--out", required=True, help="the file to write")

    def handle(self, *, edition: str, juror: str | None, out: str, **options: object) -> None:
        """Build and write; what cannot be done is one sentence and exit code 2."""
        found = Edition.objects.select_related("award", "fair").filter(key=edition).first()
        if found is None:
            known = ", ".join(Edition.objects.values_list("key", flat=True)[:20]) or "none yet"
            self.refuse(f"There is no edition {edition}. Known: {known}.")
        issued = (
            self.of_juror(found, juror, options["language"])
            if juror
            else self.of_all(found, options["language"])
        )
        try:
            Path(out).write_bytes(issued.content)
        except OSError as error:
            self.refuse(f"{out} cannot be written: {error.strerror}")
        self.stdout.write(f"Wrote {out}: {issued.rows} nominations, SHA-256 {issued.sha256}.")

    def of_all(self, edition: Edition, language: str | None) -> Issued:
        """The organiser's workbook."""
        scoring_round = round_of(edition)
        return organiser_workbook(
            edition, scoring_round, now=timezone.now(), language=language or "sv", sealed=False, by=None
        )

    def of_juror(self, edition: Edition, email: str, language: str | None) -> Issued:
        """One juror's own."""
        now = timezone.now()
        scoring_round = round_of(edition)
        if scoring_round is None:
            self.refuse(f"The edition {edition.key} has no round of scoring, and so no jurors.")
        seats = jurors_of(scoring_round, now).filter(person__email=email.strip().lower())
        juror = seats.first()
        if juror is None:
            self.refuse(f"{email} is no juror with anything to read in {edition.key}.")
        language = language or juror.person.language
        return juror_workbook(juror, scoring_round, now=now, language=language, by=None)

    def refuse(self, sentence: str) -> None:
        """Say what was not understood, and end with exit code 2."""
        self.stderr.write(sentence)
        sys.exit(NOT_UNDERSTOOD)
