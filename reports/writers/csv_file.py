"""CSV that a Swedish Excel opens as it is: BOM, semicolons, decimal comma, text that starts no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from reports.cells import csv_text
from reports.columns import Column, plain
from reports.workbook.cached import number_text
from reports.writers.document import Document

SHORT = 100  # names, words and figures come again and again; long texts do not, and are not kept
MOST = 16_384  # values of one column that are kept
BATCH = 1_000  # rows between two writes


class Texts(dict):
    """What each value of one column is as the text of a cell, worked out once for each short one."""

    def __init__(self, column: Column, language: str) -> None:
        super().__init__({None: "", "": ""})
        self._write = _writer(column, comma=language == "sv")

    def __missing__(self, value: Any) -> str:
        """A value that comes for the first time."""
        text = self._write(value)
        if len(text) < SHORT and len(self) < MOST:
            self[value] = text
        return text


def write_csv(document: Document, out: BinaryIO) -> int:
    """Write the first sheet row by row; gives how many rows."""
    sheet = document.sheets[0]
    texts = [Texts(column, document.language) for column in sheet.columns]
    waiting = io.StringIO(newline="")
    writer = csv.writer(waiting, delimiter=";", lineterminator="\r\n")
    waiting.write("\ufeff")
    writer.writerow([csv_text(str(column.label)) for column in sheet.columns])
    rows, written = iter(sheet.rows), 0
    while batch := list(islice(rows, BATCH)):
        writer.writerows([text[value] for text, value in zip(texts, row, strict=True)] for row in batch)
        written += len(batch)
        _flush(waiting, out)
    _flush(waiting, out)
    return written


def _flush(waiting: io.StringIO, out: BinaryIO) -> None:
    out.write(waiting.getvalue().encode())
    waiting.seek(0)
    waiting.truncate()


def _writer(column: Column, *, comma: bool) -> Callable[[Any], str]:
    """What makes a value of this column the text of a cell."""

    def write(value: Any) -> str:
        found = plain(column, value)
        if isinstance(found, str):
            return csv_text(found)
        if isinstance(found, datetime):
            return f"{found:%Y-%m-%d %H:%M}"
        if isinstance(found, int | float | Decimal):
            return number_text(found).replace(".", "," if comma else ".")
        return "" if found is None else str(found)

    return write
