"""A nomination's sheet in the organiser's workbook: criteria down, jurors across, all together below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from criteria.combine import Combined
from criteria.scoring import Mark, Tally
from reports.cells import Page, column_letter, defined_name
from reports.workbook.criteria_rows import state_of
from reports.workbook.entry_sheet import code_width
from reports.workbook.facts import write_facts
from reports.workbook.figures import Figures
from reports.workbook.formulas import Formulas
from reports.workbook.layout import FIRST_ROW, HEAD_ROW, NAMES_ROW, Layout, Line
from reports.workbook.paper import Book, link, name_cells, print_area, row_height
from reports.workbook.references import Columns
from reports.workbook.scales import Choice, shown_mark, validate_scores
from reports.workbook.setting import LineTexts, or_empty
from reports.workbook.spec import EntrySpec, OrganiserSpec, SeatSpec
from reports.workbook.styles import ACCENT
from reports.workbook.sums import Sum
from reports.workbook.together import Seats, is_live, together

WIDTHS = {"A": 14, "B": 6, "C": 32, "D": 57, "E": 7}
FIRST_SEAT = 6
SEAT_WIDTH = 15
LEAST_COLUMNS = 4  # the key figures on top need that many
PER_SEAT = ("state", "w", "wv", "num", "den", "lcm", "proposal")


@dataclass(frozen=True)
class Read:
    """What one juror made of one nomination. `tally` is None for a recused juror."""

    marks: Mapping[str, Mark]
    tally: Tally | None
    figures: Mapping[str, Figures]
    counts: bool
    recused: bool
    state: str


@dataclass(frozen=True)
class OrganiserSetting:
    """What the sheets of the organiser's workbook share."""

    book: Book
    spec: OrganiserSpec
    layout: Layout
    root: Sum
    seats: tuple[SeatSpec, ...]
    columns: tuple[Columns, ...]  # one per seat
    formulas: tuple[Formulas, ...]
    choices: Mapping[str, Choice]
    texts: Mapping[str, LineTexts]
    total_label: str
    places_format: str

    @property
    def last_seat(self) -> int:
        """The number of the last visible column."""
        return FIRST_SEAT - 1 + max(len(self.seats), LEAST_COLUMNS)


def seat_columns(count: int) -> tuple[Columns, ...]:
    """The columns of each seat: its scores beside each other, its hidden ones far to the right."""
    hidden = FIRST_SEAT + max(count, LEAST_COLUMNS) + 2
    found = []
    for at in range(count):
        letters = [column_letter(hidden + at * len(PER_SEAT) + place) for place in range(len(PER_SEAT))]
        score = column_letter(FIRST_SEAT + at)
        found.append(replace(Columns(score=score), **dict(zip(PER_SEAT, letters, strict=True))))
    return tuple(found)


def add_organiser_sheet(
    setting: OrganiserSetting,
    entry: EntrySpec,
    reads: list[Read],
    combined: Combined,
    place: tuple[str, int | None],
) -> Page:
    """Write one nomination. `place` is (the overview's rank cell, the rank it shows)."""
    layout, last = setting.layout, column_letter(setting.last_seat)
    page = _page(setting, entry)
    for line in layout.lines:
        _line(setting, page, line, reads)
    row = layout.total_row
    _totals(setting, page, reads)
    value, of_100, count = _together(setting, page, reads, combined)
    _head(setting, page, entry, place)
    shown = f"|{setting.places_format}"
    page.formula("F3", value, or_empty(combined.value), f"KK Nyckeltal{shown}")
    page.formula("G3", of_100, or_empty(combined.of_100), "KK Nyckeltal|0.0")
    page.formula("I3", count, sum(_has_total(read) for read in reads), "KK Nyckeltal")
    bottom = write_facts(setting.book, page, entry, row + 10)
    if not setting.spec.seats:
        validate_scores(page, layout.inputs, dict(setting.choices), "F", setting.book.words)
    page.sheet.freeze_panes = f"D{FIRST_ROW}"
    print_area(page, f"B1:{last}{bottom}", repeat=f"{HEAD_ROW}:{HEAD_ROW}")
    return page


def _page(setting: OrganiserSetting, entry: EntrySpec) -> Page:
    seats = {column_letter(at): SEAT_WIDTH for at in range(FIRST_SEAT, setting.last_seat + 1)}
    hidden = [column_letter(setting.last_seat + 1), column_letter(setting.last_seat + 2)]
    hidden += [getattr(columns, name) for columns in setting.columns for name in PER_SEAT]
    widths = {**WIDTHS, "B": code_width(setting.layout), **seats, **dict.fromkeys(hidden, 9)}
    return setting.book.add(entry.name, widths, hidden=["A", *hidden], tab=ACCENT)


