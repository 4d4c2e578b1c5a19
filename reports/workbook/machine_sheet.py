"""The hidden sheet: the signed mark in chunks, and the lists that score cells choose from."""

from __future__ import annotations

from collections.abc import Mapping

from reports.cells import Page, column_letter
from reports.workbook.fingerprint import FORMAT, TITLE, VERSION, Seal
from reports.workbook.paper import Book, name_cells
from reports.workbook.scales import Choice


def add_machine(book: Book, choices: Mapping[str, Choice], workbook_id: str, seal: Seal) -> Page:
    """Write the machine sheet and its names; it is hidden."""
    page = Page(book.book.create_sheet(TITLE), book.styles)
    book.pages.append(page)
    rows: list[tuple[str, str | int]] = [
        (FORMAT, str(VERSION)),
        ("mac", seal.mac),
        ("id", workbook_id),
        ("n", len(seal.chunks)),
        *((f"p{number}", chunk) for number, chunk in enumerate(seal.chunks)),
    ]
    for row, (name, value) in enumerate(rows, start=1):
        page.text(f"A{row}", name)
        page.value(f"B{row}", value)
    _lists(book, page, choices)
    page.sheet.protection.sheet = True
    page.sheet.sheet_state = "hidden"
    _identify(book, workbook_id, seal)
    return page


def add_lists(book: Book, choices: Mapping[str, Choice]) -> Page:
    """Only the lists, hidden: for a workbook that carries no mark."""
    page = Page(book.book.create_sheet(TITLE), book.styles)
    book.pages.append(page)
    _lists(book, page, choices)
    page.sheet.protection.sheet = True
    page.sheet.sheet_state = "hidden"
    return page


def _lists(book: Book, page: Page, choices: Mapping[str, Choice]) -> None:
    lists = {choice.name: choice for choice in choices.values() if choice.name}
    for column, (name, choice) in enumerate(lists.items(), start=4):
        letter = column_letter(column)
        page.text(f"{letter}1", name)
        for row, value in enumerate(choice.listed, start=2):
            page.value(f"{letter}{row}", value)
        name_cells(book, name, page, f"{letter}2:{letter}{len(choice.listed) + 1}")


def _identify(book: Book, workbook_id: str, seal: Seal) -> None:
    """Let the file be told apart even when this sheet is gone."""
    from openpyxl.packaging.custom import StringProperty  # noqa: PLC0415 - heavy, loaded when writing
    from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415 - the same

    book.book.defined_names["kk_id"] = DefinedName("kk_id", attr_text=f'"{workbook_id}"', hidden=True)
    book.book.custom_doc_props.append(StringProperty(name="kk_id", value=workbook_id))
    book.book.custom_doc_props.append(StringProperty(name="kk_mac", value=seal.mac))
