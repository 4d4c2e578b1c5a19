"""The overview: one row per nomination with live totals, rank and what is missing; below it, the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.cells import Page, Shown, column_letter, defined_name, formula_text, quoted
from reports.workbook.expressions import half_up
from reports.workbook.layout import MOST_AREAS, Layout, Line
from reports.workbook.paper import Book, conditional, link, name_cells, print_area
from reports.workbook.scales import shown_mark
from reports.workbook.setting import Judged, Setting, or_empty
from reports.workbook.spec import EntrySpec, WorkbookSpec
from reports.workbook.styles import BRICK, MUTED, PALE_BRICK
from reports.workbook.weights_table import write_weights

FIRST = 5
AREA_WIDTH, NAME_WIDTH = 16, 38


@dataclass(frozen=True)
class OverviewColumns:
    """The letters of the overview's columns; `areas` has one per line below the total (none if too many)."""

    areas: tuple[tuple[str, Line], ...]
    value: str
    of_100: str
    rank: str
    judged: str
    missing: str
    status: str
    order: str


def columns_of(layout: Layout) -> OverviewColumns:
    """Which columns the overview of this model has."""
    top = layout.top if len(layout.top) <= MOST_AREAS else ()
    areas = tuple((column_letter(number), line) for number, line in enumerate(top, start=3))
    rest = [column_letter(number) for number in range(3 + len(top), 10 + len(top))]
    return OverviewColumns(areas, *rest)


def add_overview(book: Book, columns: OverviewColumns) -> Page:
    """An empty overview in its place among the sheets."""
    widths = {"A": 14, "B": NAME_WIDTH} | {letter: AREA_WIDTH for letter, _line in columns.areas}
    names = ("value", "of_100", "rank", "judged", "missing", "status", "order")
    rest = zip(names, (15, 11, 10, 14, 11, 28, 8), strict=True)
    widths |= {getattr(columns, name): width for name, width in rest}
    return book.add(book.words["sheet.overview"], widths, hidden=["A", columns.order])


def fill_overview(
    setting: Setting,
    page: Page,
    spec: WorkbookSpec,
    judged: Mapping[str, Judged],
    titles: Mapping[str, str],
) -> None:
    """Write the overview. `titles` are the nominations' sheet titles by code."""
    words, columns, entries = setting.book.words, setting.columns, spec.entries
    page.text("A1", "kk:oversikt", "KK Maskin")
    page.text("B1", words["overview.title"], "KK Titel")
    _heads(setting, page)
    last = FIRST + len(entries) - 1
    for row, entry in enumerate(entries, start=FIRST):
        page.text(f"A{row}", f"kk:rad:{entry.code}", "KK Maskin")
        if entry.recused is None:
            _row(setting, page, judged[entry.code], titles[entry.code], last)
        else:
            _recused_row(setting, page, row, entry)
        link(page, f"B{row}", defined_name("blad", entry.code), words["entry.to_sheet_tip"])
        page.sheet.row_dimensions[row].height = 26
    for row, height in ((1, 33), (2, 18), (4, 34)):
        page.sheet.row_dimensions[row].height = height
    note = words["overview.note"] if entries else words["overview.empty"]
    page.text(f"B{last + 1}", note, "KK Underrubrik")
    page.sheet.row_dimensions[last + 1].height = 22
    bottom = write_weights(setting.book, page, setting.layout, last + 3, NAME_WIDTH)
    if entries:
        _rules(columns, page, last)
    name_cells(setting.book, defined_name("oversikt"), page, "B1")
    name_cells(setting.book, defined_name("oversikt_tabell"), page, f"B4:{columns.status}{max(last, 4)}")
    page.sheet.freeze_panes = f"C{FIRST}"
    print_area(page, f"B1:{columns.status}{bottom}", repeat="4:4")


def _heads(setting: Setting, page: Page) -> None:
    words, columns = setting.book.words, setting.columns
    page.text("B4", words["overview.nomination"], "KK Kolumn")
    for letter, line in columns.areas:
        title = line.node.title.in_language(words.language)
        page.text(f"{letter}4", title, "KK Kolumn mitt")
    heads = {
        columns.value: setting.total_label,
        columns.of_100: words["total.of_100"],
        columns.rank: words["overview.rank"],
        columns.judged: words["overview.judged"],
        columns.missing: words["overview.missing"],
    }
    for letter, head in heads.items():
        page.text(f"{letter}4", head, "KK Kolumn mitt")
    page.text(f"{columns.status}4", words["overview.status"], "KK Kolumn")
    longest = max((len(line.node.title.in_language(words.language)) for _l, line in columns.areas), default=0)
    page.sheet.row_dimensions[4].height = 34 if longest < 2 * AREA_WIDTH else 50


