"""The organiser's first sheets and the last: how the file is made, everyone's totals and ranks, the check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from criteria.combine import Combined
from reports.cells import Page, column_letter, defined_name, formula_text, quoted
from reports.workbook.check_sheet import WIDTHS as CHECK_WIDTHS
from reports.workbook.check_sheet import check_head, difference, differs, fixed_sums, signed_format
from reports.workbook.organiser_sheets import OrganiserSetting, Read
from reports.workbook.overview_sheet import no_place
from reports.workbook.paper import link, name_cells, portrait, print_area, row_height
from reports.workbook.readme_sheet import WIDTHS as README_WIDTHS
from reports.workbook.readme_sheet import arithmetic_lines, write_part
from reports.workbook.setting import or_empty
from reports.workbook.spec import OrganiserEntrySpec
from reports.workbook.together import is_live
from reports.workbook.weights_table import write_weights

FIRST = 5
NAME_WIDTH = 38


@dataclass
class Standing:
    """One nomination with everyone's reading of it and what they come to."""

    entry: OrganiserEntrySpec
    reads: list[Read]
    combined: Combined
    place: int | None = None
    after_ties: int | None = None
    title: str = ""


@dataclass(frozen=True)
class OverviewLetters:
    """The columns of the organiser's overview."""

    seats: tuple[str, ...]
    combined: str
    of_100: str
    place: str
    after_ties: str
    counted: str
    order: str


def overview_columns(setting: OrganiserSetting) -> OverviewLetters:
    """The letters: seats from C on, then the combined value and what follows from it."""
    count = len(setting.seats)
    seats = tuple(column_letter(3 + at) for at in range(count))
    return OverviewLetters(seats, *(column_letter(3 + count + at) for at in range(6)))


def add_organiser_readme(setting: OrganiserSetting) -> Page:
    """Write the sheet that says how the file is made."""
    book, words = setting.book, setting.book.words
    page = book.add(words["sheet.readme"], README_WIDTHS, hidden=["A"])
    portrait(page)
    page.text("A1", "kk:lasmig", "KK Maskin")
    page.text("B1", words["all.title"], "KK Titel")
    page.text("B2", _subtitle(setting), "KK Underrubrik")
    page.sheet.row_dimensions[1].height, page.sheet.row_dimensions[2].height = 36, 20
    row = write_part(page, words["all.how"], list(_how(setting)), 4)
    lines = [*arithmetic_lines(book, setting.spec.model, setting.total_label)][:-1]
    lines = [line for line in lines if line[0] != words["readme.rank"][0]]
    row = write_part(page, words["readme.arithmetic"], [*lines, _combined_rule(setting)], row + 1)
    row = write_part(page, words["readme.good_to_know"], list(_good_to_know(setting)), row + 1)
    print_area(page, f"B1:D{row - 1}")
    return page


def _subtitle(setting: OrganiserSetting) -> str:
    words, spec = setting.book.words, setting.spec
    return words.say("common.issued_all", edition=spec.edition_title, moment=words.moment(spec.issued_at))


def _how(setting: OrganiserSetting) -> Iterator[tuple[str, str]]:
    words = setting.book.words
    yield words.pair("all.sheets")
    yield words.pair("all.blanks")
    begun = setting.spec.model.incomplete == "as_no_evidence"
    yield words.pair("all.counted_begun" if begun else "all.counted_rule")
    yield words.pair("all.place")


def _combined_rule(setting: OrganiserSetting) -> tuple[str, str]:
    words, model = setting.book.words, setting.spec.model
    name = model.juror_combine
    if name in ("mean", "median", "trimmed") and not is_live(model):
        name = "criterion"
    text = words.say(f"all.rule_{name}", trim=model.trim, needed=2 * model.trim + 3)
    return words["all.combined_rule"], text


def _good_to_know(setting: OrganiserSetting) -> Iterator[tuple[str, str]]:
    words, spec = setting.book.words, setting.spec
    yield words.pair("all.no_upload")
    yield words.pair("all.secrecy")
    yield words.pair("all.mark", id=spec.workbook_id, model=f"{spec.model.code}-v{spec.model.version}")


# --- overview ---------------------------------------------------------------------------------------------


def add_organiser_overview(setting: OrganiserSetting) -> Page:
    """An empty overview in its place among the sheets."""
    letters = overview_columns(setting)
    widths = {"A": 14, "B": NAME_WIDTH} | dict.fromkeys(letters.seats, 16)
    names = ("combined", "of_100", "place", "after_ties", "counted", "order")
    sizes = zip(names, (15, 11, 10, 16, 11, 8), strict=True)
    widths |= {getattr(letters, name): width for name, width in sizes}
    return setting.book.add(setting.book.words["sheet.overview"], widths, hidden=["A", letters.order])


