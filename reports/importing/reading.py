"""An uploaded file as a table of plain texts, and what is odd in single cells; no database, no words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from defusedxml import ElementTree

from reports.cells import column_letter
from reports.importing.texts import TableError, rows_of, text_of
from reports.workbook.archive import Archive, WorkbookError
from reports.workbook.raw_sheets import RawCell, RawSheet, read_sheets

LARGEST_FILE = 5 * 2**20  # bytes
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_SIGNS = 2_000_000  # in all cells together
EPOCH, OTHER_EPOCH = date(1899, 12, 30), date(1904, 1, 1)
LAST_SERIAL = 2_958_465  # 9999-12-31
WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")


@dataclass
class RawTable:
    """Rows by their number in the file. `odd` are cells that hold no plain value, as [row, column, code].

    A row that is empty is left out. `form` is xlsx or csv; the rest says how the file was read.
    """

    form: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    odd: list[tuple[int, int, str]] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    other_sheets: int = 0


def read_table(content: bytes) -> RawTable:
    """The table in the file. TableError or WorkbookError when nothing in it may be used."""
    if not content.strip(b"\x00\t\r\n ;,"):
        raise TableError("empty")
    if len(content) > LARGEST_FILE:
        raise TableError("too_large")
    found = _from_workbook(content) if content.startswith(WORKBOOK_STARTS) else _from_text(content)
    found.rows = [(number, cells) for number, cells in found.rows if any(cell.strip() for cell in cells)]
    if not found.rows:
        raise TableError("empty")
    _refuse_size(found)
    return found


def told(found: RawTable) -> dict[str, Any]:
    """The table as JSON can hold it."""
    return asdict(found)


def _refuse_size(found: RawTable) -> None:
    if len(found.rows) > MOST_ROWS:
        raise TableError("too_many_rows")
    if max(len(cells) for _number, cells in found.rows) > MOST_COLUMNS:
        raise TableError("too_many_columns")
    if sum(len(cell) for _number, cells in found.rows for cell in cells) > MOST_SIGNS:
        raise TableError("too_large")


def _from_text(content: bytes) -> RawTable:
    text, encoding = text_of(content)
    rows, separator = rows_of(text)
    return RawTable(
        "csv", [(number, _trimmed(row)) for number, row in enumerate(rows, start=1)], [], encoding, separator
    )


def _from_workbook(content: bytes) -> RawTable:
    archive = Archive(content)
    filled = [sheet for sheet in read_sheets(archive) if sheet.cells]
    if not filled:
        raise TableError("empty")
    sheet = filled[0]
    found = RawTable("xlsx", sheet=sheet.title, other_sheets=len(filled) - 1)
    found.rows = list(_sheet_rows(sheet, found.odd, _epoch(archive)))
    return found


def _sheet_rows(
    sheet: RawSheet, odd: list[tuple[int, int, str]], epoch: date
) -> Iterable[tuple[int, list[str]]]:
    by_row: dict[int, dict[int, RawCell]] = {}
    for (row, column), cell in sheet.cells.items():
        by_row.setdefault(row, {})[column] = cell
    if len(by_row) > MOST_ROWS + 100:  # some may turn out to be empty
        raise TableError("too_many_rows")
    for row, cells in sorted(by_row.items()):
        if max(cells) > MOST_COLUMNS:
            raise TableError("too_many_columns")
        texts = [""] * max(cells)
        for column, cell in cells.items():
            text, code = _plain(cell, epoch)
            texts[column - 1] = text
            if code:
                odd.append((row, column, code))
        yield row, _trimmed(texts)


def _plain(cell: RawCell, epoch: date) -> tuple[str, str]:
    """(the cell as text, what is odd about it)."""
    value = cell.value
    if cell.kind == "formula":
        return "?", "formula"
    if cell.kind == "error":
        return str(value), "error"
    if cell.kind == "date" and not isinstance(value, str):
        if not isinstance(value, int | float) or not 1 <= value <= LAST_SERIAL:
            return str(value), "date"
        return (epoch + timedelta(days=int(value))).isoformat(), ""
    if cell.kind == "number" and isinstance(value, int | float):
        shown = value * 100 if cell.percent else value
        text = str(shown) if isinstance(shown, int) else f"{shown:.10f}".rstrip("0").rstrip(".")
        return f"{text} %" if cell.percent else text, ""
    return "" if value is None else str(value).replace("\x00", "\ufffd"), ""


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end."""
    last = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:last]


def _epoch(archive: Archive) -> date:
    """The day that the workbook counts from: some older programs count from 1904."""
    root = ElementTree.fromstring(archive.part("xl/workbook.xml"))
    since = [element.get("date1904", "") for element in root if element.tag.endswith("}workbookPr")]
    return OTHER_EPOCH if since and since[0] in ("1", "true") else EPOCH


def address_of(row: int, column: int) -> str:
    """`C7`, as a spreadsheet calls it."""
    return f"{column_letter(column)}{row}"


__all__ = ["RawTable", "TableError", "WorkbookError", "address_of", "read_table", "told"]
