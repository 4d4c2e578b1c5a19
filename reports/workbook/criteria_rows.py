"""The rows of a nomination's sheet that are judged: areas, criteria, the total, and their hidden cells."""

from __future__ import annotations

from criteria.scoring import Mark
from reports.cells import Page, rich_text
from reports.workbook.layout import FIRST_ROW, Layout, Line
from reports.workbook.paper import row_height
from reports.workbook.scales import levels, shown_mark
from reports.workbook.setting import Judged, LineTexts, Setting, or_empty
from reports.workbook.spec import CriterionSpec
from reports.workbook.styles import ACCENT, INK, LEVEL_INK, MUTED, inline_font
from reports.workbook.words import Words

WIDTHS = {"A": 14, "B": 6, "C": 32, "D": 57, "E": 7, "F": 18, "G": 17, "H": 36, "I": 36, "J": 24}
LOWEST_ROW = 76.0  # three areas of three criteria fill a printed page
SHORT_ROW = 48.0  # where the levels have no texts
NO_CRITERION = CriterionSpec()


def line_texts(layout: Layout, words: Words) -> dict[str, LineTexts]:
    """The texts of each line that takes a mark, by code; made once for all sheets."""
    bold, plain = inline_font(10.5, INK, bold=True), inline_font(10, MUTED)
    level, meaning = inline_font(9.5, ACCENT, bold=True), inline_font(9.5, LEVEL_INK)
    found = {}
    for line in layout.inputs:
        title = line.node.title.in_language(words.language)
        guidance = line.node.guidance.in_language(words.language)
        rows = levels(line.node, words)
        ends = [*(["\n"] * (len(rows) - 1)), ""]
        marks = [
            run
            for (name, text), end in zip(rows, ends, strict=True)
            for run in ((name, level), (f"   {text}{end}", meaning))
        ]
        found[line.plan.code] = LineTexts(
            rich_text([(f"{title}\n" if guidance else title, bold), (guidance, plain)]),
            rich_text(marks),
            f"{title}\n{guidance}",
            "\n".join(f"{name}   {text}" for name, text in rows),
        )
    return found


def write_leaf(setting: Setting, page: Page, judged: Judged, line: Line) -> None:
    """The row of a criterion: what is asked, the levels, and the juror's four cells."""
    row, code = line.row, line.plan.code
    texts = setting.texts[code]
    given = judged.entry.criteria.get(code, NO_CRITERION)
    page.text(f"A{row}", f"{judged.entry.code}/{code}", "KK Maskin")
    page.text(f"B{row}", code, "KK Cell fet")
    page.rich(f"C{row}", texts.title, "KK Cell")
    page.rich(f"D{row}", texts.levels, "KK Nivåer")
    page.value(f"E{row}", line.weight, "KK Cell mitt")
    _inputs(setting, page, row, given)
    page.formula(
        f"G{row}",
        setting.formulas.by_code[code].state,
        state_of(given.mark, setting.book.words),
        "KK Cell rad",
    )
    _machine(setting, page, line, judged, given)
    row_height(
        page,
        row,
        LOWEST_ROW if texts.plain_levels.count("\n") > 1 else SHORT_ROW,
        (texts.plain_title, WIDTHS["C"]),
        (given.strengths, WIDTHS["H"]),
        (given.improvements, WIDTHS["I"]),
        (given.evidence, WIDTHS["J"]),
        small=(texts.plain_levels, WIDTHS["D"] * 1.12),
    )


def write_group(setting: Setting, page: Page, judged: Judged, line: Line) -> None:
    """The row of an area, or of a group whose own value the juror states."""
    row, code, words = line.row, line.plan.code, setting.book.words
    language, formulas = words.language, setting.formulas.by_code[code]
    area, middle = (
        ("KK Område", "KK Område mitt") if line.depth == 1 else ("KK Delområde", "KK Delområde mitt")
    )
    text_style = "KK Områdestext" if line.depth == 1 else "KK Delområdestext"
    guidance = line.node.guidance.in_language(language)
    page.text(f"A{row}", f"{judged.entry.code}/{'' if line.node.takes_mark else '_'}{code}", "KK Maskin")
    page.text(f"B{row}", code, area)
    page.text(f"C{row}", line.node.title.in_language(language), area)
    page.value(f"E{row}", line.weight, middle)
    given = judged.entry.criteria.get(code, NO_CRITERION)
    if line.node.takes_mark:
        texts = setting.texts[code]
        page.rich(f"D{row}", texts.levels, text_style)
        _inputs(setting, page, row, given)
        page.formula(f"G{row}", formulas.state, _stated_state(setting, judged, line, given), text_style)
        row_height(page, row, 22, (texts.plain_levels, WIDTHS["D"]), (given.strengths, WIDTHS["H"]))
    else:
        page.text(f"D{row}", guidance, text_style)
        shown = or_empty(judged.tally.nodes.get(code))
        page.formula(f"F{row}", formulas.shown, shown, f"{middle}|{setting.places_format}")
        done = _done_of(setting, judged, line)
        page.formula(f"G{row}", setting.formulas.done_of(line), done, text_style)
        for letter in "HIJ":
            page.blank(f"{letter}{row}", area)
        row_height(
            page, row, 22, (guidance, WIDTHS["D"]), (line.node.title.in_language(language), WIDTHS["C"] * 0.9)
        )
    _machine(setting, page, line, judged, given)


