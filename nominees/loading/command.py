"""What both loading commands do: choose the files, load, and say in words how it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation

from awards.trouble import in_words
from nominees.loading.tables import SHIPPED, DataTroubleError, Shelf
from nominees.loading.writing import Changes


class LoadingCommand(BaseCommand):
    """Loads files; wrong ones are told row by row with exit code 2, and nothing is written."""

    load: Callable[[Shelf], Changes]

    def add_arguments(self, parser):
        parser.add_argument(
            "--from", dest="folder", type=Path, default=SHIPPED, metavar="DIR",
            help="take the files of this folder; the product's own where it lacks one",
        )  # fmt: skip

    def handle(self, *args, **options):
        folder = options["folder"]
        if not Path(folder).is_dir():
            raise CommandError(f"{folder} is not a folder.", returncode=2)
        try:
            changes = self.load(Shelf(Path(folder)))
        except DataTroubleError as trouble:
            lines = "\n".join(trouble.lines)
            raise CommandError(f"{lines}\nNothing was loaded.", returncode=2) from trouble
        except (DatabaseError, OSError) as error:
            with translation.override("en"):
                sentence = in_words(error)
            if sentence is None:
                raise
            raise CommandError(sentence) from error
        self.stdout.write(changes.sentence)
