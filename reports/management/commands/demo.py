"""`manage.py demo`: loads the demonstration world, once; what is there already is kept."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.demonstration import script, world


class Command(BaseCommand):
    """Refuses where the award is real."""

    help = "Load three rehearsals with invented people, texts and scores."

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            self.refuse("Production mode has no demonstration: its accounts have a public password.")
        if needed := world.missing():
            commands = " and then ".join(f"manage.py {name}" for name in needed)
            self.refuse(f"The demonstration needs the municipalities and the history. Run {commands} first.")
        made = world.load(timezone.now())
        if not made:
            self.stdout.write("The demonstration world is already here; nothing was changed.")
            return
        self.stdout.write(f"Made {', '.join(made)}. Sign in with the password {script.PASSWORD} as")
        for address in world.accounts():
            self.stdout.write(f"  {address}")

    def refuse(self, sentence: str) -> None:
        """Say why not, and end with exit code 1."""
        self.stderr.write(sentence)
        sys.exit(1)
