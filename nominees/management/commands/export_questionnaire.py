"""`manage.py export_questionnaire --edition KEY`: an edition's questions as a file that can be imported."""

from django.core.management.base import BaseCommand, CommandError

from awards.models import Edition
from nominees.actions.questionnaires import questionnaire_of
from nominees.questionnaire_files import write


class Command(BaseCommand):
    """Writes the questionnaire to the terminal."""

    help = "Write an edition's questionnaire as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--edition", required=True, metavar="KEY")

    def handle(self, *args, **options):
        edition = Edition.objects.filter(key=options["edition"]).select_related("fair").first()
        if edition is None:
            raise CommandError(f"There is no edition {options['edition']}.", returncode=2)
        self.stdout.write(write(questionnaire_of(edition)), ending="")
