"""The standings as a workbook: weights are cells, the order follows, and a sheet checks against the site."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from criteria.plan import Plan, plan_for
from criteria.scoring import Blank
from criteria.standings import Standing, Standings
from criteria.tally import NOT_APPLICABLE, Nothing, evaluate, read_marks
from criteria.what_if import weight_of
from reports.cells import Page, Shown, column_letter, quoted
from reports.standings_check import place_among, write_check
from reports.standings_formulas import (
    NOT_APPLICABLE as DASH,
)
from reports.standings_formulas import (
    Cells,
    group_formula,
    is_live,
)
from reports.standings_layout import FIRST, Desk, head
from reports.standings_meeting import write_meeting
from reports.standings_ties import can_follow
from reports.workbook import paper
from reports.workbook.build import finished
from reports.workbook.words import words_in


def build_standings_workbook(standings: Standings, *, edition: str, language: str, now: datetime) -> bytes:
    """The workbook as the bytes of an .xlsx; the same standings at the same time give the same bytes."""
    words = words_in(language)
    book = paper.new_book(words, edition)
    model = standings.readings.model
    desk = Desk(standings, book, plan_for(model), is_live(model), model.rounding.places)
    widths = {"A": 9, "B": 34, "C": 14, "D": 18, "E": 16, "F": 14}
    order = book.add(_("Standings"), widths | {"G": 16, "H": 16, "I": 18, "J": 18, "K": 44})
    weights = book.add(_("Weights"), {"A": 14, "B": 46, "C": 16, "D": 18})
    scores = book.add(_("Scores"), {"A": 28, "B": 22})
    check = book.add(_("Check"), {"A": 34, "B": 18, "C": 18, "D": 16, "E": 14, "F": 14, "G": 10, "H": 16})
    _write_weights(desk, weights)
    _write_scores(desk, scores)
    if desk.shows_meeting:
        write_meeting(desk, book.add(_("After the meeting"), {"A": 28, "B": 12}))
    write_check(desk, check, quoted(weights.sheet.title))
    _write_order(desk, order, quoted(check.sheet.title))
    title = _("Standings, %(edition)s") % {"edition": edition}
    order.text("A2", f"{edition}. {words.moment(now)}", "KK Underrubrik")
    paper.stamp(
        book,
        title=title,
        subject=_("The jury's standings"),
        description=_("Change a weight on the second sheet and the order moves. Nothing official changes."),
        author="Sveriges KvalitetsKommun",
        keywords="kk-standings-1",
        when=now,
    )
    return finished(book, opens_at=0, when=now)


# --- weights ----------------------------------------------------------------------------------------------
def _write_weights(desk: Desk, page: Page) -> None:
    """Each node with its official weight and the one in use."""
    note = (
        _("Change the tinted cells. The order follows at once.")
        if desk.live
        else _("This model's rule cannot follow weights in cells: use the page What if? instead.")
    )
    head(page, _("Weights"), note, (_("Code"), _("Area or criterion"), _("Official"), _("In use")))
    row = FIRST
    for parent in desk.nodes:
        for child in parent.children:
            weight = weight_of(child.node, parent.node)
            if weight is None:
                continue
            page.text(f"A{row}", child.code, "KK Cell mitt")
            title = child.node.title.in_language(desk.book.words.language)
            page.text(f"B{row}", title, "KK Cell fet" if child.children else "KK Cell indrag")
            page.number(f"C{row}", weight, "KK Cell mitt")
            page.number(f"D{row}", weight, "KK Inmatning poäng" if desk.live else "KK Cell mitt")
            desk.weights[child.code] = f"{quoted(page.sheet.title)}!$D${row}"
            row += 1
    page.sheet.freeze_panes = f"A{FIRST}"


# --- scores -----------------------------------------------------------------------------------------------
def _write_scores(desk: Desk, page: Page) -> None:
    """A row for each counted sheet; the desk learns where each entry's and each juror's cells are."""
    nodes = desk.nodes
    desk.columns = {plan.code: column_letter(number) for number, plan in enumerate(nodes, start=3)}
    language = desk.book.words.language
    titles = [_("Total"), *(plan.node.title.in_language(language) for plan in nodes[1:])]
    note = _("One row for each sheet that counts. A dash: not applicable. No evidence is the lowest mark.")
    head(page, _("Scores"), note, (_("Municipality"), _("Juror"), *titles))
    page.sheet.row_dimensions[4].height = 62
    marks = {(row.nomination, row.juror): row.marks for row in desk.standings.readings.rows}
    cells = Cells(desk.columns, desk.weights)
    here, row = quoted(page.sheet.title), FIRST
    for line in desk.standings.lines:
        begin = row
        for total in line.totals:
            if total.counts:
                _write_sheet(desk, page, row, line, total.juror, marks[line.nomination, total.juror], cells)
                desk.totals[line.nomination, total.juror] = f"{here}!${desk.columns[desk.plan.code]}${row}"
                row += 1
        for code, column in desk.columns.items() if row > begin else ():
            desk.areas[line.nomination, code] = f"{here}!${column}${begin}:${column}${row - 1}"


def _write_sheet(desk, page, row, line, seat, marks, cells) -> None:  # noqa: PLR0917 - one row's whole matter
    page.text(f"A{row}", line.municipality, "KK Cell fet")
    page.text(f"B{row}", desk.standings.readings.seats[seat], "KK Cell")
    rounding = desk.standings.readings.model.rounding
    values = evaluate(desk.plan, read_marks(desk.plan, marks), rounding).values
    for plan in desk.nodes:
        address = f"{desk.columns[plan.code]}{row}"
        if plan.children and desk.live:
            style = "KK Område mitt|0.00##" if plan is not desk.plan else "KK Summa mitt liten|0.00##"
            page.formula(address, group_formula(plan, cells, row), _shown(values[plan.code]), style)
        else:
            page.value(address, _written(plan, marks, values), "KK Cell mitt")


def _shown(value: object) -> Shown:
    if isinstance(value, Nothing):
        return DASH if value is NOT_APPLICABLE else ""
    return value[0] / value[1]


def _written(plan: Plan, marks, values) -> Shown:
    """A leaf's mark as a number; no evidence as the scale's minimum, not applicable as a dash."""
    if plan.children:
        found = _shown(values[plan.code])
        return None if found == "" else found
    mark = marks.get(plan.code)
    if mark is None:
        return None
    if mark.blank == Blank.NOT_APPLICABLE:
        return DASH
    return plan.scale.min if mark.blank == Blank.NO_EVIDENCE else mark.value


# --- the order --------------------------------------------------------------------------------------------
def _write_order(desk: Desk, page: Page, check: str) -> None:
    """The order by the weights in use, best first, beside the official one and what the meeting came to."""
    note = (
        _("Equals are parted by the rules' own steps, as on the site.")
        if can_follow(desk)
        else _("Equal values share a place here; what parts them stands on the site.")
    )
    heads = (
        _("Place"), _("Municipality"), _("Value"), _("Official value"), _("Official place"), _("Move"),
    )  # fmt: skip
    after = (
        _("Value after the meeting"), _("Place after the meeting"), _("On the site: value"),
        _("On the site: place"),
    )  # fmt: skip
    reasons = any(line.chairs_reason for line in desk.standings.lines)
    wide = after if desk.shows_meeting else ("",) * 4 if reasons else ()
    head(page, _("Standings"), note, (*heads, *wide, *((_("The chair's reason"),) if reasons else ())))
    for at, (row, line) in enumerate(zip(desk.rows, desk.standings.lines, strict=True), start=1):
        _write_line(desk, page, check, at, row, line)
        if reasons:
            reason = f"INDEX({check}!$O${desk.rows.start}:$O${desk.rows.stop - 1},{_found(desk, check, at)})"
            page.formula(f"K{row}", f'IF({reason}="","",{reason})', line.chairs_reason, "KK Cell")
    last = "K" if reasons else "J" if desk.shows_meeting else "F"
    paper.print_area(page, f"A1:{last}{desk.rows.stop - 1 if desk.rows else FIRST}", repeat="4:4")


def _write_line(desk: Desk, page: Page, check: str, at: int, row: int, line: Standing) -> None:  # noqa: PLR0917
    rows, style = desk.rows, f"KK Cell mitt|{desk.format}"
    found = _found(desk, check, at)

    def pick(column: str) -> str:
        return f"INDEX({check}!${column}${rows.start}:${column}${rows.stop - 1},{found})"

    def number(column: str) -> str:
        return f'IF(ISNUMBER({pick(column)}),{pick(column)},"–")'

    value: Shown = "–" if line.value is None else line.value
    place = _place_here(desk, line)
    page.formula(f"A{row}", pick("E"), place or "–", "KK Cell mitt")
    page.formula(f"B{row}", pick("A"), line.municipality, "KK Cell fet")
    page.formula(f"C{row}", number("C"), value, style)
    page.formula(f"D{row}", number("B"), value, style)
    page.formula(f"E{row}", pick("F"), line.place or "–", "KK Cell mitt")
    move = f'IF(AND(ISNUMBER(E{row}),ISNUMBER(A{row})),E{row}-A{row},"–")'
    moved: Shown = "–" if line.place is None or place is None else Decimal(line.place - place)
    page.formula(f"F{row}", move, moved, "KK Cell mitt|+0;-0;0")
    if desk.shows_meeting:
        agreed_value: Shown = "–" if line.agreed is None else line.agreed
        after = line.agreed_place or "–"
        here = after if can_follow(desk) else place_among(line.agreed, _agreed_values(desk)) or "–"
        page.formula(f"G{row}", number("J"), agreed_value, style)
        page.formula(f"H{row}", pick("L"), here, "KK Cell mitt")
        page.formula(f"I{row}", number("I"), agreed_value, style)
        page.formula(f"J{row}", pick("M"), after, "KK Cell mitt")


def _found(desk: Desk, check: str, at: int) -> str:
    """Which entry stands on this row by the weights in use."""
    return f"MATCH({at},{check}!$G${desk.rows.start}:$G${desk.rows.stop - 1},0)"


def _place_here(desk: Desk, line: Standing) -> int | None:
    if can_follow(desk):
        return line.place
    return place_among(line.value, [each.value for each in desk.standings.lines])


def _agreed_values(desk: Desk) -> list[Decimal | None]:
    return [line.agreed for line in desk.standings.lines]
