"""The cells of an uploaded workbook as they lie in its parts: value, kind and how the value is shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from math import isfinite
from typing import Any

from reports.cells import column_letter
from reports.workbook.archive import Archive, WorkbookError, damaged, too_large

MOST_SHEETS = 400
MOST_ROWS = 20_000  # row elements in a sheet, empty or not
MOST_CELLS = 400_000  # in the whole file
MOST_COLUMNS = 256
MOST_STRINGS = 200_000
LONGEST_TEXT = 40_000

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_FORMATS = {9, 10}


@dataclass(frozen=True)
class RawCell:
    """One cell. `kind`: text, number, boolean, date, error, or formula (one without a stored value)."""

    address: str
    kind: str
    value: str | int | float | bool | date | None
    percent: bool = False
    is_formula: bool = False  # what stands here is a result


@dataclass
class RawSheet:
    """The cells of a sheet that hold something, by (row, column), and its merged areas."""

    title: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right

    def covers(self, row: int, column: int) -> bool:
        """True when a merged area covers the cell."""
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.merged
        )


def read_sheets(archive: Archive) -> list[RawSheet]:
    """All worksheets of the file, in its order. WorkbookError when it is damaged or far too large."""
    strings = _shared_strings(archive)
    formats = _formats(archive)
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in archive.elements("xl/_rels/workbook.xml.rels", ("Relationship",))
        if element.get("TargetMode") != "External"
    }
    sheets: list[RawSheet] = []
    room = MOST_CELLS
    for element in archive.elements("xl/workbook.xml", ("sheet",)):
        identity = next((value for name, value in element.items() if name.endswith("}id")), "")
        target = targets.get(identity, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if not target or "chartsheets" in part:
            continue
        sheet = RawSheet(unescaped(element.get("name", "")))
        _fill(sheet, archive, part, (strings, formats), room)
        room -= len(sheet.cells)
        sheets.append(sheet)
        if len(sheets) > MOST_SHEETS:
            raise too_large()
    return sheets


def unescaped(text: str) -> str:
    """Text from a part: `_x005F_` is an underscore, `_x000D_` a line's end; `_x0041_` is left as written."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return chr(code) if code == ord("_") or code < ord(" ") else match[0]

    return _ESCAPED.sub(character, text) if "_x" in text else text


def _text(element: Any) -> str:
    """The text of a string item: its runs joined, phonetic help left out."""
    found: list[str] = []
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            found.append(child.text or "")
        elif tag == "r":
            found += [each.text or "" for each in child if each.tag.endswith("}t")]
    text = unescaped("".join(found))
    return text[:LONGEST_TEXT]


def _shared_strings(archive: Archive) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.names:
        return []
    found: list[str] = []
    for element in archive.elements("xl/sharedStrings.xml", ("si",)):
        found.append(_text(element))
        if len(found) > MOST_STRINGS:
            raise too_large()
    return found


def _formats(archive: Archive) -> list[str]:
    """For each cell style: "date", "percent" or ""."""
    if "xl/styles.xml" not in archive.names:
        return []
    own: dict[int, str] = {}
    found: list[str] = []
    for element in archive.elements("xl/styles.xml", ("numFmt", "cellXfs")):
        if element.tag.endswith("}numFmt"):
            own[_whole(element.get("numFmtId"))] = element.get("formatCode", "")
        else:
            found = [_shown_as(_whole(each.get("numFmtId")), own) for each in element]
    return found


def _shown_as(number: int, own: dict[int, str]) -> str:
    if number in own:
        code = _QUOTED.sub("", own[number]).lower()
        if "%" in code:
            return "percent"
        return "date" if re.search("[dyhs]|mm", code) and "general" not in code else ""
    if number in _PERCENT_FORMATS:
        return "percent"
    return "date" if number in _DATE_FORMATS else ""


def _fill(
    sheet: RawSheet, archive: Archive, part: str, tables: tuple[list[str], list[str]], room: int
) -> None:
    rows = 0
    for element in archive.elements(part, ("row", "mergeCell")):
        if element.tag.endswith("}mergeCell"):
            sheet.merged.append(_area(element.get("ref", "")))
            continue
        rows += 1
        if rows > MOST_ROWS:
            raise WorkbookError("too_many_rows", too_large().says)
        for cell in _cells(element, tables):
            row, column = place_of(cell.address)
            if column <= MOST_COLUMNS:
                sheet.cells[row, column] = cell
        if len(sheet.cells) > room:
            raise too_large()


def _cells(row: Any, tables: tuple[list[str], list[str]]) -> Iterator[RawCell]:
    number, column = _whole(row.get("r")), 0
    for element in row:
        if not element.tag.endswith("}c"):
            continue
        column += 1
        address = element.get("r") or f"{column_letter(column)}{number}"
        column = place_of(address)[1]
        cell = _cell(element, address, tables)
        if cell is not None:
            yield replace(cell, is_formula=any(child.tag.endswith("}f") for child in element))


def _cell(element: Any, address: str, tables: tuple[list[str], list[str]]) -> RawCell | None:
    strings, formats = tables
    parts = {child.tag.rpartition("}")[2]: child for child in element}
    kind, stored = element.get("t", "n"), parts["v"].text if "v" in parts else None
    if kind == "inlineStr":
        return RawCell(address, "text", _text(parts["is"])) if "is" in parts else None
    if not stored:
        if "f" not in parts:
            return None
        has_result = kind == "str" and "v" in parts  # the empty text is one
        return RawCell(address, "text", "") if has_result else RawCell(address, "formula", None)
    try:
        if kind == "n":
            return _number(address, stored, _style(element, formats))
        if kind == "s":
            return _other(address, "str", strings[int(stored)])
    except (ValueError, IndexError, OverflowError):
        raise damaged() from None
    return _other(address, kind, unescaped(stored))


def _other(address: str, kind: str, stored: str) -> RawCell:
    if kind == "str":
        return RawCell(address, "text", stored[:LONGEST_TEXT])
    if kind == "b":
        return RawCell(address, "boolean", stored == "1")
    return RawCell(address, "date" if kind == "d" else "error", stored)


def _style(element: Any, formats: list[str]) -> str:
    style = _whole(element.get("s"))
    return formats[style] if style < len(formats) else ""


def _number(address: str, stored: str, shown_as: str) -> RawCell:
    value = float(stored)
    if not isfinite(value):
        raise ValueError(stored)
    number = int(value) if value.is_integer() else value
    if shown_as == "date":
        return RawCell(address, "date", number)
    return RawCell(address, "number", number, percent=shown_as == "percent")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _area(text: str) -> tuple[int, int, int, int]:
    first, _colon, last = text.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return top, left, bottom, right


def place_of(address: str) -> tuple[int, int]:
    """(row, column) of "F7". WorkbookError when it is not an address."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", address)
    if match is None:
        raise damaged()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
