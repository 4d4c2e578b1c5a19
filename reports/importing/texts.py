"""A text file as rows: its encoding and the sign between its columns are found out, never asked for."""

from __future__ import annotations

import codecs
import csv
import io
import re

SEPARATORS = (";", "\t", ",")  # in doubt the first: what a Swedish spreadsheet writes
SAMPLE = 25  # rows that the separator is judged by
MOST_LINES = 20_000  # empty or not
LONGEST_CELL = 10_000
LOOKED_AT = 4_000  # characters
_STATED = re.compile(r"\s*\"?sep=(.)\"?\s*(?:\r\n|\r|\n)", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_GARBLED = re.compile("Ã[¥¤¶…„–]|Ã\u0085|Ã\u0084|Ã\u0096")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
}


class TableError(Exception):
    """The file cannot be read at all; `code` names the reason, `row` the place where there is one."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code, self.row = code, row


def text_of(content: bytes) -> tuple[str, str]:
    """(the text, its encoding's name). TableError where no encoding makes text of it."""
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise TableError("encoding") from None
    if "\x00" in text or len(_UNPRINTABLE.findall(text[:LOOKED_AT])) > len(text[:LOOKED_AT]) // 50:
        raise TableError("binary")
    if _GARBLED.search(text):
        raise TableError("garbled")
    return text, NAMES[encoding]


def rows_of(text: str) -> tuple[list[list[str]], str]:
    """(rows of cells, the sign between them); a first line `sep=;` is believed and not a row, but counted."""
    stated = _STATED.match(text)
    separator = stated[1] if stated else _separator(text)
    limit_before = csv.field_size_limit(LONGEST_CELL)  # the whole process's, so it is given back
    rows = [[]] if stated else []
    reader = csv.reader(
        io.StringIO(text[stated.end() :] if stated else text, newline=""), delimiter=separator, strict=True
    )
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_LINES:
                raise TableError("too_many_rows")
    except csv.Error:
        raise TableError("not_csv", reader.line_num) from None
    finally:
        csv.field_size_limit(limit_before)
    return rows, separator


def _encoding(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if content[1::2].count(0) > len(content) // 5:  # every second byte: UTF-16 that does not say so
        return "utf-16-le"
    if content[::2].count(0) > len(content) // 5:
        return "utf-16-be"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> str:
    """The sign that cuts the first rows into most columns of the same number."""
    return max(SEPARATORS, key=lambda sign: _agreement(text, sign))


def _agreement(text: str, separator: str) -> int:
    lines = io.StringIO(text, newline="")
    widths: list[int] = []
    try:
        for row in csv.reader(lines, delimiter=separator):
            if any(row):
                widths.append(len(row))
            if len(widths) == SAMPLE:
                break
    except csv.Error:
        return 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return widths.count(usual) * (usual > 1) * 100 + usual
