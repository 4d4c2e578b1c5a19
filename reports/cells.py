"""The only room that touches spreadsheet cells: text from people stays text, formulas carry their value."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Shown = str | int | float | Decimal | None

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_LIMIT = 32_000  # UTF-16 units; a cell holds 32 767, the rest is for the notice
TITLE_LIMIT = 31
NOTICE = " … [{count}]"

_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x005[Ff]_")
_STARTS_A_FORMULA = re.compile(r"^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]")
_TITLE_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def utf16_length(text: str) -> int:
    """How many UTF-16 units `text` takes, which is how spreadsheet programs count characters."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def cut_utf16(text: str, limit: int) -> str:
    """The longest beginning of `text` within `limit` UTF-16 units; never half a character."""
    if utf16_length(text) <= limit:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore")


def plain_text(text: str, notice: str = NOTICE) -> str:
    """`text` as a cell can hold it: NFC, plain line breaks, no control characters, cut with a visible notice.

    `notice` is put at the end of a text that had to be cut; `{count}` in it is the whole text's length.
    """
    text = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", _UNPRINTABLE.sub("·", text)))
    length = utf16_length(text)
    if length <= TEXT_LIMIT:
        return text
    ending = notice.replace("{count}", str(length))
    return cut_utf16(text, TEXT_LIMIT - utf16_length(ending)) + ending


def escaped(text: str) -> str:
    """`_x0041_` written so that a spreadsheet program shows those seven characters and not an A."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """The opposite of `escaped`, for text read from the raw part of a file."""
    return _ESCAPED.sub("_", text)


def csv_text(text: str) -> str:
    """`text` for a CSV file: what would start a formula gets an apostrophe in front."""
    text = plain_text(text)
    return f"'{text}" if _STARTS_A_FORMULA.match(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV: UTF-8 with BOM, semicolons, numbers as they are, text made safe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([csv_text(name) for name in header])
    for row in rows:
        writer.writerow([csv_text(value) if isinstance(value, str) else value for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def sheet_title(wanted: str, taken: Iterable[str]) -> str:
    """`wanted` as a legal sheet title, not (case-folded) among `taken`: "Habo", "Habo 2" ..."""
    base = _TITLE_FORBIDDEN.sub(" ", plain_text(wanted)).strip().strip("'").strip() or "–"
    if base.casefold() == "history":
        base = f"{base} –"
    used = {title.casefold() for title in taken}
    title, number = cut_utf16(base, TITLE_LIMIT).strip(), 1
    while title.casefold() in used:
        number += 1
        tail = f" {number}"
        title = cut_utf16(base, TITLE_LIMIT - len(tail)).strip() + tail
    return title


def quoted(title: str) -> str:
    """A sheet's title as a formula writes it."""
    return "'" + title.replace("'", "''") + "'"


def formula_text(text: str) -> str:
    """`text` as a literal inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def header_text(text: str) -> str:
    """`text` for a page header or footer: "&" doubled, a space before digits (a size may precede)."""
    text = cut_utf16(plain_text(text).replace("\n", " "), 120).replace("&", "&&")
    return f" {text}" if text[:1].isdigit() else text


def defined_name(*parts: str) -> str:
    """A name for cells: letters, digits, underscores; it begins kk_, so it never looks like a cell."""
    return "kk_" + "_".join(re.sub(r"[^0-9A-Za-z]", "_", part) for part in parts)


def line_count(text: str, width: float, per_unit: float = 1.22) -> int:
    """How many lines `text` is likely to take in a column `width` wide."""
    return sum(max(1, -(-len(line) // int(width * per_unit))) for line in text.split("\n"))


@dataclass
class Page:
    """A worksheet being written: cells by address, styles by name, and the value each formula shows."""

    sheet: Any
    styles: Mapping[str, Any]
    notice: str = NOTICE
    shown: dict[str, Shown] = field(default_factory=dict)

    def text(self, address: str, text: str, style: str = "") -> Any:
        """Write text from anyone as text and nothing else."""
        return self._put(address, escaped(plain_text(text, self.notice)), "s", style)

    def number(self, address: str, number: int | float | Decimal, style: str = "") -> Any:
        """Write a number."""
        return self._put(address, number, "n", style)

    def formula(self, address: str, formula: str, shown: Shown, style: str = "") -> Any:
        """Write a formula (without its "=") together with the value it has now."""
        self.shown[address] = plain_text(shown) if isinstance(shown, str) else shown
        return self._put(address, f"={formula}", "f", style)

    def value(self, address: str, value: Shown, style: str = "") -> Any:
        """Write text, a number or nothing, whichever `value` is."""
        if value is None:
            return self.blank(address, style)
        if isinstance(value, str):
            return self.text(address, value, style)
        return self.number(address, value, style)

    def rich(self, address: str, runs: Any, style: str = "") -> Any:
        """Write text in several fonts, as made by `rich_text`."""
        return self._put(address, runs, "s", style)

    def blank(self, address: str, style: str) -> Any:
        """Give an empty cell its style."""
        return self._put(address, None, "n", style)

    def _put(self, address: str, value: Any, kind: str, style: str) -> Any:
        cell = self.sheet[address]
        # Plain assignment would guess: "=1+1" a formula, "#N/A" an error, "\x0b" an exception.
        cell._value = value  # noqa: SLF001 - the only way to write text that stays text
        cell.data_type = kind
        if style:
            cell._style = self.styles[style]  # noqa: SLF001 - a ready style; looking it up by name is slow
        return cell


def rich_text(runs: Sequence[tuple[str, Any]], notice: str = NOTICE) -> Any:
    """Text in several fonts: (text, InlineFont) pairs, each made safe. The whole must be short."""
    rich = _openpyxl().cell.rich_text
    made = rich.CellRichText(
        *(rich.TextBlock(font, escaped(plain_text(text, notice))) for text, font in runs if text)
    )
    tree = made.to_tree()  # the same text stands on many sheets, and making its XML is slow
    made.to_tree = lambda: tree
    return made


def xlsx_bytes(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A plain table as a workbook of one sheet: header in bold and frozen, text safe, numbers as numbers."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    page = Page(book.active, {})
    page.sheet.title = sheet_title(title, ())
    widths = [len(name) for name in header]
    for column, name in enumerate(header, start=1):
        cell = page.text(_address(column, 1), name)
        cell.font = openpyxl.styles.Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            page.value(_address(column, number), value)
            widths[column - 1] = max(widths[column - 1], len(str(value or "")))
    for column, width in enumerate(widths, start=1):
        page.sheet.column_dimensions[column_letter(column)].width = min(max(width + 2, 8), 60)
    page.sheet.freeze_panes = "A2"
    page.sheet.auto_filter.ref = page.sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column_letter(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _address(column: int, row: int) -> str:
    return f"{column_letter(column)}{row}"


def _openpyxl() -> Any:
    import openpyxl  # noqa: PLC0415 - heavy, loaded when a workbook is written
    import openpyxl.cell.rich_text  # noqa: PLC0415 - the same
    import openpyxl.styles  # noqa: PLC0415 - the same

    return openpyxl
