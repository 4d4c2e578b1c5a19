"""Locked cells of an uploaded workbook that were changed all the same: told, for they do not count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.scoring import ScoringModel
from reports.cells import column_letter, plain_text
from reports.workbook.formulas import Formulas
from reports.workbook.layout import Line, layout_of
from reports.workbook.raw_sheets import RawCell, RawSheet
from reports.workbook.references import Columns
from reports.workbook.scales import levels
from reports.workbook.sums import sums_of
from reports.workbook.words import Words, words_in

MACHINE = ("w", "wv", "num", "den", "lcm", "proposal", "changed")  # hidden columns of formulas
LOCKED = ("criterion", "weight", "state", *MACHINE)  # the machine names of the columns that are looked at
TOP = ("score", "state", "strengths", "improve")  # over these columns the four live figures stand
OVERVIEW = "kk:oversikt"
OVERVIEW_FORMULAS = 7  # on a row of the overview, beside one for each area
TOLERANCE = 1e-9
MOST_TOLD = 6


@dataclass(frozen=True)
class LockedRow:
    """What stands on a row that nobody may change: texts by column, the weight, the columns of formulas."""

    code: str  # empty for the total
    texts: Mapping[str, str]
    weight: Decimal | None
    formulas: tuple[str, ...]


def locked_rows(model: ScoringModel, language: str) -> dict[str, LockedRow]:
    """The locked cells of a nomination's sheet, by the end of the row's key."""
    words, layout = words_in(language), layout_of(model)
    formulas = Formulas(layout, sums_of(layout.root, model.rounding), words, Columns())
    found = {}
    for line in layout.lines:
        code, own = line.plan.code, formulas.by_code[line.plan.code]
        names = ["state", *(name for name in MACHINE if getattr(own, name))]
        if not line.node.takes_mark:
            names = ["score", *(name for name in names if name != "changed")]
        key = code if line.node.takes_mark else f"_{code}"
        found[key] = LockedRow(code, _texts(line, words), line.weight, tuple(names))
    named = tuple(name for name in ("num", "den", "lcm") if getattr(formulas.total, name))
    found["_total"] = LockedRow("", {}, None, ("score", *named))
    return found


def changed_on(
    sheet: RawSheet, columns: Mapping[str, int], rows: Iterable[tuple[int, LockedRow]], names_row: int
) -> list[tuple[int, int]]:
    """The places of a nomination's locked cells that are not as they were issued, from the top."""
    places = [place for number, row in rows for place in _changed_in_row(sheet, columns, number, row)]
    above = sum(cell.is_formula for (row, _column), cell in sheet.cells.items() if row < names_row)
    if above < len(TOP):
        top = [(names_row - 1, columns[name]) for name in TOP if name in columns]
        places += [place for place in top if not _is_formula(sheet.cells.get(place))]
    return sorted(places)


def changed_in_overview(
    sheets: Iterable[RawSheet], areas: int, entries: Collection[str]
) -> tuple[RawSheet, list[tuple[int, int]]] | None:
    """The overview and its rows that have lost formulas, each by its first cell; None where all is well."""
    for sheet in sheets:
        keys = {cell.value: place for place, cell in sheet.cells.items() if isinstance(cell.value, str)}
        if OVERVIEW not in keys:
            continue
        rows = [keys[f"kk:rad:{entry}"][0] for entry in entries if f"kk:rad:{entry}" in keys]
        counted = dict.fromkeys(rows, 0)
        for (row, _column), cell in sheet.cells.items():
            if row in counted:
                counted[row] += cell.is_formula
        gone = [row for row, count in counted.items() if count < OVERVIEW_FORMULAS + areas]
        return (sheet, [_first_constant(sheet, row) for row in sorted(gone)]) if gone else None
    return None


def has_formulas(sheets: Iterable[RawSheet]) -> bool:
    """False for what a tool wrote that keeps values alone: nobody changed a cell then."""
    return any(cell.is_formula for sheet in sheets for cell in sheet.cells.values())


def told(places: Iterable[tuple[int, int]]) -> Promise:
    """One sentence for all the changed cells of a sheet."""
    cells = [f"{column_letter(column)}{row}" for row, column in places]
    more = [*cells[:MOST_TOLD], "…"] if len(cells) > MOST_TOLD else cells
    return format_lazy(
        _("Locked cells have been changed in the file ({cells}). They do not count: the site's own apply."),
        cells=", ".join(more),
    )


def _texts(line: Line, words: Words) -> dict[str, str]:
    title = line.node.title.in_language(words.language)
    guidance = line.node.guidance.in_language(words.language)
    if line.node.takes_mark:
        meanings = "\n".join(f"{name} {text}" for name, text in levels(line.node, words))
        return {"criterion": f"{title} {guidance}" if line.is_leaf else title, "levels": meanings}
    return {"criterion": title, "levels": guidance}


def _changed_in_row(
    sheet: RawSheet, columns: Mapping[str, int], number: int, row: LockedRow
) -> Iterator[tuple[int, int]]:
    code = sheet.cells.get((number, columns["code"]))
    if row.code and (code is None or str(code.value).strip() != row.code):
        return  # sorted without its key: told as that
    for name, text in row.texts.items():
        if name in columns and _seen(sheet.cells.get((number, columns[name]))) != _words(text):
            yield number, columns[name]
    if row.weight is not None and "weight" in columns:
        place = (number, columns["weight"])
        if not _is(sheet.cells.get(place), row.weight):
            yield place
    for name in row.formulas:
        if name in columns and not _is_formula(sheet.cells.get((number, columns[name]))):
            yield number, columns[name]


def _seen(cell: RawCell | None) -> str:
    return _words("" if cell is None or cell.value is None else str(cell.value))


def _words(text: str) -> str:
    """The text without what programs do to spaces and line breaks."""
    return " ".join(plain_text(text).split())


def _is(cell: RawCell | None, weight: Decimal) -> bool:
    if cell is None or cell.kind != "number" or not isinstance(cell.value, int | float):
        return False
    return abs(cell.value - float(weight)) <= TOLERANCE


def _is_formula(cell: RawCell | None) -> bool:
    return cell is not None and cell.is_formula


def _first_constant(sheet: RawSheet, row: int) -> tuple[int, int]:
    """The first cell of an overview's row, after its key and its name, that is no formula."""
    columns = sorted(column for at, column in sheet.cells if at == row)
    after = [column for column in columns[2:] if not sheet.cells[row, column].is_formula]
    return row, after[0] if after else columns[0]
