"""`manage.py compile_translations`: gives the installation its languages, without gettext."""

from django.core.management.base import BaseCommand

from awards.translations import compile_stale


class Command(BaseCommand):
    """Compiles what has changed since last time."""

    help = "Compile the translations that have changed (--force: all of them)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="compile also what is up to date")

    def handle(self, *args, **options):
        compiled = compile_stale(force=options["force"])
        if compiled:
            self.stdout.write(f"Compiled {len(compiled)} translations.")
        else:
            self.stdout.write("The translations are up to date.")
