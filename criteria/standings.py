"""The jury's order in a round: values, places, and what decided between equals; worked out, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from statistics import median

from criteria import combine, ranking
from criteria.models import Round, Score
from criteria.readings import Ordered, Reading, Readings, readings_of, stamp_of
from criteria.rounding import half_up
from criteria.scoring import Mark, ScoringModel, Tally
from criteria.sheets import mark_of
from criteria.tally import tally

KEPT = 8  # standings kept ready at a time, each under what it was made of
PLACES = 1  # of mean, median and spread on 0-100

_ready: dict[tuple, Standings] = {}


@dataclass(frozen=True)
class SheetTotal:
    """One juror's own total of one nomination; None while nothing counts. `nodes` are the values by code."""

    juror: int  # the seat's id
    submitted: bool
    counts: bool
    value: Decimal | None
    of_100: Decimal | None
    exact: Fraction | None
    nodes: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """One nomination's line. `jurors` is how many sheets count; `reason` says why there is no value."""

    nomination: int
    code: str
    municipality: str
    place: int | None
    value: Decimal | None
    of_100: Decimal | None
    jurors: int
    nodes: Mapping[str, Decimal | None] = field(default_factory=dict)
    totals: tuple[SheetTotal, ...] = ()
    shared_with: tuple[int, ...] = ()
    decided_by: tuple[str, ...] = ()
    reason: object = ""
    readers: int = 0  # how many were to read it
    agreed: Decimal | None = None  # the value with what the meeting agreed on in place of the jurors'
    agreed_place: int | None = None  # the place among those values
    agreed_nodes: Mapping[str, Decimal | None] = field(default_factory=dict)  # the same by code
    agreed_on: int = 0  # how many criteria the meeting agreed on
    chairs_reason: str = ""  # why the chair placed it so among its equals

    @cached_property
    def figures(self) -> list[Decimal]:
        """The counted jurors' totals on 0-100, lowest first."""
        return sorted(total.of_100 for total in self.totals if total.counts and total.of_100 is not None)

    @cached_property
    def mean(self) -> Decimal | None:
        """The counted jurors' mean on 0-100."""
        return half_up(Fraction(sum(self.figures)) / len(self.figures), PLACES) if self.figures else None

    @cached_property
    def median(self) -> Decimal | None:
        """The counted jurors' median on 0-100."""
        return half_up(Fraction(median(self.figures)), PLACES) if self.figures else None

    @cached_property
    def spread(self) -> Decimal | None:
        """The standard deviation of the counted jurors on 0-100; None with fewer than two."""
        count = len(self.figures)
        if count < 2:
            return None
        middle = sum(self.figures) / count
        squares = sum((figure - middle) ** 2 for figure in self.figures)
        return half_up(Fraction((squares / (count - 1)).sqrt()), PLACES)


@dataclass(frozen=True)
class Standings:
    """The whole order, best first and those without a value last, with what it was made of."""

    lines: tuple[Standing, ...]
    readings: Readings

    @property
    def placed(self) -> tuple[Standing, ...]:
        """Those that have a place."""
        return tuple(line for line in self.lines if line.place is not None)

    @property
    def sheets(self) -> int:
        """How many sheets count."""
        return sum(line.jurors for line in self.lines)

    @property
    def is_by_consensus(self) -> bool:
        """Whether the rule itself says that the meeting's values are the official ones."""
        return self.readings.model.juror_combine == "consensus_only"

    @property
    def shows_agreed(self) -> bool:
        """Whether the meeting agreed on anything that stands beside the official values."""
        return bool(self.readings.agreed) and not self.is_by_consensus


def standings_of(scoring_round: Round, hidden: frozenset[int] = frozenset()) -> Standings:
    """The order of the round without the `hidden` nominations; the round comes with its scoring model.

    One query asks whether anything has changed since the same order was last worked out in this process;
    only then are the sheets read again.
    """
    stamp = (*stamp_of(scoring_round), hidden)
    if stamp not in _ready:
        while len(_ready) >= KEPT:
            _ready.pop(next(iter(_ready)), None)
        _ready[stamp] = stand(readings_of(scoring_round, hidden, stamp))
    return _ready[stamp]


def stand(readings: Readings, adjusted: Mapping[int, Fraction] | None = None) -> Standings:
    """The order that follows from these readings. `adjusted` is needed by rules that take severity out."""
    model = readings.model
    rows = readings.by_nomination
    if model.juror_combine == "severity_adjusted" and adjusted is None:
        adjusted = _adjusted(readings)
    adjusted = adjusted or {}
    known: dict[frozenset, Tally] = {}
    totals = {key: tuple(_total(model, row, known) for row in rows[key]) for key in rows}
    combined = {
        key: combine.combine(
            model,
            [_sheet(row) for row in rows[key]],
            consensus=_whole_consensus(readings, key),
            adjusted=adjusted.get(key),
        )
        for key in rows
    }
    contenders = [_contender(key, combined[key], totals[key]) for key in rows]
    order, reasons = _ranked(readings, contenders)
    places, nodes = _after_meeting(readings, combined, totals)
    lines = (
        replace(
            _line(readings, place, combined[place.key], totals[place.key]),
            **_of_the_meeting(places.get(place.key)),
            agreed_nodes=nodes.get(place.key, {}),
            chairs_reason=reasons.get(place.key, ""),
        )
        for place in order.places
    )
    return Standings(tuple(lines), readings)


def _whole_consensus(readings: Readings, key: int) -> dict[str, Mark] | None:
    """The meeting's marks of an entry once every criterion is agreed on: half an agreement is no value."""
    agreed = readings.agreed.get(key, {})
    if any(code not in agreed for code in combine.agreed_codes(readings.model)):
        return None
    return {code: each.mark for code, each in agreed.items()}


