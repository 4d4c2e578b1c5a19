"""A juror who fills in the workbook in LibreOffice Calc: through its own flat format, without a macro."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import openpyxl
from lxml import etree

from tests.office import find_office

XLSX = "xlsx:Calc MS Excel 2007 XML"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
NAMES_ROW = 4  # where the machine names of the columns stand

Values = Mapping[tuple[str, str, str], object]  # (sheet, key of the row, machine name of the column): value


def filled_in_calc(folder: Path, content: bytes, values: Values) -> bytes:
    """The workbook after LibreOffice opened it, took these values, calculated, and saved it as .xlsx."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "jury.xlsx").write_bytes(content)
    flat = _converted(folder / "jury.xlsx", folder / "flat", "fods")
    document = etree.parse(flat)
    for (sheet, row, column), value in places(content, values).items():
        _write(_cell(document, sheet, row, column), value)
    _forget_results(document)
    document.write(flat, xml_declaration=True, encoding="utf-8")
    return _converted(flat, folder / "saved", XLSX).read_bytes()


def places(content: bytes, values: Values) -> dict[tuple[str, int, int], object]:
    """The same values by (sheet, row number, column number)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for (title, key, name), value in values.items():
        sheet = book[title]
        column = next(cell.column for cell in sheet[NAMES_ROW] if cell.value == name)
        row = next(cell.row for cell in sheet["A"] if cell.value == key)
        found[title, row, column] = value
    return found


def _converted(path: Path, target: Path, to: str) -> Path:
    command = [find_office(), f"-env:UserInstallation={(path.parent / 'profile').resolve().as_uri()}"]
    arguments = ["--headless", "--convert-to", to, "--outdir", str(target), str(path)]
    subprocess.run([*command, *arguments], check=True, capture_output=True, timeout=240)
    return target / f"{path.stem}.{to.partition(':')[0]}"


def _forget_results(document: etree._ElementTree) -> None:
    """Calc calculates what it finds no result of, as it does while somebody types."""
    for cell in document.iter(f"{{{TABLE}}}table-cell"):
        if cell.get(f"{{{TABLE}}}formula"):
            for name in [name for name in cell.attrib if name.startswith(f"{{{OFFICE}}}")]:
                del cell.attrib[name]


def _cell(document: etree._ElementTree, sheet: str, row: int, column: int) -> etree._Element:
    table = next(each for each in document.iter(f"{{{TABLE}}}table") if each.get(f"{{{TABLE}}}name") == sheet)
    line = _nth(list(table.iter(f"{{{TABLE}}}table-row")), row, "rows")
    kinds = (f"{{{TABLE}}}table-cell", f"{{{TABLE}}}covered-table-cell")
    return _nth([each for each in line if each.tag in kinds], column, "columns")


def _nth(elements: list[etree._Element], number: int, what: str) -> etree._Element:
    """The element that stands for the numbered row or column; what stands for several is taken apart."""
    repeated = f"{{{TABLE}}}number-{what}-repeated"
    passed = 0
    for element in elements:
        count = int(element.get(repeated, 1))
        if passed + count < number:
            passed += count
            continue
        before, after = number - passed - 1, passed + count - number
        for amount, place in ((before, 0), (after, 1)):
            if amount:
                other = deepcopy(element)
                other.set(repeated, str(amount))
                parent = element.getparent()
                parent.insert(parent.index(element) + place, other)
        element.attrib.pop(repeated, None)
        return element
    raise LookupError(f"no such place among the {what}: {number}")


def _write(cell: etree._Element, value: object) -> None:
    for child in list(cell):
        cell.remove(child)
    for name in [name for name in cell.attrib if name.startswith((f"{{{OFFICE}}}", f"{{{TABLE}}}formula"))]:
        del cell.attrib[name]
    number = isinstance(value, int | float)
    cell.set(f"{{{OFFICE}}}value-type", "float" if number else "string")
    if number:
        cell.set(f"{{{OFFICE}}}value", str(value))
    else:
        etree.SubElement(cell, f"{{{TEXT}}}p").text = str(value)
