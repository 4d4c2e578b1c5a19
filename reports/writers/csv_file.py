"""CSV that a Swedish Excel opens as it is: BOM, semicolons, decimal comma, text that starts no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, BinaryIO

from reports.cells import csv_text
from reports.columns import Column, Kind, plain
from reports.workbook.cached import number_text
from reports.writers.document import Document

SHORT = 100  # names and words come again and again; long texts do not, and are not kept
TEXTS = (Kind.TEXT, Kind.LONG, Kind.CODE)


def write_csv(document: Document, out: BinaryIO) -> int:
    """Write the first sheet row by row; gives how many rows."""
    sheet = document.sheets[0]
    cells = [_cell(column, document.language) for column in sheet.columns]
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([csv_text(str(column.label)) for column in sheet.columns])
    written = 0
    for row in sheet.rows:
        writer.writerow(
            [
                None if value is None or value == "" else cell(value)
                for cell, value in zip(cells, row, strict=True)
            ]
        )
        written += 1
    text.flush()
    text.detach()
    return written


def _cell(column: Column, language: str) -> Callable[[Any], str | None]:
    """What makes a value of this column the text of a cell."""
    comma = language == "sv"
    if column.kind in TEXTS:
        return _text

    def cell(value: Any) -> str | None:
        found = plain(column, value)
        if isinstance(found, str):
            return _text(found)
        if isinstance(found, datetime):
            return f"{found:%Y-%m-%d %H:%M}"
        if isinstance(found, int | float | Decimal):
            return number_text(found).replace(".", "," if comma else ".")
        return None if found is None else str(found)

    return _kept(cell) if column.kind in (Kind.WORD, Kind.MARK, Kind.FIGURE, Kind.COUNT) else cell


def _kept(cell: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    return lru_cache(maxsize=4096)(cell)


@lru_cache(maxsize=16_384)
def _short(text: str) -> str:
    return csv_text(text)


def _text(text: Any) -> str:
    text = str(text)
    return _short(text) if len(text) < SHORT else csv_text(text)
