"""`manage.py draw_states`: writes docs/states.md from the tables of moves."""

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.lives import lives_as_markdown


class Command(BaseCommand):
    """Writes the file anew; a test of the house fails while it is stale."""

    help = "Draw the tables of moves into docs/states.md."

    def handle(self, *args, **options):
        target = settings.BASE_DIR / "docs" / "states.md"
        target.write_text(lives_as_markdown(), encoding="utf-8")
        self.stdout.write("Wrote docs/states.md.")