def _contender(key: int, found: combine.Combined, totals: tuple[SheetTotal, ...]) -> ranking.Contender:
    return ranking.Contender(key, found.value, found.nodes, _counted(totals))


def _ranked(
    readings: Readings, contenders: list[ranking.Contender]
) -> tuple[ranking.Ranking, dict[int, str]]:
    """The order by the rules, with the chair's own order wherever that step was reached, and its reasons."""
    order = ranking.rank(readings.model, contenders)
    chosen: dict[int, int] = {}
    reasons: dict[int, str] = {}
    for tie in order.ties:
        tied = [key for layer in tie.layers for key in layer]
        found = _order_of(readings.orders, tied) if tie.step == "chair" else None
        if found is not None:
            chosen |= {key: found.entries.index(key) + 1 for key in tied}
            reasons |= dict.fromkeys(tied, found.reason)
    return (ranking.rank(readings.model, contenders, chosen) if chosen else order), reasons


def _order_of(orders: tuple[Ordered, ...], tied: list[int]) -> Ordered | None:
    """The latest of the chair's orders that holds all of the tied ones."""
    return next((order for order in orders if set(tied) <= set(order.entries)), None)


def _after_meeting(
    readings: Readings, combined: dict, totals: dict
) -> tuple[dict[int, ranking.Place], dict[int, Mapping[str, Decimal | None]]]:
    """The places and nodes with what the meeting agreed on put in; nothing while it has agreed on nothing."""
    if not readings.agreed or readings.model.juror_combine == "consensus_only":
        return {}, {}
    rows = readings.by_nomination
    after = {}
    for key in rows:
        marks = {code: each.mark for code, each in readings.agreed.get(key, {}).items()}
        sheets = [_sheet(row) for row in rows[key]]
        after[key] = combine.agreed(readings.model, sheets, marks) if marks else combined[key]
    order, _reasons = _ranked(readings, [_contender(key, after[key], totals[key]) for key in rows])
    return {place.key: place for place in order.places}, {key: after[key].nodes for key in rows}


def _of_the_meeting(after: ranking.Place | None) -> dict[str, object]:
    return {} if after is None else {"agreed": after.value, "agreed_place": after.place}


def _line(
    readings: Readings, place: ranking.Place, found: combine.Combined, totals: tuple[SheetTotal, ...]
) -> Standing:
    return Standing(
        nomination=place.key,
        code=readings.codes[place.key],
        municipality=readings.entries[place.key],
        place=place.place,
        value=place.value,
        of_100=found.of_100,
        jurors=found.jurors,
        nodes=found.nodes,
        totals=totals,
        shared_with=place.shared_with,
        decided_by=place.decided_by,
        reason=found.reason,
        readers=readings.readers[place.key],
        agreed_on=len(readings.agreed.get(place.key, {})),
    )


def _sheet(row: Reading) -> combine.Sheet:
    return combine.Sheet(row.marks, submitted=row.submitted)


def _total(model: ScoringModel, row: Reading, known: dict[frozenset, Tally]) -> SheetTotal:
    """The sheet's total; sheets with the same marks are added up once."""
    key = frozenset(row.marks.items())
    found = known.get(key)
    if found is None:
        found = known[key] = tally(model, row.marks)
    counts = combine.counts(_sheet(row), model.incomplete) and found.value is not None
    return SheetTotal(
        row.juror, row.submitted, counts, found.value, found.of_100, found.exact, found.nodes
    )  # fmt: skip


def _counted(totals: tuple[SheetTotal, ...]) -> dict[int, Decimal]:
    return {total.juror: total.value for total in totals if total.counts}


def _adjusted(readings: Readings) -> dict[int, Fraction]:
    """Each nomination's value on 0-100 without the jurors' severity; nothing where that has no meaning."""
    from criteria.statistics import analysis  # noqa: PLC0415 - numpy and scipy are heavy

    found = analysis.analyse(score_table(readings))
    if found.adjusted is None or found.gates:
        return {}
    names = {name: key for key, name in readings.entries.items()}
    pairs = zip(found.table.entries, found.adjusted.values, strict=True)
    return {names[name]: Fraction(float(value)) for name, value in pairs}


def score_table(readings: Readings) -> object:
    """The counted totals on 0-100 as the table of nominations x jurors that the statistics read."""
    from criteria.statistics import table  # noqa: PLC0415 - numpy and scipy are heavy

    model = readings.model
    known: dict[frozenset, Tally] = {}
    first = next(iter(readings.entries.values()), "")
    in_order = [(first, seat, None) for seat in readings.seats.values()]
    given = [
        (readings.entries[row.nomination], readings.seats[row.juror], _of_100(model, row, known))
        for rows in readings.by_nomination.values()
        for row in rows
    ]
    return table.from_triples([*in_order, *given])


def _of_100(model: ScoringModel, row: Reading, known: dict[frozenset, Tally]) -> float | None:
    total = _total(model, row, known)
    return float(total.of_100) if total.counts and total.of_100 is not None else None


def marks_of(sheets: Iterable[int]) -> dict[int, dict[str, Mark]]:
    """The latest marks of these sheets (by id), by node code: one query."""
    marks: dict[int, dict[str, Mark]] = {pk: {} for pk in sheets}
    rows = Score.objects.filter(sheet__in=list(marks), is_latest=True)
    for sheet, criterion, value, blank in rows.values_list("sheet_id", "criterion", "value", "blank"):
        mark = mark_of(value, blank)
        if mark is not None:
            marks[sheet][criterion] = mark
    return marks
