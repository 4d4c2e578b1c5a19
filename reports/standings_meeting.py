"""The workbook's sheet of what the meeting agreed on: one row an entry, added up by the weights in cells."""

from __future__ import annotations

from django.utils.translation import gettext as _

from criteria.combine import Sheet, settled
from criteria.standings import Standing
from criteria.tally import NOT_APPLICABLE, Nothing, Value, evaluate
from reports.cells import Page, Shown, quoted
from reports.standings_formulas import NOT_APPLICABLE as DASH
from reports.standings_formulas import Cells, group_formula, jury_formula
from reports.standings_layout import FIRST, Desk, head


def write_meeting(desk: Desk, page: Page) -> None:
    """A row an entry, in the standings' order: agreed marks as numbers, the rest what the jurors come to."""
    nodes = desk.nodes
    language = desk.book.words.language
    titles = [_("Total"), *(plan.node.title.in_language(language) for plan in nodes[1:])]
    note = _("What was agreed stands on a tinted cell. The rest is what the jurors' sheets come to.")
    head(page, _("After the meeting"), note, (_("Municipality"), _("Agreed on"), *titles))
    page.sheet.row_dimensions[4].height = 62
    cells = Cells(desk.columns, desk.weights)
    for row, line in enumerate(desk.standings.lines, start=FIRST):
        page.text(f"A{row}", line.municipality, "KK Cell fet")
        page.number(f"B{row}", line.agreed_on, "KK Cell mitt")
        _write_row(desk, page, row, line, cells)
    desk.meeting = {code: f"{quoted(page.sheet.title)}!${letter}" for code, letter in desk.columns.items()}


def _write_row(desk: Desk, page: Page, row: int, line: Standing, cells: Cells) -> None:
    readings = desk.standings.readings
    agreed = readings.agreed.get(line.nomination, {})
    marks = {code: each.mark for code, each in agreed.items()}
    sheets = [Sheet(each.marks, submitted=each.submitted) for each in readings.by_nomination[line.nomination]]
    fixed = settled(readings.model, sheets, marks)
    values = evaluate(desk.plan, {}, readings.model.rounding, fixed).values
    for plan in desk.nodes:
        address = f"{desk.columns[plan.code]}{row}"
        if plan.children:
            style = "KK Summa mitt liten|0.00##" if plan is desk.plan else "KK Område mitt|0.00##"
            page.formula(address, group_formula(plan, cells, row), _shown(values[plan.code]), style)
        elif plan.code in agreed:
            page.value(address, _shown(values[plan.code]), "KK Inmatning poäng")
        elif (area := desk.areas.get((line.nomination, plan.code))) is not None:
            page.formula(address, _jurors(desk, area), _shown(values[plan.code]), "KK Cell mitt|0.00##")
        else:
            page.blank(address, "KK Cell mitt")


def _jurors(desk: Desk, area: str) -> str:
    """What the jurors' marks come to: a dash where it applies to nobody, nothing where nobody scored."""
    number = jury_formula(desk.standings.readings.model, area)
    return f'IF(ISNUMBER({number}),{number},IF(COUNTIF({area},"{DASH}")>0,"{DASH}",""))'


def _shown(value: Value) -> Shown:
    if isinstance(value, Nothing):
        return DASH if value is NOT_APPLICABLE else ""
    return value[0] / value[1]
