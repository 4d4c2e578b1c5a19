"""`manage.py import_questionnaire FILE --edition KEY`: an edition's questions, from a file."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from awards.models import Edition
from nominees import questionnaire_files as files
from nominees.actions.questionnaires import give_questionnaire


class Command(BaseCommand):
    """Gives an edition a questionnaire; a fault is told with its place, and nothing is written."""

    help = "Give an edition its questionnaire; a second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FILE", help=f"a path, or one of {', '.join(files.shipped_codes())}"
        )
        parser.add_argument("--edition", required=True, metavar="KEY")

    def handle(self, *args, **options):
        edition = Edition.objects.filter(key=options["edition"]).select_related("fair").first()
        if edition is None:
            raise CommandError(f"There is no edition {options['edition']}.", returncode=2)
        try:
            questionnaire = self._read(options["file"])
            asked = give_questionnaire(edition=edition, questionnaire=questionnaire, by=None)
        except (files.QuestionnaireFileError, PermissionDenied) as trouble:
            raise CommandError(f"{trouble}\nNothing was imported.", returncode=2) from trouble
        except OSError as trouble:
            raise CommandError(f"{options['file']} cannot be read.", returncode=2) from trouble
        self.stdout.write(
            f"{edition.key} asks {len(asked)} questions in {len(questionnaire.sections)} sections."
        )

    def _read(self, name: str) -> files.Questionnaire:
        return files.shipped(name) if name in files.shipped_codes() else files.read(Path(name).read_bytes())
