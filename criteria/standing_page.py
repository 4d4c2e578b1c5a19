"""The chair's page of standings: one row an entry, with what the statistics say beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats
from criteria.dot_plot import SLIM, WIDE, DotPlot, dot_plot
from criteria.dot_plot import Row as PlotRow
from criteria.findings import adjusted_places
from criteria.phrases import and_list, share
from criteria.scoring import find, walk
from criteria.standings import Standing, Standings

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis

MANY_SEATS = 15  # beyond which totals are written in a row
Z90 = 1.6449  # the normal distribution's 95th percentile: the half of a 90 % interval
BAR, GAP, TALL = 14, 3.5, 24.5


@dataclass(frozen=True, slots=True)
class ChanceBar:
    """One place's bar in the little drawing of chances."""

    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Row:
    """One entry as the table shows it. What the statistics cannot say is empty."""

    line: Standing
    adjusted: float | None = None
    adjusted_place: int | None = None
    first: str = ""
    chances: tuple[ChanceBar, ...] = ()
    likely: str = ""
    group: str = ""
    decided: str = ""

    @property
    def read(self) -> str:
        """How many of its readers count: `7 of 7`."""
        return _("%(n)s of %(of)s") % {"n": self.line.jurors, "of": self.line.readers}

    @property
    def moves(self) -> bool:
        """Whether the adjusted place is another one."""
        return self.adjusted_place is not None and self.adjusted_place != self.line.place

    @property
    def chances_width(self) -> float:
        """The width of the little drawing."""
        return len(self.chances) * (BAR + GAP)


@dataclass(frozen=True)
class ScoreRow:
    """One entry in the table behind the dots: each juror's total as it is written, or a word."""

    municipality: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class NodeRow:
    """One entry's values by area and criterion."""

    municipality: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Heading:
    """A column of the table by criterion; `is_area` sets areas apart from their criteria."""

    title: str
    is_area: bool


def rows_of(standings: Standings, lines: Sequence[Standing], found: Analysis | None) -> tuple[Row, ...]:
    """The rows of these lines, with the statistics beside them when there are any."""
    beside = _Beside(found) if found is not None else None
    return tuple(_row(standings, line, beside) for line in lines)


def plots_of(
    standings: Standings, lines: Sequence[Standing], found: Analysis | None
) -> tuple[DotPlot, DotPlot]:
    """The dots of these lines, for a wide screen and paper, and for a small screen."""
    beside = _Beside(found) if found is not None else None
    odd = {(one.entry, one.juror) for one in found.odd} if found is not None else set()
    seats = standings.readings.seats
    rows = [
        PlotRow(
            label=f"{line.place}. {line.municipality}" if line.place else line.municipality,
            given=[
                (seats[total.juror], float(total.of_100), (line.municipality, seats[total.juror]) in odd)
                for total in line.totals
                if total.counts and total.of_100 is not None
            ],
            mean=None if line.mean is None else float(line.mean),
            interval=beside.interval(line.municipality) if beside else None,
        )
        for line in lines
    ]
    return dot_plot(rows, WIDE), dot_plot(rows, SLIM)


def scores_of(
    standings: Standings, lines: Sequence[Standing]
) -> tuple[tuple[str, ...], tuple[ScoreRow, ...]]:
    """The seats that read any of these lines, and each line's totals on 0-100 in that order.

    With many seats none are named apart, and each line has one cell with all its totals.
    """
    readings, here = standings.readings, {line.nomination for line in lines}
    shown = {total.juror for line in lines for total in line.totals} | {
        seat for nomination, seat in readings.aside if nomination in here
    }
    seats = {seat: name for seat, name in readings.seats.items() if seat in shown}
    if len(seats) > MANY_SEATS:
        return (), tuple(ScoreRow(line.municipality, (_given(standings, line),)) for line in lines)
    rows = []
    for line in lines:
        given = {total.juror: total for total in line.totals}
        cells = tuple(_score_cell(standings, line, seat, given.get(seat)) for seat in seats)
        rows.append(ScoreRow(line.municipality, cells))
    return tuple(seats.values()), tuple(rows)


def _given(standings: Standings, line: Standing) -> str:
    """The totals of one line in a row of words, where a column for each seat would be mostly empty."""
    seats = standings.readings.seats
    return "; ".join(
        f"{seats[total.juror]}: {_score_cell(standings, line, total.juror, total)}" for total in line.totals
    )


