"""`manage.py wipe_rehearsals [KEY ...]`: takes rehearsals away wholly, after asking."""

import sys

from django.core.management.base import BaseCommand

from awards.actions.rehearsals import forget_demonstration_people, wipe_rehearsal
from awards.models import Edition

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """Real editions cannot be wiped."""

    help = "Wipe rehearsals (all, or those named) with everything in them, their journal too."

    def add_arguments(self, parser):
        parser.add_argument(
            "keys", nargs="*", metavar="KEY", help="such as rehearsal-2027; all when left out"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args, **options):
        chosen = self.chosen(options["keys"])
        if not chosen:
            self.stdout.write("There are no rehearsals; nothing was changed.")
            return
        names = ", ".join(edition.key for edition in chosen)
        if not options["yes"] and not self.agrees(names):
            self.stdout.write("Nothing was changed.")
            return
        for edition in chosen:
            wipe_rehearsal(edition=edition, by=None)
        forget_demonstration_people(by=None)
        self.stdout.write(f"Wiped {names}.")

    def chosen(self, keys: list[str]) -> list[Edition]:
        """The rehearsals named, or all; a key that is none is answered with a sentence."""
        rehearsals = {edition.key: edition for edition in Edition.objects.filter(is_rehearsal=True)}
        for key in keys:
            if key not in rehearsals:
                known = ", ".join(sorted(rehearsals)) or "none"
                self.stderr.write(f"There is no rehearsal {key}. Known: {known}.")
                sys.exit(NOT_UNDERSTOOD)
        return [rehearsals[key] for key in dict.fromkeys(keys)] if keys else list(rehearsals.values())

    def agrees(self, names: str) -> bool:
        """Ask at the terminal; no answer is a no."""
        self.stdout.write(f"This wipes {names} for ever. Type yes to go on: ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() in ("yes", "ja")
