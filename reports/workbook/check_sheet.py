"""The check: what the site had, what the file gives now, and whether the program calculates right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from reports.cells import Page, formula_text, quoted
from reports.workbook.expressions import half_up
from reports.workbook.paper import Book, conditional, print_area
from reports.workbook.setting import Judged, Setting
from reports.workbook.spec import EntrySpec
from reports.workbook.styles import BRICK, WHITE
from reports.workbook.sums import Sum, all_exact

WIDTHS = {"A": 14, "B": 44, "C": 20, "D": 18, "E": 14, "F": 16, "G": 46}
FIRST = 5
# name, right answer, whole numerator, whole denominator, decimals
FIXED_SUMS = (
    ("sum_1", Decimal("3.90"), "(40*4+35*3+25*5)", "100", 2),
    ("sum_2", Decimal("4.3846"), "(40*4+25*5)", "65", 4),
    ("sum_3", Decimal("2.68"), "535", "200", 2),
    ("sum_4", Decimal("3.91"), "781", "200", 2),
)


def add_check(
    setting: Setting,
    root: Sum,
    entries: Sequence[EntrySpec],
    judged: Mapping[str, Judged],
    titles: Mapping[str, str],
) -> Page:
    """Write the check sheet of a juror's workbook."""
    book, words = setting.book, setting.book.words
    page = book.add(words["sheet.check"], WIDTHS, hidden=["A"])
    check_head(book, page, words["check.note"], words["check.head"])
    for row, entry in enumerate(entries, start=FIRST):
        page.text(f"A{row}", f"kk:kontroll:{entry.code}", "KK Maskin")
        page.sheet.row_dimensions[row].height = 22
        if entry.recused is not None:
            page.text(f"B{row}", entry.name, "KK Jäv")
            for letter in "CDEF":
                page.text(f"{letter}{row}", words["common.none"], "KK Jäv mitt")
            page.text(f"G{row}", words["state.recused_check"], "KK Jäv")
            continue
        _row(setting, page, row, judged[entry.code], quoted(titles[entry.code]))
    last = FIRST + len(entries) - 1
    if entries:
        differs(page, f"E{FIRST}:G{last}", words["check.different"])
    bottom = fixed_sums(book, page, root, last + 2)
    print_area(page, f"B1:G{bottom}", repeat="4:4")
    return page


def check_head(book: Book, page: Page, note: str, heads: Sequence[str]) -> None:
    """Title, note and column heads of a check sheet."""
    page.text("A1", "kk:kontroll", "KK Maskin")
    page.text("B1", book.words["check.title"], "KK Titel")
    page.text("B2", note, "KK Underrubrik")
    for letter, head in zip("BCDEFG", heads, strict=True):
        page.text(f"{letter}4", head, "KK Kolumn" if letter in "BG" else "KK Kolumn mitt")
    for row, height in ((1, 33), (2, 18), (4, 34)):
        page.sheet.row_dimensions[row].height = height
    page.sheet.freeze_panes = f"C{FIRST}"


def _row(setting: Setting, page: Page, row: int, judged: Judged, sheet: str) -> None:
    words, value = setting.book.words, judged.tally.value
    places = setting.layout.model.rounding.places
    style = f"KK Cell mitt|{setting.places_format}"
    shown = words["common.none"] if value is None else value
    page.text(f"B{row}", judged.entry.name, "KK Cell rad fet")
    page.value(f"C{row}", shown, style)
    page.formula(f"D{row}", f'IF(ISNUMBER({sheet}!$F$3),{sheet}!$F$3,"–")', shown, style)
    page.formula(f"E{row}", difference(row, "C", "D", places), 0, f"KK Cell mitt|{signed_format(places)}")
    changed = f"{sheet}!$I${setting.layout.total_row}"
    page.formula(f"F{row}", changed, 0, "KK Cell mitt")
    verdict = f"IF(E{row}=0,{formula_text(words['check.same'])},{formula_text(words['check.different'])})"
    page.formula(
        f"G{row}",
        f"IF(F{row}>0,{formula_text(words['check.changed'])},{verdict})",
        words["check.same"],
        "KK Cell rad",
    )


def difference(row: int, site: str, file: str, places: int) -> str:
    """The file's figure minus the site's; 0 where both show a dash."""
    one, other = f"{site}{row}", f"{file}{row}"
    both = f"AND(ISNUMBER({one}),ISNUMBER({other}))"
    return f'IF({both},ROUND({other}-{one},{places}),IF({one}={other},0,"–"))'


def signed_format(places: int) -> str:
    """A number format that shows which way a difference goes."""
    zeros = "0." + "0" * places if places else "0"
    return f"+{zeros};-{zeros};0"


def differs(page: Page, area: str, word: str) -> None:
    """Colour the rows of `area` whose verdict, in column G, is that the figures differ."""
    formula = f"LEFT($G{FIRST},7)={formula_text(word[:7])}"
    conditional(page, area, formula, ink=WHITE, ground=BRICK)


def fixed_sums(book: Book, page: Page, root: Sum, row: int) -> int:
    """Four sums with known answers that test the reader's own program; returns the last row."""
    words = book.words
    page.text(f"B{row}", words["check.sums"], "KK Rubrik")
    page.sheet.row_dimensions[row].height = 26
    for letter, head in zip("BCDEFG", words["check.sums_head"], strict=True):
        page.text(f"{letter}{row + 1}", head, "KK Kolumn" if letter in "BG" else "KK Kolumn mitt")
    page.sheet.row_dimensions[row + 1].height = 24
    at = row + 2
    for name, answer, num, den, places in FIXED_SUMS:
        style = f"KK Cell mitt|0.{'0' * places}"
        page.text(f"B{at}", words[f"check.{name}"], "KK Cell rad")
        page.number(f"C{at}", answer, style)
        page.formula(f"D{at}", half_up(num, den, places), answer, style)
        page.formula(f"E{at}", f"ROUND(D{at}-C{at},{places})", 0, "KK Cell mitt")
        page.number(f"F{at}", places, "KK Cell mitt")
        verdict = f"IF(E{at}=0,{formula_text(words['check.right'])},{formula_text(words['check.wrong'])})"
        page.formula(f"G{at}", verdict, words["check.right"], "KK Cell rad")
        page.sheet.row_dimensions[at].height = 22
        at += 1
    page.text(f"B{at}", words["check.exact" if all_exact(root) else "check.inexact"], "KK Underrubrik")
    page.sheet.row_dimensions[at].height = 22
    return at
