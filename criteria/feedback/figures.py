"""An entry's own values against the field's median, criterion by criterion; nobody else is named.

A value is what the consensus meeting agreed on, where it agreed on one, and else what the jurors came to.

The field is the other entries of the round that have a value on the criterion. With fewer than three of
them a median says more of a single municipality than of the field, so none is shown. With three or more it
may still be the value of one of them, but never says whose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from criteria.lines import text_nodes
from criteria.rounding import half_up
from criteria.scoring import ScoringModel
from criteria.standings import Standing, Standings

FEWEST_OTHERS = 3


@dataclass(frozen=True)
class Figure:
    """The entry's value on one criterion and the field's median; None where there is none to show."""

    own: Decimal | None = None
    field: Decimal | None = None


NO_FIGURE = Figure()


def figures_of(standings: Standings, nomination: int) -> dict[str, Figure]:
    """The figures by criterion; empty for an entry that is not in the standings."""
    line = next((each for each in standings.lines if each.nomination == nomination), None)
    if line is None:
        return {}
    others = [each for each in standings.lines if each.nomination != nomination]
    model = standings.readings.model
    return {node.code: _figure(model, node.code, line, others) for node in text_nodes(model)}


def as_json(figures: Mapping[str, Figure]) -> dict[str, list[str | None]]:
    """The figures as they are kept when feedback is released."""
    return {
        code: [None if value is None else str(value) for value in (each.own, each.field)]
        for code, each in figures.items()
    }


def from_json(kept: Mapping[str, list[str | None]]) -> dict[str, Figure]:
    """The figures as they were kept."""
    return {
        code: Figure(*(None if value is None else Decimal(value) for value in pair))
        for code, pair in kept.items()
    }


def field_is_small(figures: Mapping[str, Figure]) -> bool:
    """Whether there are own values and no median to hold against any of them."""
    own = any(each.own is not None for each in figures.values())
    return own and all(each.field is None for each in figures.values())


def _figure(model: ScoringModel, code: str, line: Standing, others: list[Standing]) -> Figure:
    own = _value(line, code)
    given = [value for each in others if (value := _value(each, code)) is not None]
    if own is None or len(given) < FEWEST_OTHERS:
        return Figure(own)
    middle = median(Fraction(value) for value in given)
    return Figure(own, half_up(middle, model.rounding.places))


def _value(line: Standing, code: str) -> Decimal | None:
    """What the jury ended at: what the meeting agreed on, where it did, else the jurors' value."""
    nodes = line.agreed_nodes if line.agreed_on and line.agreed_nodes else line.nodes
    return nodes.get(code)
