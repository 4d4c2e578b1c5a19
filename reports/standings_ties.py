"""The workbook's sheet on which equals are parted by the rules' own steps, the chair's order too.

Each step has two columns: what it looks at, and the places after it. Who shares a place after a step goes on
to the next; where one of them lacks what the step looks at, it parts nobody, as on the site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.utils.translation import gettext as _

from criteria.combine import Sheet, agreed
from criteria.standings import Standing
from reports.cells import Page, column_letter, quoted
from reports.standings_formulas import jury_formula, rounded
from reports.standings_layout import FIRST, Desk, head

MOST = 60  # entries: every pair is compared, and a workbook of 3 000 would be nothing but pairs
Number = Decimal | Fraction | int | None


@dataclass
class Order:
    """One order on its way down the steps: the values it begins with and the places so far."""

    values: Sequence[Decimal | None]
    cells: Sequence[str]  # the value of each entry in this file
    nodes: Sequence[Mapping[str, Decimal | None]]
    node: Callable[[int, str], str]  # (which entry, node code) -> its value as a formula, not rounded
    places: list[int | None] = field(default_factory=list)
    column: str = ""


class Equals:
    """The sheet being written, from left to right."""

    def __init__(self, desk: Desk, page: Page, pairs: Page) -> None:
        self.desk, self.page, self.pairs = desk, page, pairs
        self.lines = desk.standings.lines
        self.model = desk.standings.readings.model
        self.seats = list(desk.standings.readings.seats)
        self.next = 2
        head(
            page,
            _("Equals"),
            _("What parts equals, step by step, by the rules of the model."),
            (_("Municipality"),),
        )
        for row, line in zip(desk.rows, self.lines, strict=True):
            page.text(f"A{row}", line.municipality, "KK Cell fet")
        self.totals = [_totals(line) for line in self.lines]
        _write_pairs(self)
        self.orders = [self._chairs(order) for order in desk.standings.readings.orders]

    def follow(self, order: Order, title: str) -> Order:
        """Write the order's columns; `order.column` is where its places stand at last."""
        area = self._write(title, [f'IF(ISNUMBER({cell}),{cell},"")' for cell in order.cells], order.values)
        ranks = [
            None if each is None else 1 + sum(o is not None and o > each for o in order.values)
            for each in order.values
        ]
        formulas = [f'IF(ISNUMBER({c}),RANK({c},{self._area(area)},0),"–")' for c in self._cells(area)]
        self._places(order, _("Place"), formulas, ranks)
        for step in self.model.tie_break:
            if step.startswith("criterion:"):
                self._criterion(order, step.removeprefix("criterion:"))
            elif step == "median":
                self._median(order)
            elif step == "preferred_share":
                self._preferred(order)
            elif step == "chair":
                for column, numbers in self.orders:
                    self._chair(order, column, numbers)
        return order

    # the steps ----------------------------------------------------------------------------------------
    def _criterion(self, order: Order, code: str) -> None:
        formulas = [rounded(f"({order.node(at, code)})", self.desk.places) for at in range(len(self.lines))]
        values = [nodes.get(code) for nodes in order.nodes]
        column = self._write(self._title(code), formulas, values)
        weight = self.desk.weights.get(code)
        self._part(order, column, values, f"{weight}<>0" if weight else "")

    def _median(self, order: Order) -> None:
        values = [median([Fraction(each) for each in of.values()]) if of else None for of in self.totals]
        formulas = [
            f'IF(COUNT({area})=0,"",ROUND(MEDIAN({area}),{self.desk.places + 2}))'
            for area in self._total_rows()
        ]
        self._part(order, self._write(_("Median"), formulas, values), values)

    def _preferred(self, order: Order) -> None:
        values = [_lead(at, order.places, self.totals) for at in range(len(self.lines))]
        places = self._area(order.column)
        formulas = [
            f"SUMPRODUCT(--({places}={cell}),{self._pair_area(at)})"
            for at, cell in enumerate(self._cells(order.column))
        ]
        self._part(order, self._write(_("Preferred by more"), formulas, values), values)

    def _chair(self, order: Order, column: str, numbers: Sequence[int | None]) -> None:
        """Who stands first in the chair's order has the least number."""
        self._part(order, column, [None if each is None else -each for each in numbers], sign="<")

    def _chairs(self, ordered) -> tuple[str, list[int | None]]:
        numbers = {key: at for at, key in enumerate(ordered.entries, start=1)}
        found = [numbers.get(line.nomination) for line in self.lines]
        column = self._take(_("The chair's order"))
        for row, number in zip(self.desk.rows, found, strict=True):
            self.page.value(f"{column}{row}", number, "KK Cell mitt")
        return column, found

    # how a step parts ---------------------------------------------------------------------------------
    def _part(
        self, order: Order, column: str, values: Sequence[Number], only: str = "", sign: str = ">"
    ) -> None:
        places, keys = self._area(order.column), self._area(column)
        after = list(order.places)
        for at, place in enumerate(order.places):
            layer = [values[other] for other, each in enumerate(order.places) if each == place]
            if place is not None and None not in layer:
                after[at] = place + sum(each > values[at] for each in layer)
        formulas = []
        for place, key in zip(self._cells(order.column), self._cells(column), strict=True):
            whole = f"COUNTIF({places},{place})=SUMPRODUCT(--({places}={place}),--ISNUMBER({keys}))"
            test = f"AND({whole},{only})" if only else whole
            better = f"SUMPRODUCT(--({places}={place}),--({keys}{sign}{key}))"
            formulas.append(f'IF(ISNUMBER({place}),{place}+IF({test},{better},0),"–")')
        self._places(order, _("Place"), formulas, after)

    def _places(self, order: Order, title: str, formulas: Sequence[str], places: list[int | None]) -> None:
        column = self._take(title)
        for row, formula, place in zip(self.desk.rows, formulas, places, strict=True):
            self.page.formula(f"{column}{row}", formula, "–" if place is None else place, "KK Cell mitt")
        order.column, order.places = column, places

    # cells --------------------------------------------------------------------------------------------
    def _write(self, title: str, formulas: Sequence[str], values: Sequence[Number]) -> str:
        column = self._take(title)
        for row, formula, value in zip(self.desk.rows, formulas, values, strict=True):
            shown = "" if value is None else float(value)
            self.page.formula(f"{column}{row}", formula, shown, "KK Svag mitt")
        return column

    def _take(self, title: str) -> str:
        column = column_letter(self.next)
        self.next += 1
        self.page.text(f"{column}4", title, "KK Kolumn mitt")
        return column

    def _title(self, code: str) -> str:
        nodes = {plan.code: plan for plan in self.desk.nodes}
        return nodes[code].node.title.in_language(self.desk.book.words.language)

    def _area(self, column: str) -> str:
        return f"${column}${self.desk.rows.start}:${column}${self.desk.rows.stop - 1}"

    def _cells(self, column: str) -> list[str]:
        return [f"{column}{row}" for row in self.desk.rows]

    def _total_rows(self) -> list[str]:
        title, last = quoted(self.pairs.sheet.title), column_letter(1 + max(1, len(self.seats)))
        return [f"{title}!$B${row}:${last}${row}" for row in self.desk.rows]

    def _pair_area(self, at: int) -> str:
        rows, letter = self.desk.rows, column_letter(3 + max(1, len(self.seats)) + at)
        return f"{quoted(self.pairs.sheet.title)}!${letter}${rows.start}:${letter}${rows.stop - 1}"


