"""Rows first, format last: the same rows as CSV, XLSX and JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports import cells


@dataclass(frozen=True)
class Table:
    """Plain rows under the keys that outsiders know; `name` is the file's, `title` the sheet's."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Format:
    """A file format: its ending, what browsers call it, and how a table is written in it."""

    ending: str
    content_type: str
    write: Callable[[Table], bytes]


def table(name: str, title: str, columns: Sequence[str], rows: Iterable[object]) -> Table:
    """A table of the named attributes of each row."""
    columns = tuple(columns)
    return Table(name, title, columns, tuple(tuple(getattr(row, name) for name in columns) for row in rows))


def csv_file(wanted: Table) -> bytes:
    """UTF-8 with BOM, semicolons, the keys as header, text that no spreadsheet takes for a formula."""
    return cells.csv_bytes(wanted.columns, ([_flat(value) for value in row] for row in wanted.rows))


def xlsx_file(wanted: Table) -> bytes:
    """One sheet, the header frozen; codes stay text with their leading zeros, numbers are numbers."""
    rows = [[_flat(value) for value in row] for row in wanted.rows]
    return cells.xlsx_bytes(wanted.title, wanted.columns, rows)


def json_file(wanted: Table) -> bytes:
    """`{"count": n, "rows": [{key: value, ...}, ...]}`; lists stay lists, what is not known is null."""
    rows = [dict(zip(wanted.columns, row, strict=True)) for row in wanted.rows]
    return json_bytes({"count": len(rows), "rows": rows})


def json_bytes(content: object) -> bytes:
    """JSON with å, ä and ö as they are."""
    return json.dumps(content, ensure_ascii=False, default=_written, separators=(",", ":")).encode()


def fingerprint(*parts: object) -> str:
    """The same for the same rows in the same format, whenever they are written: what an ETag is."""
    return hashlib.sha256(json_bytes(parts)).hexdigest()[:32]


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in a table")


def _flat(value: object) -> str | int | float | None:
    """A value as one cell: several with commas between, dates and truths in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return value


FORMATS = {
    each.ending: each
    for each in (
        Format("csv", "text/csv; charset=utf-8", csv_file),
        Format("xlsx", cells.XLSX_TYPE, xlsx_file),
        Format("json", "application/json; charset=utf-8", json_file),
    )
}
