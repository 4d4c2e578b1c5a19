"""The standings as a workbook: weights are cells, the order follows, and a sheet checks against the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from criteria.combine import average_of
from criteria.plan import Plan, plan_for
from criteria.scoring import Blank
from criteria.standings import Standing, Standings
from criteria.tally import NOT_APPLICABLE, Nothing, evaluate, read_marks
from criteria.what_if import weight_of
from reports.cells import Page, Shown, column_letter, quoted
from reports.standings_formulas import (
    NOT_APPLICABLE as DASH,
)
from reports.standings_formulas import (
    Cells,
    group_formula,
    is_live,
    jury_formula,
    rounded,
)
from reports.workbook import paper
from reports.workbook.build import finished
from reports.workbook.check_sheet import difference, signed_format
from reports.workbook.words import words_in

FIRST = 5  # the first row of every list


@dataclass
class Desk:
    """What the sheets share while they are written."""

    standings: Standings
    book: paper.Book
    plan: Plan
    live: bool
    places: int
    weights: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def format(self) -> str:
        """The number format of values."""
        return "0." + "0" * self.places if self.places else "0"

    @property
    def nodes(self) -> list[Plan]:
        """Every node, depth first, groups before what they hold."""
        return _flat(self.plan)


def build_standings_workbook(standings: Standings, *, edition: str, language: str, now: datetime) -> bytes:
    """The workbook as the bytes of an .xlsx; the same standings at the same time give the same bytes."""
    words = words_in(language)
    book = paper.new_book(words, edition)
    model = standings.readings.model
    desk = Desk(standings, book, plan_for(model), is_live(model), model.rounding.places)
    order = book.add(_("Standings"), {"A": 9, "B": 34, "C": 14, "D": 18, "E": 16, "F": 14})
    weights = book.add(_("Weights"), {"A": 14, "B": 46, "C": 16, "D": 18})
    scores = book.add(_("Scores"), {"A": 28, "B": 22})
    check = book.add(_("Check"), {"A": 34, "B": 18, "C": 18, "D": 16, "E": 14, "F": 14, "G": 10, "H": 16})
    _write_weights(desk, weights)
    areas = _write_scores(desk, scores)
    rows = _write_check(desk, check, areas, quoted(weights.sheet.title))
    _write_order(desk, order, quoted(check.sheet.title), rows)
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


def _flat(plan: Plan) -> list[Plan]:
    return [plan, *(each for child in plan.children for each in _flat(child))]


def _head(page: Page, title: str, note: str, heads: Sequence[str]) -> None:
    page.text("A1", title, "KK Titel")
    if note:
        page.text("A3", note, "KK Underrubrik")
    for number, head in enumerate(heads, start=1):
        page.text(f"{column_letter(number)}4", head, "KK Kolumn mitt" if number > 2 else "KK Kolumn")
    for row, height in ((1, 33), (4, 32)):
        page.sheet.row_dimensions[row].height = height
    page.sheet.freeze_panes = f"C{FIRST}"


# --- weights ----------------------------------------------------------------------------------------------
def _write_weights(desk: Desk, page: Page) -> None:
    """Each node with its official weight and the one in use."""
    note = (
        _("Change the tinted cells. The order follows at once.")
        if desk.live
        else _("This model's rule cannot follow weights in cells: use the page What if? instead.")
    )
    _head(page, _("Weights"), note, (_("Code"), _("Area or criterion"), _("Official"), _("In use")))
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
def _write_scores(desk: Desk, page: Page) -> dict[int, str]:
    """A row for each counted sheet; answers the area of totals of each nomination, with its sheet."""
    nodes = desk.nodes
    desk.columns = {plan.code: column_letter(number) for number, plan in enumerate(nodes, start=3)}
    language = desk.book.words.language
    titles = [_("Total"), *(plan.node.title.in_language(language) for plan in nodes[1:])]
    note = _("One row for each sheet that counts. A dash: not applicable. No evidence is the lowest mark.")
    _head(page, _("Scores"), note, (_("Municipality"), _("Juror"), *titles))
    page.sheet.row_dimensions[4].height = 62
    marks = {(row.nomination, row.juror): row.marks for row in desk.standings.readings.rows}
    cells = Cells(desk.columns, desk.weights)
    areas, row = {}, FIRST
    for line in desk.standings.lines:
        begin = row
        for total in line.totals:
            if total.counts:
                _write_sheet(desk, page, row, line, total.juror, marks[line.nomination, total.juror], cells)
                row += 1
        column = desk.columns[desk.plan.code]
        if row > begin:
            areas[line.nomination] = f"{quoted(page.sheet.title)}!${column}${begin}:${column}${row - 1}"
    return areas


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
        found = values[plan.code]
        return _shown(found) or None
    mark = marks.get(plan.code)
    if mark is None:
        return None
    if mark.blank == Blank.NOT_APPLICABLE:
        return DASH
    return plan.scale.min if mark.blank == Blank.NO_EVIDENCE else mark.value


# --- check ------------------------------------------------------------------------------------------------
def _write_check(desk: Desk, page: Page, areas: dict[int, str], weights: str) -> range:
    """Each entry's value on the site and in this file, and what the order is made of; answers the rows."""
    note = _("With the official weights every difference is 0.")
    heads = (
        _("Municipality"), _("On the site"), _("In this file"), _("Difference"), _("Place here"),
        _("Place on the site"), _("Position"), _("Before rounding"),
    )  # fmt: skip
    _head(page, _("Check"), note, heads)
    lines = desk.standings.lines
    rows = range(FIRST, FIRST + len(lines))
    by_value = {line.nomination: _place_by_value(line, lines) for line in lines}
    area = f"$C${rows.start}:$C${rows.stop - 1}"
    style = f"KK Cell mitt|{desk.format}"
    for row, line in zip(rows, lines, strict=True):
        page.text(f"A{row}", line.municipality, "KK Cell fet")
        shown = "" if line.value is None else line.value
        page.value(f"B{row}", shown or None, style)
        if desk.live and line.nomination in areas:
            model = desk.standings.readings.model
            exact = average_of(model)([total.exact for total in line.totals if total.counts])
            together = jury_formula(model, areas[line.nomination])
            page.formula(f"H{row}", together, "" if exact is None else float(exact), "KK Svag mitt")
            page.formula(f"C{row}", rounded(f"H{row}", desk.places), shown, style)
        else:
            page.value(f"C{row}", shown or None, style)
        page.formula(
            f"D{row}",
            difference(row, "B", "C", desk.places),
            0,
            f"KK Cell mitt|{signed_format(desk.places)}",
        )
        place = by_value[line.nomination]
        page.formula(
            f"E{row}", f'IF(ISNUMBER(C{row}),RANK(C{row},{area},0),"–")', place or "–", "KK Cell mitt"
        )
        page.value(f"F{row}", line.place or "–", "KK Cell mitt")
        position, shown_position = _position(row, rows, line, lines, area)
        page.formula(f"G{row}", position, shown_position, "KK Svag mitt")
    changed = f"SUMPRODUCT(--({weights}!$C${FIRST}:$C$400<>{weights}!$D${FIRST}:$D$400))"
    page.text(f"A{rows.stop + 1}", _("Weights that are not the official ones"), "KK Fakta")
    page.formula(f"B{rows.stop + 1}", changed, 0, "KK Cell mitt")
    return rows