def _inputs(setting: Setting, page: Page, row: int, given: CriterionSpec) -> None:
    page.value(f"F{row}", shown_mark(given.mark, setting.book.words), "KK Inmatning poäng")
    for letter, text in (("H", given.strengths), ("I", given.improvements), ("J", given.evidence)):
        page.value(f"{letter}{row}", text or None, "KK Inmatning text")


def _machine(setting: Setting, page: Page, line: Line, judged: Judged, given: CriterionSpec) -> None:
    """The hidden cells of a row: the issued value and what the total is made of."""
    row, code, at = line.row, line.plan.code, setting.formulas.at
    formulas, figures = setting.formulas.by_code[code], judged.figures[code]
    if line.node.takes_mark:
        page.value(f"{at.base}{row}", shown_mark(given.mark, setting.book.words), "KK Maskin")
        page.formula(f"{at.changed}{row}", formulas.changed, 0, "KK Maskin")
    for name in ("w", "wv", "num", "den", "lcm", "proposal"):
        formula = getattr(formulas, name)
        if formula:
            page.formula(f"{getattr(at, name)}{row}", formula, getattr(figures, name), "KK Maskin")


def write_total(setting: Setting, page: Page, judged: Judged) -> None:
    """The row of the total."""
    layout, words, at = setting.layout, setting.book.words, setting.formulas.at
    row, code = layout.total_row, layout.root.code
    rounding = layout.model.rounding
    note = words.say(
        "total.note_final" if rounding.at == "final" else "total.note_other",
        places=words.places(rounding.places),
    )
    page.text(f"A{row}", f"{judged.entry.code}/_total", "KK Maskin")
    for letter in "BEGHJ":
        page.blank(f"{letter}{row}", "KK Summa")
    page.text(f"C{row}", setting.total_label, "KK Summa")
    page.text(f"D{row}", note, "KK Summa text")
    shown = f"KK Summa mitt|{setting.places_format}"
    page.formula(f"F{row}", setting.formulas.total.shown, or_empty(judged.tally.value), shown)
    changed = f'0" {words.say("total.changed", count="").strip()}";;"{words["total.unchanged"]}"'
    area = f"{at.changed}{FIRST_ROW}:{at.changed}{layout.last_row}"
    page.formula(f"I{row}", f"SUM({area})", 0, f"KK Summa text|{changed}")
    formulas, figures = setting.formulas.total, judged.figures[code]
    for name in ("num", "den", "lcm"):
        if getattr(formulas, name):
            page.formula(
                f"{getattr(at, name)}{row}", getattr(formulas, name), getattr(figures, name), "KK Maskin"
            )
    page.sheet.row_dimensions[row].height = 26


def state_of(mark: Mark | None, words: Words) -> str:
    """The word in the state column for a mark."""
    if mark is None:
        return words["state.missing"]
    return words[f"blank.{mark.blank.value}"] if mark.blank else words["state.done"]


def _stated_state(setting: Setting, judged: Judged, line: Line, given: CriterionSpec) -> str:
    if given.mark is not None:
        return state_of(given.mark, setting.book.words)
    words, value = setting.book.words, judged.tally.nodes.get(line.plan.code)
    return words["common.none"] if value is None else words.say("entry.proposed", value=words.number(value))


def _done_of(setting: Setting, judged: Judged, line: Line) -> str:
    words = setting.book.words
    codes = [leaf.plan.code for leaf in setting.layout.leaves_below(line)]
    done = sum(code in judged.entry.marks for code in codes)
    return words.say("common.done_of", count=f"{done} {words['common.of']} {len(codes)}")