def _score_cell(standings: Standings, line: Standing, seat: int, total) -> str:
    if (line.nomination, seat) in standings.readings.aside:
        return _("stands aside")
    if total is None:
        return "–"
    if not total.counts:
        return _("not done")
    return formats.number(total.of_100, 1, formats.written_language(get_language()))


def nodes_of(
    standings: Standings, lines: Sequence[Standing]
) -> tuple[tuple[Heading, ...], tuple[NodeRow, ...]]:
    """The jury's values by area and criterion, in the model's order; attributes are left out."""
    language = formats.written_language(get_language())
    model = standings.readings.model
    nodes = [
        node
        for node, parent in walk(model)
        if parent is not None and (node.kind != "attribute" or parent is model.root)
    ]
    headings = tuple(Heading(node.title.in_language(language), bool(node.children)) for node in nodes)
    rows = tuple(
        NodeRow(line.municipality, tuple(line.nodes.get(node.code) for node in nodes)) for line in lines
    )
    return headings, rows


def decided_words(standings: Standings, line: Standing) -> str:
    """What parted this line from its equals, and whom it shares its place with."""
    steps = [_step(standings, step) for step in line.decided_by]
    if line.shared_with:
        names = and_list([standings.readings.entries[key] for key in line.shared_with])
        steps.append(_("shares the place with %(names)s") % {"names": names})
    return ", ".join(steps)


def _step(standings: Standings, step: str) -> str:
    if step.startswith("criterion:"):
        return _("placed by %(criterion)s") % {"criterion": _criterion(standings, step)}
    return {
        "median": _("placed by the median"),
        "preferred_share": _("placed by how many jurors preferred it"),
        "chair": _("placed by the chair's decision"),
    }.get(step, step)


def _criterion(standings: Standings, step: str) -> str:
    code = step.removeprefix("criterion:")
    node = find(standings.readings.model, code)
    return node.title.in_language(formats.written_language(get_language())) if node else code


def tie_rule(standings: Standings) -> str:
    """The model's steps between equals, in words and in order."""
    words = {
        "median": _("the median"),
        "preferred_share": _("how many jurors preferred the one"),
        "chair": _("the chair's reasoned decision"),
        "shared": _("a shared place"),
    }
    steps = [words.get(step) or _criterion(standings, step) for step in standings.readings.model.tie_break]
    return ", ".join(steps) or words["shared"]


class _Beside:
    """What the statistics say of each entry, by name."""

    def __init__(self, found: Analysis) -> None:
        names = found.table.entries
        self.at = {name: number for number, name in enumerate(names)}
        self.adjusted, self.sure = (None, None) if found.gates else (found.adjusted, found.certainty)
        self.places = adjusted_places(found)
        self.errors = None
        if self.adjusted is not None:
            self.errors = [sqrt(max(value, 0)) for value in self.adjusted.covariance().diagonal()]

    def interval(self, name: str) -> tuple[float, float] | None:
        """The adjusted value's 90 % interval."""
        if self.errors is None or name not in self.at:
            return None
        value, half = float(self.adjusted.values[self.at[name]]), Z90 * self.errors[self.at[name]]
        return value - half, value + half


def _row(standings: Standings, line: Standing, beside: _Beside | None) -> Row:
    decided = decided_words(standings, line)
    at = beside.at.get(line.municipality) if beside else None
    if at is None or line.place is None:
        return Row(line, decided=decided)
    adjusted = place = None
    if beside.adjusted is not None:
        adjusted, place = float(beside.adjusted.values[at]), beside.places[line.municipality]
    if beside.sure is None:
        return Row(line, adjusted, place, decided=decided)
    sure = beside.sure
    return Row(
        line,
        adjusted,
        place,
        first=share(sure.first[at]),
        chances=_chances(sure.places[at]) if sure.places is not None else (),
        likely=formats.span(int(sure.low[at]), int(sure.high[at])),
        group=sure.group[at].upper(),
        decided=decided,
    )


def _chances(chances) -> tuple[ChanceBar, ...]:
    bars = []
    for number, chance in enumerate(chances):
        height = round(TALL * float(chance), 1)
        bars.append(ChanceBar(round(number * (BAR + GAP), 1), round(2 + TALL - height, 1), height))
    return tuple(bars)