def _place_by_value(line: Standing, lines: Sequence[Standing]) -> int | None:
    """The place by value alone, as a workbook can give it: what parts equals is the site's."""
    if line.value is None:
        return None
    return 1 + sum(other.value is not None and other.value > line.value for other in lines)


def _position(row, rows, line, lines, area) -> tuple[str, int]:
    """A place of its own for every row: equals in the site's order, those without a value last."""
    before = f"$C${rows.start}:$C${row}"
    text = (
        f"IF(ISNUMBER(C{row}),RANK(C{row},{area},0)+COUNTIF({before},C{row})-1,"
        f"COUNT({area})+ROWS({before})-COUNT({before}))"
    )
    return text, next(at for at, each in enumerate(lines, start=1) if each is line)


# --- the order --------------------------------------------------------------------------------------------
def _write_order(desk: Desk, page: Page, check: str, rows: range) -> None:
    """The order by the weights in use, best first, beside the official one."""
    note = _("Equal values share a place here; what parts them stands on the site.")
    heads = (
        _("Place"), _("Municipality"), _("Value"), _("Official value"), _("Official place"), _("Move"),
    )  # fmt: skip
    _head(page, _("Standings"), note, heads)
    style = f"KK Cell mitt|{desk.format}"
    for at, (row, line) in enumerate(zip(rows, desk.standings.lines, strict=True), start=1):
        found = f"MATCH({at},{check}!$G${rows.start}:$G${rows.stop - 1},0)"

        def pick(column: str, found: str = found) -> str:
            return f"INDEX({check}!${column}${rows.start}:${column}${rows.stop - 1},{found})"

        value: Shown = "–" if line.value is None else line.value
        place = _place_by_value(line, desk.standings.lines)
        page.formula(f"A{row}", pick("E"), place or "–", "KK Cell mitt")
        page.formula(f"B{row}", pick("A"), line.municipality, "KK Cell fet")
        page.formula(f"C{row}", f'IF(ISNUMBER({pick("C")}),{pick("C")},"–")', value, style)
        page.formula(f"D{row}", f'IF(ISNUMBER({pick("B")}),{pick("B")},"–")', value, style)
        page.formula(f"E{row}", pick("F"), line.place or "–", "KK Cell mitt")
        move = f'IF(AND(ISNUMBER(E{row}),ISNUMBER(A{row})),E{row}-A{row},"–")'
        moved: Shown = "–" if line.place is None or place is None else Decimal(line.place - place)
        page.formula(f"F{row}", move, moved, "KK Cell mitt|+0;-0;0")
    paper.print_area(page, f"A1:F{rows.stop - 1 if rows else FIRST}", repeat="4:4")
