"""`manage.py archive_edition KEY --out DIR`: writes the package of an edition, and checks it."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from awards.models import Edition
from reports.actions.receipts import keep_receipt
from reports.archive.manifest import NAME
from reports.archive.package import DamagedPackageError, build_package
from reports.material_pack import sum_of
from reports.papers.reach import all_entries
from reports.permissions import PACKAGE

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """A rehearsal may be packed too. Who may read the package is the operator's matter from here on."""

    help = "Write everything of an edition into an empty folder, with a manifest, and verify it."

    def add_arguments(self, parser):
        parser.add_argument("key", metavar="KEY", help="such as 2027 or rehearsal-2027")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="an empty or new folder")

    def handle(self, *args, **options):
        edition = Edition.objects.select_related("award", "fair").filter(key=options["key"]).first()
        if edition is None:
            known = ", ".join(Edition.objects.order_by("key").values_list("key", flat=True)) or "none"
            self.refuse(f"There is no edition {options['key']}. Known: {known}.", NOT_UNDERSTOOD)
        try:
            made = build_package(edition, options["out"], now=timezone.now())
        except FileExistsError:
            self.refuse(f"{options['out']} is not empty. Nothing was written; name an empty folder.")
        except NotADirectoryError:
            self.refuse(f"{options['out']} is not a folder. Nothing was written.")
        except DamagedPackageError as damaged:
            self.refuse(f"The package is damaged, write it anew: {damaged}")
        except OSError as error:
            self.refuse(f"{options['out']} cannot be written: {error.strerror}.", NOT_UNDERSTOOD)
        keep_receipt(
            report=PACKAGE,
            format="folder",
            rows=all_entries(None, edition, timezone.now()).count(),
            sha256=sum_of(made.folder / NAME),
            edition=edition,
            by=None,
        )
        for line in made.missing:
            self.stderr.write(f"Left out: {line}")
        self.stdout.write(f"{made.files} files, {made.size} bytes, every SHA-256 checked: {made.folder}")

    def refuse(self, sentence: str, code: int = 1) -> None:
        """Say why not, and end."""
        self.stderr.write(sentence)
        sys.exit(code)
