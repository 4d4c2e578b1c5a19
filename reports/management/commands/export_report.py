"""`manage.py export_report NAME --edition KEY --format xlsx --out FILE`: a report as a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.models import Edition, Person
from reports.catalogue.registry import all_reports, named
from reports.catalogue.report import Asked, Report, UnknownFilterError
from reports.columns import rows_in_words
from reports.exporting import Exported, export

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """Whoever may run commands on the server may have every report; `--as` asks for another's right."""

    help = "Write a report of an edition to a file. `list_reports` tells which there are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which report of which edition, in which format and language, to which file, for whom."""
        parser.add_argument("name", help="the report, such as contacts or scores_long")
        parser.add_argument(
            "--edition", required=True, help="the edition's key, such as 2015 or rehearsal-2027"
        )
        parser.add_argument("--format", default="xlsx", help="xlsx, csv, json or pdf")
        parser.add_argument("--out", required=True, type=Path, help="the file to write")
        parser.add_argument("--as", dest="email", help="e-mail address of the person whose right is asked")
        parser.add_argument("--query", default="", help="filters, columns and order, as in a list's address")
        parser.add_argument("--language", choices=["sv", "en"], default="sv")

    def handle(self, *, name: str, out: Path, **options: object) -> None:
        """Write it, or end with one sentence and exit code 2."""
        with override(options["language"]):
            report = _report(name, options["format"])
            asked = Asked(
                _edition(options["edition"]),
                _person(options["email"]),
                timezone.now(),
                QueryDict(options["query"]),
            )
            made = self._write(report, asked, options["format"], out)
            words = {"file": out, "rows": rows_in_words(made.rows), "hash": made.sha256}
            self.stdout.write(_("Wrote %(file)s: %(rows)s, SHA-256 %(hash)s.") % words)

    def _write(self, report: Report, asked: Asked, ending: str, out: Path) -> Exported:
        """Into a neighbour first, so that a file that stands there is whole at every moment."""
        try:
            handle, beside = tempfile.mkstemp(dir=out.parent, prefix=".report-")
        except OSError as error:
            _refuse(_("%(file)s cannot be written: %(why)s.") % {"file": out, "why": error.strerror})
        try:
            with os.fdopen(handle, "w+b") as file:
                made = export(report, asked, ending, file)
            Path(beside).replace(out)
        except (PermissionDenied, UnknownFilterError) as error:
            _refuse(str(error))
        except OSError as error:
            _refuse(_("%(file)s cannot be written: %(why)s.") % {"file": out, "why": error.strerror})
        finally:
            Path(beside).unlink(missing_ok=True)
        return made


def _report(name: str, ending: str) -> Report:
    report = named(name)
    if report is None:
        known = ", ".join(each.name for each in all_reports())
        _refuse(_("There is no report %(name)s. There are: %(known)s.") % {"name": name, "known": known})
    if ending not in report.formats:
        words = {"name": name, "format": ending, "known": ", ".join(report.formats)}
        _refuse(_("The report %(name)s does not come as %(format)s, only as %(known)s.") % words)
    return report


def _edition(key: str) -> Edition:
    found = Edition.objects.select_related("award", "fair").filter(key=key).first()
    if found is None:
        known = ", ".join(Edition.objects.values_list("key", flat=True)[:20]) or "–"
        _refuse(_("There is no edition %(key)s. There are: %(known)s.") % {"key": key, "known": known})
    return found


def _person(email: str | None) -> Person | None:
    if email is None:
        return None
    found = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        _refuse(_("Nobody here has the address %(email)s.") % {"email": email})
    return found


def _refuse(sentence: str) -> NoReturn:
    raise CommandError(sentence, returncode=NOT_UNDERSTOOD)
