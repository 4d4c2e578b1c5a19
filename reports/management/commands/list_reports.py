"""`manage.py list_reports`: every report by its name, with its formats and what it holds."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from reports.catalogue.registry import all_reports


class Command(BaseCommand):
    """What `export_report` can be asked for."""

    help = "List every report with its formats and what it holds."

    def add_arguments(self, parser: CommandParser) -> None:
        """In which language."""
        parser.add_argument("--language", choices=["sv", "en"], default="sv")

    def handle(self, *, language: str, **options: object) -> None:
        """One line each."""
        reports = all_reports()
        widest = max(len(report.name) for report in reports)
        with override(language):
            for report in reports:
                formats = ",".join(report.formats)
                self.stdout.write(f"{report.name:<{widest}}  {formats:<14}  {report.title}. {report.about}")
