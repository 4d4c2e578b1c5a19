"""Brings in a scoring model from a file."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from criteria import actions, activation, model_files
from criteria.file_fields import ModelFileError
from criteria.scoring import ScoringModel
from criteria.states import ModelState

LARGEST = 2_000_000  # bytes


class Command(BaseCommand):
    """`import_scoring_model FILE [--activate]`: keep a draft, say what is wrong with it, activate it."""

    help = "Bring in a scoring model from a JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether the model is taken into use at once."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--activate", action="store_true", help="take this version into use")

    def handle(self, *, file: Path, activate: bool, **options: object) -> None:
        """Bring it in, or end with one sentence and exit code 2."""
        tree = _read(file)
        problems = activation.check(tree)
        if activate and problems:
            raise CommandError("\n".join(str(problem) for problem in problems), returncode=2)
        try:
            row = actions.import_model(tree=tree, by=None)
            if activate and row.state == ModelState.DRAFT:
                row = actions.activate_model(model=row, by=None)
        except actions.ModelRefusedError as error:
            raise CommandError(str(error), returncode=2) from None
        words = {"code": row.code, "version": row.version, "state": row.get_state_display()}
        self.stdout.write(_("%(code)s, version %(version)s: %(state)s.") % words)
        for problem in problems:
            self.stdout.write(_("Before it can be activated: %(problem)s") % {"problem": problem})


def _read(file: Path) -> ScoringModel:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(
                _("%(file)s is too large to be a scoring model.") % {"file": file}, returncode=2
            )
        return model_files.read(file.read_bytes())
    except OSError as error:
        words = {"file": file, "why": error.strerror}
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % words, returncode=2) from None
    except ModelFileError as error:
        raise CommandError(f"{file}: {error}", returncode=2) from None