def fill_organiser_overview(setting: OrganiserSetting, page: Page, standings: Sequence[Standing]) -> None:
    """Write the overview."""
    words, letters = setting.book.words, overview_columns(setting)
    page.text("A1", "kk:oversikt", "KK Maskin")
    page.text("B1", words["all.title"], "KK Titel")
    page.text("B2", _subtitle(setting), "KK Underrubrik")
    page.text("B4", words["overview.nomination"], "KK Kolumn")
    heads = [*((letter, seat.label) for letter, seat in zip(letters.seats, setting.seats, strict=True))]
    heads += [
        (letters.combined, words["all.combined"]),
        (letters.of_100, words["total.of_100"]),
        (letters.place, words["all.place_head"]),
        (letters.after_ties, words["all.after_ties"]),
        (letters.counted, words["all.counted"]),
    ]
    for letter, head in heads:
        page.text(f"{letter}4", head, "KK Kolumn mitt")
    last = FIRST + len(standings) - 1
    for row, standing in enumerate(standings, start=FIRST):
        _row(setting, page, standing, row, last)
        page.sheet.row_dimensions[row].height = 26
    page.sheet.row_dimensions[1].height, page.sheet.row_dimensions[2].height = 33, 18
    row_height(page, 4, 34, *((head, 15) for _letter, head in heads))
    note = words["all.tie_note"] if setting.spec.seats else words["all.no_seats"]
    page.text(f"B{last + 1}", note if standings else words["overview.empty"], "KK Underrubrik")
    page.sheet.row_dimensions[last + 1].height = 22
    bottom = write_weights(setting.book, page, setting.layout, last + 3, NAME_WIDTH)
    name_cells(setting.book, defined_name("oversikt"), page, "B1")
    page.sheet.freeze_panes = f"C{FIRST}"
    print_area(page, f"B1:{letters.counted}{bottom}", repeat="4:4")


def _row(setting: OrganiserSetting, page: Page, standing: Standing, row: int, last: int) -> None:
    words, letters, entry = setting.book.words, overview_columns(setting), standing.entry.entry
    sheet, total = quoted(standing.title), setting.layout.total_row
    value_format, none = f"|{setting.places_format}", no_place(setting.layout)
    page.text(f"A{row}", f"kk:rad:{entry.code}", "KK Maskin")
    page.text(f"B{row}", entry.name, "KK Namn")
    link(page, f"B{row}", defined_name("blad", entry.code), words["entry.to_sheet_tip"])
    for letter, columns, read in zip(letters.seats, setting.columns, standing.reads, strict=True):
        if read.tally is None:
            page.text(f"{letter}{row}", words["state.recused_short"], "KK Jäv mitt")
            continue
        style = "KK Cell mitt" if read.counts else "KK Svag mitt"
        cell = f"{sheet}!${columns.score}${total}"
        page.formula(f"{letter}{row}", cell, or_empty(read.tally.value), style + value_format)
    value, of_100 = or_empty(standing.combined.value), or_empty(standing.combined.of_100)
    page.formula(f"{letters.combined}{row}", f"{sheet}!$F$3", value, f"KK Tal{value_format}")
    page.formula(f"{letters.of_100}{row}", f"{sheet}!$G$3", of_100, "KK Cell mitt|0.0")
    area = f"{letters.order}${FIRST}:{letters.order}${last}"
    own = f"{letters.order}{row}"
    place = f'IF({own}={none},"–",1+SUMPRODUCT(--({area}>{own})))'
    page.formula(f"{letters.place}{row}", place, standing.place or words["common.none"], "KK Tal")
    page.value(f"{letters.after_ties}{row}", standing.after_ties or words["common.none"], "KK Cell mitt")
    counted = sum(
        read.counts and read.tally is not None and read.tally.exact is not None for read in standing.reads
    )
    page.formula(f"{letters.counted}{row}", f"{sheet}!$I$3", counted, "KK Cell mitt")
    power = 10**setting.layout.model.rounding.places
    shown = none if standing.combined.value is None else int(standing.combined.value * power)
    order = f"IF(ISNUMBER({letters.combined}{row}),ROUND({letters.combined}{row}*{power},0),{none})"
    page.formula(own, order, shown, "KK Maskin")


# --- check ------------------------------------------------------------------------------------------------


def add_organiser_check(setting: OrganiserSetting, standings: Sequence[Standing]) -> Page:
    """Site value against formula: one row per nomination and juror, and one for all together."""
    book, words = setting.book, setting.book.words
    page = book.add(words["sheet.check"], {**CHECK_WIDTHS, "C": 24, "E": 18, "F": 14}, hidden=["A"])
    check_head(book, page, words["check.note_all"], words["check.head_all"])
    row, total = FIRST, setting.layout.total_row
    for standing in standings:
        sheet = quoted(standing.title)
        lines = [
            (seat.label, read.tally.value, f"{sheet}!${columns.score}${total}")
            for seat, columns, read in zip(setting.seats, setting.columns, standing.reads, strict=True)
            if read.tally is not None
        ]
        lines.append((words["check.together"], standing.combined.value, f"{sheet}!$F$3"))
        for label, value, cell in lines:
            _check_row(setting, page, row, (standing.entry.entry.name, label, value, cell))
            row += 1
    if row > FIRST:
        differs(page, f"F{FIRST}:G{row - 1}", words["check.different_all"])
    bottom = fixed_sums(book, page, setting.root, row + 1)
    print_area(page, f"B1:G{bottom}", repeat="4:4")
    return page


def _check_row(setting: OrganiserSetting, page: Page, row: int, line: tuple) -> None:
    words, places = setting.book.words, setting.layout.model.rounding.places
    name, label, value, cell = line
    style, shown = f"KK Cell mitt|{setting.places_format}", words["common.none"] if value is None else value
    page.text(f"B{row}", name, "KK Cell rad fet")
    page.text(f"C{row}", label, "KK Cell mitt")
    page.value(f"D{row}", shown, style)
    page.formula(f"E{row}", f'IF(ISNUMBER({cell}),{cell},"–")', shown, style)
    page.formula(f"F{row}", difference(row, "D", "E", places), 0, f"KK Cell mitt|{signed_format(places)}")
    same, different = formula_text(words["check.same"]), formula_text(words["check.different_all"])
    page.formula(f"G{row}", f"IF(F{row}=0,{same},{different})", words["check.same"], "KK Cell rad")
    page.sheet.row_dimensions[row].height = 20
