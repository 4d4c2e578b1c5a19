"""A nomination's own sheet: criteria to score on top, the total in sight, notes and facts below."""

from __future__ import annotations

from reports.cells import Page, defined_name
from reports.workbook.criteria_rows import WIDTHS, write_group, write_leaf, write_total
from reports.workbook.facts import write_facts, write_notes
from reports.workbook.layout import FIRST_ROW, HEAD_ROW, NAMES_ROW, Layout
from reports.workbook.paper import Book, conditional, link, name_cells, print_area, row_height
from reports.workbook.scales import validate_scores, validate_texts
from reports.workbook.setting import Judged, Setting, or_empty
from reports.workbook.spec import EntrySpec
from reports.workbook.styles import ACCENT, BRICK, MUTED, PALE_BRICK, WHITE

HIDDEN = dict.fromkeys("KLMNOPQR", 10)
MACHINE_NAMES = {
    "A": "key",
    "B": "code",
    "C": "criterion",
    "D": "levels",
    "E": "weight",
    "F": "score",
    "G": "state",
    "H": "strengths",
    "I": "improve",
    "J": "evidence",
    "K": "base",
    "L": "w",
    "M": "wv",
    "N": "num",
    "O": "den",
    "P": "lcm",
    "Q": "proposal",
    "R": "changed",
}


def add_entry_sheet(setting: Setting, judged: Judged) -> Page:
    """Write the sheet of a nomination the juror judges."""
    book, entry = setting.book, judged.entry
    widths = {**WIDTHS, **HIDDEN, "B": code_width(setting.layout)}
    page = book.add(entry.name, widths, hidden=["A", *HIDDEN], tab=ACCENT)
    _head(setting, page, judged)
    for line in setting.layout.lines:
        if line.is_leaf:
            write_leaf(setting, page, judged, line)
        else:
            write_group(setting, page, judged, line)
    write_total(setting, page, judged)
    row = write_notes(book, page, entry, setting.layout.total_row + 2)
    last = write_facts(book, page, entry, row + 1)
    _rules(setting, page)
    page.sheet.freeze_panes = f"D{FIRST_ROW}"
    print_area(page, f"B1:J{last}", repeat=f"{HEAD_ROW}:{HEAD_ROW}")
    _start_at_first_gap(setting, page, entry)
    return page


def code_width(layout: Layout) -> float:
    """How wide the column of codes must be."""
    longest = max((len(line.plan.code) for line in layout.lines), default=0)
    return min(max(WIDTHS["B"], longest * 1.25 + 1.5), 20)


def add_recused_sheet(book: Book, entry: EntrySpec) -> Page:
    """Write the sheet of a nomination the juror is recused from: one sentence, nothing to fill in."""
    words = book.words
    page = book.add(entry.name, WIDTHS, hidden=["A"])
    page.text("A1", f"kk:nominering:{entry.code}", "KK Maskin")
    page.text("B1", entry.title, "KK Titel")
    _to_overview(book, page)
    page.text("B5", words["entry.recused_title"], "KK Rubrik")
    name = "entry.recused_text" if entry.recused else "entry.recused_text_bare"
    page.text("B6", words.say(name, reason=entry.recused), "KK Underrubrik")
    page.text("B7", words["entry.recused_help"], "KK Underrubrik")
    for row, height in ((1, 33), (3, 26), (5, 24)):
        page.sheet.row_dimensions[row].height = height
    name_cells(book, defined_name("blad", entry.code), page, "B1")
    print_area(page, "B1:J7")
    return page


# --- the top ----------------------------------------------------------------------------------------------


