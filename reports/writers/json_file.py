"""JSON for machines: keys, codes and times as they are, å, ä and ö as they are, rows written one by one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from reports.columns import Formula, Sheet
from reports.writers.document import Document

BATCH = 500  # rows between two writes


def write_json(document: Document, out: BinaryIO) -> int:
    """Write `{"report", "edition", "made_at", "rows": [...], "count": n}`; gives how many rows.

    Further sheets stand under "sheets" by their names, each a list of the same kind.
    """
    head = {"report": document.name, "edition": document.key, "made_at": document.made_at.isoformat()}
    out.write(_text(head)[:-1].encode() + b',"rows":[')
    first, *others = document.sheets
    count = _rows(first, out)
    out.write(f'],"count":{count}'.encode())
    if others:
        out.write(b',"sheets":{')
        for number, sheet in enumerate(others):
            out.write(f"{',' if number else ''}{_text(sheet.name)}:[".encode())
            _rows(sheet, out)
            out.write(b"]")
        out.write(b"}")
    out.write(b"}\n")
    return count


def _rows(sheet: Sheet, out: BinaryIO) -> int:
    keys = [column.key for column in sheet.columns]
    rows = iter(sheet.rows)
    number = 0
    while batch := list(islice(rows, BATCH)):
        text = ",".join(_text(dict(zip(keys, row, strict=True))) for row in batch)
        out.write(f"{',' if number else ''}{text}".encode())
        number += len(batch)
    return number


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_written, separators=(",", ":"))


def _written(value: Any) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Formula):
        return value.shown
    if isinstance(value, Sequence):
        return list(value)
    return str(value)
