"""The jury's standings and totals as plain rows, for every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.findings import adjusted_places
from criteria.standings import Standings

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis

COLUMNS = (
    "place", "municipality_code", "municipality", "value", "of_100", "mean", "median", "spread", "sheets",
    "readers", "shared", "decided_by", "adjusted", "adjusted_place", "first_probability", "likely_from",
    "likely_to", "group", "agreed", "agreed_place", "agreed_on", "chairs_reason",
)  # fmt: skip
TOTALS_COLUMNS = ("entry", "juror", "score")


@dataclass(frozen=True)
class StandingRow:
    """One entry; what the statistics cannot say is None. Figures other than `value` are on 0-100."""

    place: int | None
    municipality_code: str
    municipality: str
    value: float | None
    of_100: float | None
    mean: float | None
    median: float | None
    spread: float | None
    sheets: int
    readers: int
    shared: bool
    decided_by: tuple[str, ...]
    adjusted: float | None = None
    adjusted_place: int | None = None
    first_probability: float | None = None
    likely_from: int | None = None
    likely_to: int | None = None
    group: str | None = None
    agreed: float | None = None  # after the consensus meeting: the value, its place, on how many criteria
    agreed_place: int | None = None
    agreed_on: int = 0
    chairs_reason: str = ""


@dataclass(frozen=True)
class TotalRow:
    """One counted sheet's total on 0-100: what `analyse_scores` reads. An empty score is no observation."""

    entry: str
    juror: str
    score: float | None


def standing_rows(standings: Standings, found: Analysis | None) -> list[StandingRow]:
    """Every entry in the order of the standings."""
    beside = _beside(found) if found is not None else {}
    return [
        StandingRow(
            line.place,
            line.code,
            line.municipality,
            _number(line.value),
            _number(line.of_100),
            _number(line.mean),
            _number(line.median),
            _number(line.spread),
            line.jurors,
            line.readers,
            bool(line.shared_with),
            line.decided_by,
            agreed=_number(line.agreed),
            agreed_place=line.agreed_place,
            agreed_on=line.agreed_on,
            chairs_reason=line.chairs_reason,
            **beside.get(line.municipality, {}),
        )
        for line in standings.lines
    ]


def total_rows(standings: Standings) -> Iterator[TotalRow]:
    """Every sheet that counts."""
    seats = standings.readings.seats
    for line in standings.lines:
        for total in line.totals:
            if total.counts:
                yield TotalRow(line.municipality, seats[total.juror], _number(total.of_100))


def _beside(found: Analysis) -> dict[str, dict]:
    """The statistics' columns by entry."""
    places = adjusted_places(found)
    columns: dict[str, dict] = {}
    for at, name in enumerate(found.table.entries):
        row = columns[name] = {}
        if found.adjusted is not None and not found.gates:
            row |= {"adjusted": round(float(found.adjusted.values[at]), 3), "adjusted_place": places[name]}
        sure = found.certainty
        if sure is not None and not found.gates:
            row |= {
                "first_probability": round(float(sure.first[at]), 4),
                "likely_from": int(sure.low[at]),
                "likely_to": int(sure.high[at]),
                "group": sure.group[at],
            }
    return columns


def _number(value: object) -> float | None:
    return None if value is None else float(value)