def _head(setting: OrganiserSetting, page: Page, entry: EntrySpec, place: tuple[str, int | None]) -> None:
    words, book = setting.book.words, setting.book
    page.text("A1", f"kk:nominering:{entry.code}", "KK Maskin")
    page.text("B1", entry.title, "KK Titel")
    page.text("B2", entry.summary, "KK Underrubrik")
    page.text("B3", words["entry.to_overview"], "KK Länk")
    link(page, "B3", defined_name("oversikt"), words["entry.to_overview_tip"])
    labels = (words["all.combined_row"], words["total.of_100"], words["all.place_head"], words["all.counted"])
    for letter, label in zip("FGHI", labels, strict=True):
        page.text(f"{letter}2", label, "KK Nyckeltalsetikett")
    page.formula("H3", place[0], place[1] or words["common.none"], "KK Nyckeltal")
    points = setting.layout.model.root.aggregate == "points_sum"
    weight = words["entry.max_points" if points else "entry.weight"]
    page.text(f"B{HEAD_ROW}", words["entry.code"], "KK Kolumn")
    page.text(f"C{HEAD_ROW}", words["entry.criterion"], "KK Kolumn")
    page.text(f"D{HEAD_ROW}", words["entry.levels"], "KK Kolumn")
    page.text(f"E{HEAD_ROW}", weight, "KK Kolumn mitt")
    for seat, columns in zip(setting.seats, setting.columns, strict=True):
        page.text(f"{columns.score}{HEAD_ROW}", seat.label, "KK Kolumn mitt")
        page.text(f"{columns.score}{NAMES_ROW}", f"score:{seat.key}", "KK Maskin")
    for letter, name in zip("ABCDE", ("key", "code", "criterion", "levels", "weight"), strict=True):
        page.text(f"{letter}{NAMES_ROW}", name, "KK Maskin")
    rows = page.sheet.row_dimensions
    rows[1].height, rows[2].height, rows[3].height, rows[NAMES_ROW].hidden = 33, 18, 26, True
    row_height(page, HEAD_ROW, 30, *((seat.label, SEAT_WIDTH) for seat in setting.seats))
    name_cells(book, defined_name("blad", entry.code), page, "B1")
    name_cells(book, defined_name("total", entry.code), page, "F3")


def _line(setting: OrganiserSetting, page: Page, line: Line, reads: list[Read]) -> None:
    row, code, words = line.row, line.plan.code, setting.book.words
    group = not line.is_leaf
    name = "KK Område" if group and line.depth == 1 else "KK Delområde" if group else "KK Cell"
    page.text(f"A{row}", f"{'' if line.node.takes_mark else '_'}{code}", "KK Maskin")
    page.text(f"B{row}", code, name if group else "KK Cell fet")
    levels = _texts(setting, page, line, name)
    page.value(f"E{row}", line.weight, f"{name} mitt")
    for columns, formulas, read in zip(setting.columns, setting.formulas, reads, strict=True):
        _seat_cells(setting, page, line, (columns, formulas, read))
    title = line.node.title.in_language(words.language)
    guidance = line.node.guidance.in_language(words.language)
    titles = f"{title}\n{guidance}" if guidance and not group else title
    row_height(page, row, 22, (titles, WIDTHS["C"]), small=(levels, WIDTHS["D"] * 1.12))


def _texts(setting: OrganiserSetting, page: Page, line: Line, name: str) -> str:
    """Title, question and levels as in a juror's workbook; returns the levels as plain text."""
    language, row = setting.book.words.language, line.row
    if not line.node.takes_mark:
        guidance = line.node.guidance.in_language(language)
        page.text(f"C{row}", line.node.title.in_language(language), name)
        page.text(f"D{row}", guidance, f"{name}stext")
        return guidance
    texts = setting.texts[line.plan.code]
    page.rich(f"C{row}", texts.title, name)
    page.rich(f"D{row}", texts.levels, "KK Nivåer" if line.is_leaf else f"{name}stext")
    return texts.plain_levels


def _seat_cells(
    setting: OrganiserSetting, page: Page, line: Line, seat: tuple[Columns, Formulas, Read]
) -> None:
    columns, formulas, read = seat
    row, code, words = line.row, line.plan.code, setting.book.words
    address = f"{columns.score}{row}"
    if read.recused or read.tally is None:
        page.blank(address, "KK Jäv mitt")
        return
    own = formulas.by_code[code]
    if line.node.takes_mark:
        mark = read.marks.get(code)
        style = "KK Cell mitt" if read.counts else "KK Svag mitt"
        page.value(address, shown_mark(mark, words), style if setting.spec.seats else "KK Inmatning poäng")
        state = _state(setting, line, read)
        page.formula(f"{columns.state}{row}", own.state, state, "KK Maskin")
    else:
        name = "KK Område mitt" if line.depth == 1 else "KK Delområde mitt"
        shown = or_empty(read.tally.nodes.get(code))
        page.formula(address, own.shown, shown, f"{name}|{setting.places_format}")
    _machine(page, row, columns, own, read.figures[code])


