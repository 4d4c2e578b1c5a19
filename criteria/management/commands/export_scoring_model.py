"""Writes a scoring model as a file."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from criteria import model_files, preset_files
from criteria.definitions import tree_of
from criteria.models import ScoringModel
from criteria.scoring import ScoringModel as Tree


class Command(BaseCommand):
    """`export_scoring_model CODE [--model-version N] [--out FILE]`: one from here, or that ships with us."""

    help = "Write a scoring model as a JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which model, which version, and where to."""
        parser.add_argument("code")
        parser.add_argument("--model-version", type=int, help="the latest when left out")
        parser.add_argument("--out", type=Path, help="a file; the terminal when left out")

    def handle(self, *, code: str, model_version: int | None, out: Path | None, **options: object) -> None:
        """Write it, or end with one sentence and exit code 2."""
        content = model_files.write(_find(code, model_version))
        if out is None:
            self.stdout.write(content, ending="")
            return
        try:
            out.write_text(content, encoding="utf-8")
        except OSError as error:
            words = {"file": out, "why": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(why)s.") % words, returncode=2) from None
        self.stdout.write(str(out))


def _find(code: str, version: int | None) -> Tree:
    rows = ScoringModel.objects.filter(code=code).order_by("-version")
    row = (rows.filter(version=version) if version else rows).first()
    if row is not None:
        return tree_of(row)
    if version is None and code in preset_files.preset_codes():
        return preset_files.preset(code)
    raise CommandError(_("There is no scoring model %(code)s here.") % {"code": code}, returncode=2)
