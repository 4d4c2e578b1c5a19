"""What all sheets of a workbook share: paper, margins, headers, protection, widths and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports import cells
from reports.cells import Page
from reports.workbook.styles import DEEP, FONT, Styles
from reports.workbook.words import Words

MAX_HEIGHT = 400.0  # points; a spreadsheet row ends at 409
LINE_HEIGHT = 14.5
SMALL_LINE_HEIGHT = 13.0


@dataclass
class Book:
    """The workbook being made: openpyxl's, our pages in order, styles and words."""

    book: Any
    styles: Styles
    words: Words
    pages: list[Page]
    heading: str  # the edition, at the top of each printed page

    def add(
        self, title: str, widths: Mapping[str, float], *, hidden: Iterable[str] = (), tab: str = DEEP
    ) -> Page:
        """A new sheet with these column widths; no grid, protected, A4 landscape, one page wide."""
        sheet = self.book.create_sheet(cells.sheet_title(title, self.book.sheetnames))
        for letter, width in widths.items():
            sheet.column_dimensions[letter].width = width
        for letter in hidden:
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.tabColor = tab
        page = Page(sheet, self.styles, self.words["common.cut"])
        self.pages.append(page)
        _protect(sheet)
        self._print(sheet, title)
        return page

    def _print(self, sheet: Any, title: str) -> None:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.45
        margins.top, margins.bottom, margins.header, margins.footer = 0.75, 0.7, 0.3, 0.3
        texts = {
            (sheet.oddHeader, "left"): cells.header_text(self.heading),
            (sheet.oddHeader, "right"): cells.header_text(title),
            (sheet.oddFooter, "left"): cells.header_text(self.words["common.footer"]),
            (sheet.oddFooter, "right"): self.words["common.page"],
        }
        for (place, side), text in texts.items():
            part = getattr(place, side)
            part.text, part.size, part.font, part.color = text, 8, f"{FONT},Regular", "5B6B70"


def portrait(page: Page) -> None:
    """Turn a sheet's paper upright."""
    page.sheet.page_setup.orientation = "portrait"


def print_area(page: Page, area: str, *, repeat: str = "") -> None:
    """What is printed, and which rows stand on top of each page ("5:5")."""
    page.sheet.print_area = area
    if repeat:
        page.sheet.print_title_rows = repeat


def link(page: Page, address: str, name: str, tip: str) -> None:
    """Make a cell lead to a defined name."""
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415 - heavy, loaded when a workbook is written

    page.sheet[address].hyperlink = Hyperlink(ref=address, location=name, tooltip=tip)


def name_cells(book: Book, name: str, page: Page, area: str) -> None:
    """Give cells a name that formulas and links can use."""
    from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415 - heavy, as above

    absolute = ":".join(
        f"${part.rstrip('0123456789')}${part.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        for part in area.split(":")
    )
    book.book.defined_names[name] = DefinedName(
        name, attr_text=f"{cells.quoted(page.sheet.title)}!{absolute}"
    )


def row_height(
    page: Page, row: int, lowest: float, *texts: tuple[str, float], small: tuple[str, float] = ("", 1)
) -> None:
    """A row high enough for each (text, column width), `small` print too; programs do not do it."""
    lines = max((cells.line_count(text, width) for text, width in texts if text), default=1)
    needed = max(lines * LINE_HEIGHT, cells.line_count(*small) * SMALL_LINE_HEIGHT) + 6
    page.sheet.row_dimensions[row].height = min(MAX_HEIGHT, max(lowest, needed))


def pieces(text: str, width: float) -> list[str]:
    """`text` in parts that each fit the highest row a spreadsheet has."""
    most = int((MAX_HEIGHT - 6) / LINE_HEIGHT)
    parts: list[str] = []
    kept: list[str] = []
    for line in _short_lines(text, int(width * 1.1) * most):
        if kept and cells.line_count("\n".join([*kept, line]), width) > most:
            parts.append("\n".join(kept))
            kept = []
        kept.append(line)
    return [*parts, "\n".join(kept)]


def stamp(
    book: Book, *, title: str, subject: str, description: str, author: str, keywords: str, when: datetime
) -> None:
    """Document properties: what the file is and its language; never who made it."""
    properties = book.book.properties
    properties.creator = cells.plain_text(author)
    properties.title, properties.subject, properties.description = title, subject, description
    properties.keywords = keywords
    properties.language = "en-GB" if book.words.language == "en" else "sv-SE"
    properties.created = properties.modified = when.replace(tzinfo=None)


def new_book(words: Words, heading: str) -> Book:
    """An empty workbook with the named styles, computing everything afresh when opened."""
    import openpyxl  # noqa: PLC0415 - heavy, loaded when a workbook is written

    book = openpyxl.Workbook()
    styles = Styles(book)
    book.calculation.fullCalcOnLoad = True
    return Book(book, styles, words, [], heading)


def conditional(
    page: Page, area: str, formula: str, *, ink: str, ground: str = "", bold: bool = False
) -> None:
    """Colour cells where a formula holds; rules of one area must exclude each other."""
    from openpyxl import styles  # noqa: PLC0415 - heavy, loaded when a workbook is written
    from openpyxl.formatting.rule import FormulaRule  # noqa: PLC0415 - the same

    fill = styles.PatternFill(bgColor=ground) if ground else None
    page.sheet.conditional_formatting.add(
        area, FormulaRule([formula], font=styles.Font(color=ink, bold=bold or None), fill=fill)
    )


def _protect(sheet: Any) -> None:
    protection = sheet.protection
    protection.sheet = True
    protection.formatRows = protection.formatColumns = False  # False = allowed: rows must grow
    protection.objects = protection.scenarios = True


def _short_lines(text: str, longest: int) -> list[str]:
    """Lines of `text`, those too long for a whole row cut at a space."""
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > longest:
            at = rest.rfind(" ", 1, longest)
            at = at if at > 0 else longest
            lines.append(rest[:at])
            rest = rest[at:].lstrip(" ")
        lines.append(rest)
    return lines
