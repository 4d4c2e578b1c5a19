"""Workbooks that people like to open: title, frozen header, widths, filter, real dates; rows stream in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from reports import cell_xml, cells
from reports.columns import Column, Formula, Kind, Sheet, plain
from reports.workbook.styles import DEEP, FONT, Styles
from reports.writers.document import Document

HEAD = 5  # the row of headings
FIRST = 6  # the first row of the table
SAMPLED = 200  # rows that the widths are taken from
LINE = 14.5  # points
TALLEST = 400.0
LAST = 1_048_576  # the last row a spreadsheet has: stands where the table's end is not known yet
PIECE = 400  # rows between two writes
WIDEST = {Kind.LONG: 48.0, Kind.TEXT: 44.0, Kind.MANY: 48.0, Kind.WORD: 30.0}
NARROWEST = {Kind.MOMENT: 18.0, Kind.DAY: 13.0, Kind.CODE: 8.0, Kind.LONG: 30.0, Kind.TEXT: 12.0}
FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm", Kind.COUNT: "#,##0", Kind.SIZE: "#,##0"}


@dataclass(frozen=True)
class Prepared:
    """A sheet whose widths are settled, with the style and the writer of each column."""

    sheet: Sheet
    title: str
    widths: tuple[float, ...]
    bodies: tuple[Callable[[Any], str], ...]
    styles: tuple[int, ...]
    rows: Iterator[Sequence[Any]]


def write_xlsx(document: Document, out: BinaryIO) -> int:
    """Write every sheet, row by row; gives how many rows the first one has."""
    book, styles = _book(document)
    prepared = [_prepare(book, styles, document, sheet) for sheet in document.sheets]
    book.remove(book.worksheets[0])
    skeleton = io.BytesIO()
    book.save(skeleton)
    counts: list[int] = []
    with (
        zipfile.ZipFile(skeleton) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target,
    ):
        pages = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(prepared, start=1)}
        for name in source.namelist():
            if name not in pages and name != "xl/workbook.xml":
                target.writestr(name, source.read(name))
        for name, page in pages.items():
            with target.open(name, "w") as part:
                counts.append(_fill(source.read(name).decode(), page, part))
        target.writestr("xl/workbook.xml", _ends(source.read("xl/workbook.xml").decode(), counts))
    return counts[0]


def _book(document: Document) -> tuple[Any, Styles]:
    import openpyxl  # noqa: PLC0415 - heavy, loaded when a workbook is written

    book = openpyxl.Workbook()
    properties = book.properties
    properties.title = f"{document.title} – {document.edition}"
    properties.creator = document.edition
    properties.language = "en-GB" if document.language == "en" else "sv-SE"
    properties.created = properties.modified = document.made_at.replace(tzinfo=None)
    book.calculation.fullCalcOnLoad = True
    return book, Styles(book)


# What stands around the rows ------------------------------------------------------------------------
def _prepare(book: Any, styles: Styles, document: Document, sheet: Sheet) -> Prepared:
    rows = iter(sheet.rows)
    sample = list(islice(rows, SAMPLED))
    widths = tuple(_width(column, [row[at] for row in sample]) for at, column in enumerate(sheet.columns))
    title = cells.sheet_title(str(sheet.title), book.sheetnames)
    page = book.create_sheet(title)
    _head(cells.Page(page, styles), document, sheet, widths)
    _set_up(page, document, sheet, widths)
    page.auto_filter.ref = f"A{HEAD}:{cells.column_letter(len(widths))}{LAST - len(book.sheetnames)}"
    numbers = [_style(page, styles, column, first=not at) for at, column in enumerate(sheet.columns)]
    bodies = tuple(_body(column, style) for column, style in zip(sheet.columns, numbers, strict=True))
    return Prepared(sheet, title, widths, bodies, tuple(numbers), chain(sample, rows))


def _head(page: cells.Page, document: Document, sheet: Sheet, widths: Sequence[float]) -> None:
    titles = [document.title, str(sheet.title)]
    page.text("A1", " – ".join(dict.fromkeys(titles)), "KK Titel")
    made = f"{document.made_at:%Y-%m-%d %H:%M}"
    page.text(
        "A2",
        _("%(edition)s, written %(when)s") % {"edition": document.edition, "when": made},
        "KK Underrubrik",
    )
    page.text("A3", " ".join(str(line) for line in (sheet.note, *document.lines) if line), "KK Underrubrik")
    page.sheet.row_dimensions[1].height = 34
    lines = 1
    for at, column in enumerate(sheet.columns, start=1):
        style = "KK Kolumn tal" if column.is_number else "KK Kolumn"
        page.text(f"{cells.column_letter(at)}{HEAD}", str(column.label), style)
        lines = max(lines, cells.line_count(str(column.label), widths[at - 1], 0.9))
    page.sheet.row_dimensions[HEAD].height = lines * LINE + 8


def _set_up(page: Any, document: Document, sheet: Sheet, widths: Sequence[float]) -> None:
    for at, width in enumerate(widths, start=1):
        page.column_dimensions[cells.column_letter(at)].width = width
    page.freeze_panes = f"{cells.column_letter(_frozen(sheet.columns, widths) + 1)}{FIRST}"
    page.sheet_view.showGridLines = False
    page.sheet_format.defaultRowHeight = 20
    page.sheet_format.customHeight = True
    page.sheet_properties.tabColor = DEEP
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEAD}:{HEAD}"
    texts = {
        (page.oddHeader, "left"): cells.header_text(document.edition),
        (page.oddHeader, "right"): cells.header_text(f"{document.title}"),
        (page.oddFooter, "right"): _("Page &P of &N"),
    }
    for (place, side), text in texts.items():
        part = getattr(place, side)
        part.text, part.size, part.font, part.color = text, 8, f"{FONT},Regular", "5B6B70"


def _frozen(columns: Sequence[Column], widths: Sequence[float]) -> int:
    """How many columns stay in sight: up to the first that names the row, if they are narrow enough."""
    for at, column in enumerate(columns[:2], start=1):
        if column.kind == Kind.TEXT and sum(widths[:at]) <= 50:
            return at
    return 0


def _width(column: Column, values: Sequence[Any]) -> float:
    if column.width:
        return column.width
    longest = max((_longest_line(column, value) for value in values if value is not None), default=0)
    most, least = WIDEST.get(column.kind, 20.0), NARROWEST.get(column.kind, 10.0)
    heading = min(len(str(column.label)) + 5, 18)  # beside it the filter's arrow
    return float(min(max(longest + 3, heading, least), most))


def _longest_line(column: Column, value: Any) -> int:
    if isinstance(value, Formula):
        return len(str(value.shown))
    if column.kind in NARROWEST and column.kind in FORMATS:
        return 0
    return max((len(line) for line in str(plain(column, value) or "").split("\n")), default=0)


# The rows themselves --------------------------------------------------------------------------------
def _style(page: Any, styles: Styles, column: Column, *, first: bool) -> int:
    """The number of the column's style in the workbook."""
    name = (
        "KK Rad tal" if column.is_number else "KK Rad fet" if first and column.kind == Kind.TEXT else "KK Rad"
    )
    number_format = FORMATS.get(column.kind, "@" if column.kind == Kind.CODE else "")
    scratch = page.parent.worksheets[0]["A2"]
    scratch._style = styles[f"{name}|{number_format}" if number_format else name]  # noqa: SLF001 - a ready style
    return scratch.style_id


