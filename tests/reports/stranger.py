"""A stranger's tool that writes the workbook anew, with another library, from nothing but its cells."""

from __future__ import annotations

import io

import openpyxl
import xlsxwriter

from tests.reports.calc import Values, places


def written_anew(content: bytes, values: Values) -> bytes:
    """The cells, formulas with their results, and these values, as XlsxWriter writes them, without styles."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    mine = places(content, values)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for sheet in formulas:
        target = book.add_worksheet(sheet.title)
        if sheet.sheet_state != "visible":
            target.hide()
        for row in sheet.iter_rows():
            for cell in row:
                place = (cell.row - 1, cell.column - 1)
                value = mine.get((sheet.title, cell.row, cell.column), cell.value)
                if cell.data_type == "f":
                    result = results[sheet.title][cell.coordinate].value
                    target.write_formula(*place, str(value), None, "" if result is None else result)
                elif isinstance(value, str):
                    target.write_string(*place, value)
                elif value is not None:
                    target.write(*place, value)
    book.close()
    return out.getvalue()