def _head(setting: Setting, page: Page, judged: Judged) -> None:
    book, words, entry = setting.book, setting.book.words, judged.entry
    total, leaves = setting.layout.total_row, len(setting.layout.leaves)
    page.text("A1", f"kk:nominering:{entry.code}", "KK Maskin")
    page.text("B1", entry.title, "KK Titel")
    page.text("B2", entry.summary, "KK Underrubrik")
    labels = (setting.total_label, words["total.of_100"], words["total.left"], words["total.rank"])
    for letter, label in zip("FGHI", labels, strict=True):
        page.text(f"{letter}2", label, "KK Nyckeltalsetikett")
    _to_overview(book, page)
    page.text("D3", words["entry.to_facts"], "KK Länk")
    link(page, "D3", defined_name("fakta", entry.code), words["entry.to_facts_tip"])
    value, of_100 = judged.tally.value, judged.tally.of_100
    page.formula("F3", f"F{total}", or_empty(value), f"KK Nyckeltal|{setting.places_format}")
    page.formula("G3", setting.formulas.of_100(), or_empty(of_100), "KK Nyckeltal|0.0")
    left_format = f'0" {words["common.of"]} {leaves}"'
    page.formula("H3", setting.formulas.left(), judged.left, f"KK Nyckeltal|{left_format}")
    place = f"{setting.overview}!${setting.columns.rank}${judged.overview_row}"
    page.formula("I3", place, judged.rank or words["common.none"], "KK Nyckeltal")
    for letter, name in MACHINE_NAMES.items():
        page.text(f"{letter}{NAMES_ROW}", name, "KK Maskin")
    _column_heads(setting, page)
    rows = page.sheet.row_dimensions
    rows[1].height, rows[2].height, rows[3].height = 33, 18, 26
    rows[NAMES_ROW].hidden = True
    name_cells(book, defined_name("blad", entry.code), page, "B1")
    name_cells(book, defined_name("total", entry.code), page, "F3")
    score = f"F{FIRST_ROW}:F{setting.layout.last_row}"
    name_cells(book, defined_name("poang", entry.code), page, score)


def _column_heads(setting: Setting, page: Page) -> None:
    words = setting.book.words
    points = setting.layout.model.root.aggregate == "points_sum"
    heads = {
        "B": words["entry.code"],
        "C": words["entry.criterion"],
        "D": words["entry.levels"],
        "E": words["entry.max_points" if points else "entry.weight"],
        "F": words["entry.score"],
        "G": words["entry.state"],
        "H": words["entry.strengths"],
        "I": words["entry.improvements"],
        "J": words["entry.evidence"],
    }
    for letter, head in heads.items():
        page.text(f"{letter}{HEAD_ROW}", head, "KK Kolumn mitt" if letter in "EF" else "KK Kolumn")
    row_height(page, HEAD_ROW, 24, *((head, WIDTHS[letter] * 0.98) for letter, head in heads.items()))


def _to_overview(book: Book, page: Page) -> None:
    page.text("B3", book.words["entry.to_overview"], "KK Länk")
    link(page, "B3", defined_name("oversikt"), book.words["entry.to_overview_tip"])


def _rules(setting: Setting, page: Page) -> None:
    words, layout = setting.book.words, setting.layout
    state = f"$G{FIRST_ROW}"
    is_one_of = {
        name: "OR(" + ",".join(f'{state}="{words[each]}"' for each in each_name) + ")"
        for name, each_name in {
            "wrong": ("state.outside", "state.invalid"),
            "missing": ("state.missing",),
            "blank": ("blank.not_applicable", "blank.no_evidence"),
        }.items()
    }
    area = f"F{FIRST_ROW}:G{layout.last_row}"
    conditional(page, area, is_one_of["wrong"], ink=WHITE, ground=BRICK)
    conditional(page, area, is_one_of["missing"], ink=BRICK, ground=PALE_BRICK)
    conditional(page, area, is_one_of["blank"], ink=MUTED)
    validate_scores(page, layout.inputs, dict(setting.choices), "F", words)
    notes = f"D{layout.total_row + 3}:D{layout.total_row + 4}"
    validate_texts(page, [notes, *(f"H{line.row}:J{line.row}" for line in layout.inputs)], words)


def _start_at_first_gap(setting: Setting, page: Page, entry: EntrySpec) -> None:
    gaps = [line.row for line in setting.layout.leaves if line.plan.code not in entry.marks]
    row = gaps[0] if gaps else (setting.layout.leaves[0].row if setting.layout.leaves else FIRST_ROW)
    for selection in page.sheet.sheet_view.selection:
        if selection.pane == "bottomRight":
            selection.activeCell = selection.sqref = f"F{row}"