def _row(setting: Setting, page: Page, judged: Judged, title: str, last: int) -> None:
    words, columns, sheet, row = setting.book.words, setting.columns, quoted(title), judged.overview_row
    value, of_100 = or_empty(judged.tally.value), or_empty(judged.tally.of_100)
    page.text(f"B{row}", judged.entry.name, "KK Namn")
    for letter, line in columns.areas:
        formula, shown, style = _area(setting, line, judged, sheet)
        page.formula(f"{letter}{row}", formula, shown, style)
    page.formula(f"{columns.value}{row}", f"{sheet}!$F$3", value, f"KK Tal|{setting.places_format}")
    page.formula(f"{columns.of_100}{row}", f"{sheet}!$G$3", of_100, "KK Cell mitt|0.0")
    leaves, missing = len(setting.layout.leaves), f"{columns.missing}{row}"
    style = f'KK Cell mitt|0" {words["common.of"]} {leaves}"'
    page.formula(f"{columns.judged}{row}", f"{leaves}-{missing}", leaves - judged.left, style)
    page.formula(missing, f"{sheet}!$H$3", judged.left, "KK Cell mitt")
    _status(setting, page, judged)
    _place(setting, page, judged, last)


def _status(setting: Setting, page: Page, judged: Judged) -> None:
    words, columns, row = setting.book.words, setting.columns, judged.overview_row
    leaves, missing = len(setting.layout.leaves), f"{columns.missing}{row}"
    names = ("complete", "nothing_applies", "untouched", "begun")
    complete, nothing, untouched, begun = (formula_text(words[f"state.{name}"]) for name in names)
    page.formula(
        f"{columns.status}{row}",
        f"IF({missing}=0,IF(ISNUMBER({columns.value}{row}),{complete},{nothing}),"
        f"IF({missing}={leaves},{untouched},{begun}))",
        words[f"state.{judged.status(leaves)}"],
        "KK Cell rad",
    )


def _place(setting: Setting, page: Page, judged: Judged, last: int) -> None:
    """The rank, by way of a hidden column that holds the value of complete nominations as a whole number."""
    words, columns, row = setting.book.words, setting.columns, judged.overview_row
    order, power, none = columns.order, 10**setting.layout.model.rounding.places, no_place(setting.layout)
    area = f"{order}${FIRST}:{order}${last}"
    page.formula(
        f"{columns.rank}{row}",
        f'IF({order}{row}={none},"–",1+SUMPRODUCT(--({area}>{order}{row})))',
        judged.rank or words["common.none"],
        "KK Tal",
    )
    complete = f"{columns.status}{row}={formula_text(words['state.complete'])}"
    value = none if judged.rank is None else int(judged.tally.value * power)
    page.formula(
        f"{order}{row}", f"IF({complete},ROUND({columns.value}{row}*{power},0),{none})", value, "KK Maskin"
    )


def _area(setting: Setting, line: Line, judged: Judged, sheet: str) -> tuple[str, Shown, str]:
    """(formula, what it shows, style) of one line below the total."""
    cell, style = f"{sheet}!$F${line.row}", f"KK Cell mitt|{setting.places_format}"
    if line.is_leaf:
        shown = shown_mark(judged.entry.marks.get(line.plan.code), setting.book.words)
        return f'IF({cell}="","",{cell})', or_empty(shown), "KK Cell mitt"
    value = or_empty(judged.tally.nodes.get(line.plan.code))
    if line.node.takes_mark:  # the stated cell is empty until it is stated: show what counts
        num, den = (
            f"{sheet}!${letter}${line.row}" for letter in (setting.formulas.at.num, setting.formulas.at.den)
        )
        shown_value = half_up(num, den, setting.layout.model.rounding.places)
        return f'IF({den}=0,"",{shown_value})', value, style
    return cell, value, style


def _recused_row(setting: Setting, page: Page, row: int, entry: EntrySpec) -> None:
    words, columns = setting.book.words, setting.columns
    page.text(f"B{row}", entry.name, "KK Jäv")
    letters = [letter for letter, _line in columns.areas]
    for letter in (*letters, columns.value, columns.of_100, columns.rank, columns.judged, columns.missing):
        page.text(f"{letter}{row}", words["common.none"], "KK Jäv mitt")
    page.text(f"{columns.status}{row}", words["state.recused"], "KK Jäv")
    page.number(f"{columns.order}{row}", no_place(setting.layout), "KK Maskin")


def no_place(layout: Layout) -> int:
    """What stands in the order column for a nomination without a place: below every possible value."""
    lowest = layout.root.lo * 10**layout.model.rounding.places
    return min(-1, int(lowest) - 1)


def _rules(columns: OverviewColumns, page: Page, last: int) -> None:
    gap = f"AND(ISNUMBER(${columns.missing}{FIRST}),${columns.missing}{FIRST}>0)"
    conditional(page, f"{columns.missing}{FIRST}:{columns.status}{last}", gap, ink=BRICK, ground=PALE_BRICK)
    conditional(page, f"{columns.value}{FIRST}:{columns.of_100}{last}", gap, ink=MUTED)