def _state(setting: OrganiserSetting, line: Line, read: Read) -> str:
    words, mark = setting.book.words, read.marks.get(line.plan.code)
    if mark is not None or line.is_leaf:
        return state_of(mark, words)
    value = read.tally.nodes.get(line.plan.code) if read.tally else None
    return words["common.none"] if value is None else words.say("entry.proposed", value=words.number(value))


def _machine(page: Page, row: int, columns: Columns, own: object, figures: Figures) -> None:
    for name in ("w", "wv", "num", "den", "lcm", "proposal"):
        formula = getattr(own, name)
        if formula:
            page.formula(f"{getattr(columns, name)}{row}", formula, getattr(figures, name), "KK Maskin")


def _totals(setting: OrganiserSetting, page: Page, reads: list[Read]) -> None:
    """Each juror's value, of 100, state, and whether it counts: four rows below the criteria."""
    words, row, spec = setting.book.words, setting.layout.total_row, setting.spec
    code = setting.layout.root.code
    page.text(f"A{row}", "_total", "KK Maskin")
    labels = (setting.total_label, words["total.of_100"], words["all.state_row"], words["all.counts_row"])
    for number, label in enumerate(labels, start=row):
        style = "KK Summa" if number == row else "KK Cell"
        page.blank(f"B{number}", style)
        page.text(f"C{number}", label, "KK Summa" if number == row else "KK Cell fet")
        page.blank(f"D{number}", style)
        page.blank(f"E{number}", style)
        page.sheet.row_dimensions[number].height = 26 if number == row else 20
    for columns, formulas, read in zip(setting.columns, setting.formulas, reads, strict=True):
        score = columns.score
        if read.recused or read.tally is None:
            for number in range(row, row + 4):
                page.blank(f"{score}{number}", "KK Jäv mitt")
            page.text(f"{score}{row + 2}", words["state.recused_short"], "KK Jäv mitt")
            continue
        faint = not read.counts and bool(spec.seats)
        total = f"KK {'Summa svag' if faint else 'Summa mitt'}|{setting.places_format}"
        page.formula(f"{score}{row}", formulas.total.shown, or_empty(read.tally.value), total)
        cell = "KK Svag mitt" if faint else "KK Cell mitt"
        page.formula(f"{score}{row + 1}", formulas.of_100(), or_empty(read.tally.of_100), f"{cell}|0.0")
        page.text(f"{score}{row + 2}", read.state, cell)
        page.text(
            f"{score}{row + 3}", words["all.yes" if read.counts else "all.no"] if spec.seats else "", cell
        )
        _machine(page, row, columns, formulas.total, read.figures[code])


def _has_total(read: Read) -> bool:
    return read.counts and read.tally is not None and read.tally.exact is not None


def _together(
    setting: OrganiserSetting, page: Page, reads: list[Read], combined: Combined
) -> tuple[str, str, str]:
    """The combined value's row, over hidden machine rows; returns what the key figures on top refer to."""
    words, row = setting.book.words, setting.layout.total_row + 4
    code = setting.layout.root.code
    shown = f"KK Summa mitt|{setting.places_format}"
    model = setting.spec.model
    page.blank(f"B{row}", "KK Summa")
    page.text(f"C{row}", words["all.combined_row"], "KK Summa")
    page.blank(f"D{row}", "KK Summa")
    page.blank(f"E{row}", "KK Summa")
    for at in range(FIRST_SEAT, setting.last_seat + 1):
        page.blank(f"{column_letter(at)}{row}", "KK Summa mitt")
    page.sheet.row_dimensions[row].height = 26
    totals = [None if read.recused else read.figures[code] for read in reads]
    seats = Seats(FIRST_SEAT, setting.columns, [read.counts for read in reads], totals)
    made = together(model, setting.root, seats, setting.layout.total_row, row + 1)
    for address, formula, value in made.cells:
        page.formula(address, formula, value, "KK Maskin")
    for number in range(row + 1, row + 5):
        page.sheet.row_dimensions[number].hidden = True
    value, of_100 = or_empty(combined.value), or_empty(combined.of_100)
    if is_live(model):
        page.formula(f"F{row}", made.value, value, shown)
        page.formula(f"G{row}", made.of_100, of_100, "KK Summa mitt liten|0.0")
    else:
        page.value(f"F{row}", combined.value, shown)
        page.value(f"G{row}", combined.of_100, "KK Summa mitt liten|0.0")
        page.text(f"H{row}", words["all.fixed"], "KK Summa text")
    return f'IF(F{row}="","",F{row})', f'IF(G{row}="","",G{row})', made.count