def _body(column: Column, style: int) -> Callable[[Any], str]:
    """What turns a value of the column into the XML after its address."""
    text = cell_xml.text(style, cells.NOTICE)
    number = cell_xml.number(style)
    moment = cell_xml.moment(style)
    empty = cell_xml.blank(style)
    if column.kind in (Kind.TEXT, Kind.LONG, Kind.CODE):
        return lambda value: empty if value is None or value == "" else text(str(value))
    if column.kind in (Kind.DAY, Kind.MOMENT):
        return lambda value: moment(plain(column, value)) if value else empty

    def body(value: Any) -> str:
        if isinstance(value, Formula):
            return cell_xml.formula(style, value.text, value.shown)
        found = plain(column, value)
        if found is None:
            return empty
        return text(found) if isinstance(found, str) else number(found)

    return body


def _fill(xml: str, page: Prepared, part: BinaryIO) -> int:
    """Write the sheet's XML with the rows in it; gives how many."""
    before, after = xml.split("</sheetData>")
    part.write(re.sub(r"<dimension [^>]*/>", "", before).encode())
    letters = cell_xml.letters(len(page.widths))
    limits = [int(width * 1.15) for width in page.widths]
    waiting: list[str] = []
    number = 0
    for number, row in enumerate(page.rows, start=1):
        bodies = [body(value) for body, value in zip(page.bodies, row, strict=True)]
        waiting.append(cell_xml.row_xml(HEAD + number, letters, bodies, _height(row, limits)))
        if len(waiting) == PIECE:
            part.write("".join(waiting).encode())
            waiting.clear()
    end = "".join(waiting) + "</sheetData>" + after
    # A code is text on purpose: no green corner that offers to make 0484 a number.
    ignored = '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
    end = re.sub(r"(<autoFilter ref=\"A\d+:[A-Z]+)\d+\"", rf'\g<1>{max(HEAD + number, FIRST)}"', end)
    part.write(end.replace("</worksheet>", f"{ignored}</worksheet>").encode())
    return number


def _height(row: Sequence[Any], limits: Sequence[int]) -> float:
    """Points for a row with texts longer than their column; programs do not do it. 0: the usual height."""
    lines = 1
    for value, limit in zip(row, limits, strict=True):
        text = ", ".join(map(str, value)) if type(value) is tuple else value
        if type(text) is str and (len(text) > limit or "\n" in text):
            lines = max(lines, sum(max(1, -(-len(line) // limit)) for line in text.split("\n")))
    return min(lines * LINE + 6, TALLEST) if lines > 1 else 0


def _ends(workbook: str, counts: Sequence[int]) -> str:
    """The workbook's part with the filters' names ending where the tables end."""
    for number, count in enumerate(counts, start=2):
        workbook = workbook.replace(f"${LAST - number}", f"${max(HEAD + count, FIRST)}")
    return workbook
