"""A report becomes a file: written row by row, hashed, with a receipt of who took what."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language

from awards.formats import local, written_language
from awards.jobs import JobFile, Progress
from awards.models import Job
from reports.actions.receipts import keep_receipt
from reports.catalogue.report import Asked, Report
from reports.cells import XLSX_TYPE
from reports.columns import Sheet
from reports.jury_workbooks import title_of
from reports.shutting import note_hidden
from reports.writers.csv_file import write_csv
from reports.writers.document import Document
from reports.writers.json_file import write_json
from reports.writers.xlsx_file import write_xlsx

WRITERS = {"csv": write_csv, "json": write_json, "xlsx": write_xlsx}
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": XLSX_TYPE,
    "pdf": "application/pdf",
    "zip": "application/zip",
}
LARGE = 5_000  # a workbook with more rows than this is made in the background
IN_MEMORY = 4_000_000  # bytes of a file that need no place on the disk
EVERY = 1_000  # rows between two signs of how far it is


@dataclass(frozen=True)
class Exported:
    """What was written: how many rows, and the file's hash."""

    rows: int
    sha256: str


def file_name(report: Report, asked: Asked, ending: str) -> str:
    """What the file is called: the report in the reader's language, and the edition."""
    return f"{slugify(str(report.title), allow_unicode=True)}-{asked.edition.key}.{ending}"


def is_large(report: Report, ending: str, rows: int) -> bool:
    """Whether this format is better made in the background."""
    return ending in report.background or (ending == "xlsx" and rows > LARGE)


def temporary_file() -> IO[bytes]:
    """A file that is gone when it is closed; on the disk only when it is long."""
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)


def export(
    report: Report, asked: Asked, ending: str, out: IO[bytes], progress: Progress | None = None
) -> Exported:
    """Ask the report's verdict, write the file into `out`, and keep a receipt of it."""
    report.may(asked.by, asked.edition).require()
    rows = _write(report, asked, ending, out, progress)
    out.seek(0)
    exported = Exported(rows, hashlib.file_digest(out, "sha256").hexdigest())
    out.seek(0)
    if not (report.receipts and ending in report.writers):
        keep_receipt(
            report=report.receipt_name,
            format=ending,
            filters={name: asked.query.getlist(name) for name in asked.query},
            rows=exported.rows,
            sha256=exported.sha256,
            edition=asked.edition,
            by=asked.by,
        )
    return exported


def work(report: Report, job: Job, progress: Progress) -> JobFile:
    """Make an ordered report, for the worker."""
    note_hidden(job)
    ending = job.parameters["format"]
    asked = Asked(job.edition, job.person, timezone.now(), QueryDict(job.parameters.get("query", "")))
    with temporary_file() as out:
        export(report, asked, ending, out, progress)
        return JobFile(file_name(report, asked, ending), out.read())


def count(report: Report, asked: Asked) -> int:
    """How many rows it has, where it can be told beforehand."""
    return sum(each.count() for each in report.to_count(asked))


def _write(report: Report, asked: Asked, ending: str, out: IO[bytes], progress: Progress | None) -> int:
    if ending in report.writers:
        out.write(report.writers[ending](asked))
        return count(report, asked)
    document = document_of(report, asked)
    if progress is not None:
        sheets = _watched(document.sheets, progress, count(report, asked))
        document = replace(document, sheets=sheets)
    return WRITERS[ending](document, out)


def document_of(report: Report, asked: Asked) -> Document:
    """The report's rows with what stands around them."""
    edition = asked.edition
    return Document(
        name=report.name,
        title=str(report.title),
        edition=title_of(edition),
        key=edition.key,
        language=written_language(get_language()),
        made_at=local(asked.now),
        sheets=tuple(report.sheets(asked)),
    )


def _watched(sheets: Sequence[Sheet], progress: Progress, rows: int) -> tuple[Sheet, ...]:
    """The sheets with rows that tell how far they are; the first one is the one that is counted."""
    first, *others = sheets
    return (replace(first, rows=_telling(first.rows, progress, max(rows, 1))), *others)


def _telling(rows: Iterable[Sequence], progress: Progress, total: int) -> Iterator[Sequence]:
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            progress(min(number, total), total)
        yield row