def official(desk: Desk, cells: Sequence[str]) -> Order:
    """The order by the jurors' values; `cells` hold them."""
    lines = desk.standings.lines
    model = desk.standings.readings.model

    def node(at: int, code: str) -> str:
        area = desk.areas.get((lines[at].nomination, code))
        return jury_formula(model, area) if area else '""'

    return Order([line.value for line in lines], cells, [line.nodes for line in lines], node)


def after_meeting(desk: Desk, cells: Sequence[str]) -> Order:
    """The order with what the meeting agreed on; an entry without any agreement keeps the jurors' values."""
    lines, readings = desk.standings.lines, desk.standings.readings
    jurors = official(desk, cells)

    def node(at: int, code: str) -> str:
        return f"{desk.meeting[code]}${FIRST + at}" if lines[at].agreed_on else jurors.node(at, code)

    return Order([line.agreed for line in lines], cells, [_nodes(readings, line) for line in lines], node)


def _nodes(readings, line: Standing) -> Mapping[str, Decimal | None]:
    if not line.agreed_on:
        return line.nodes
    marks = {code: each.mark for code, each in readings.agreed[line.nomination].items()}
    rows = readings.by_nomination[line.nomination]
    return agreed(readings.model, [Sheet(row.marks, submitted=row.submitted) for row in rows], marks).nodes


def _totals(line: Standing) -> dict[int, Decimal]:
    return {total.juror: total.value for total in line.totals if total.counts}


def _lead(at: int, places: Sequence[int | None], totals: Sequence[Mapping[int, Decimal]]) -> int:
    """How many of its equals an entry leads, less those that lead it."""
    rivals = [other for other, place in enumerate(places) if place == places[at]]
    return sum(_sign(totals[at], totals[other]) for other in rivals)


def _sign(one: Mapping[int, Decimal], other: Mapping[int, Decimal]) -> int:
    both = [seat for seat in one if seat in other]
    more = sum(one[seat] > other[seat] for seat in both) - sum(one[seat] < other[seat] for seat in both)
    return (more > 0) - (more < 0)


def _write_pairs(equals: Equals) -> None:
    """Every juror's total as it is shown, and for each pair of entries which one more jurors prefer."""
    desk, page, lines = equals.desk, equals.pairs, equals.lines
    seats = desk.standings.readings.seats
    width = max(1, len(seats))
    note = _("Each juror's total; then 1 where more prefer the column to the row, -1 where fewer do.")
    heads = (
        _("Municipality"),
        *seats.values(),
        *([""] * (width - len(seats))),
        "",
        *(line.municipality for line in lines),
    )
    head(page, _("Pairs"), note, heads)
    page.sheet.row_dimensions[4].height = 62
    areas = [f"$B{row}:${column_letter(1 + width)}{row}" for row in desk.rows]
    for at, row in enumerate(desk.rows):
        page.text(f"A{row}", lines[at].municipality, "KK Cell fet")
        for number, seat in enumerate(seats, start=2):
            cell, given = desk.totals.get((lines[at].nomination, seat)), equals.totals[at].get(seat)
            if cell is not None:
                formula, shown = rounded(cell, desk.places), "" if given is None else given
                page.formula(f"{column_letter(number)}{row}", formula, shown, "KK Svag mitt")
        for other in range(len(lines)):
            one, two = areas[other], areas[at]
            both = f"ISNUMBER({one})*ISNUMBER({two})"
            formula = f"SIGN(SUMPRODUCT({both}*(({one}>{two})-({one}<{two}))))"
            shown = _sign(equals.totals[other], equals.totals[at])
            page.formula(f"{column_letter(3 + width + other)}{row}", formula, shown, "KK Svag mitt")


def can_follow(desk: Desk) -> bool:
    """Whether the workbook parts equals itself: totals follow the weights, and the pairs are few enough."""
    return desk.live and 0 < len(desk.standings.lines) <= MOST
