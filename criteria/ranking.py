"""Places in order of value: competition ranking 1, 1, 3, and ties broken only by the published steps."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from criteria.combine import median
from criteria.scoring import ScoringModel

Key = Hashable
Layers = list[list[Key]]  # best first; those in one layer are equal


@dataclass(frozen=True)
class Contender:
    """What the ranking may know of one nomination. All numbers are rounded values, as they were shown."""

    key: Key
    value: Decimal | None  # the jury's value; None stands without a place
    nodes: Mapping[str, Decimal | None] = field(default_factory=dict)  # the jury's value by node code
    totals: Mapping[Key, Decimal] = field(default_factory=dict)  # each counted juror's own total, by juror


@dataclass(frozen=True)
class Place:
    """One line of the order. `decided_by` names the steps that parted this one from its equals, in turn."""

    key: Key
    place: int | None
    value: Decimal | None
    decided_by: tuple[str, ...] = ()
    shared_with: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Tie:
    """One step taken on one set of equals: the layers it made, best first (one layer: it parted nobody)."""

    step: str
    layers: tuple[tuple[Key, ...], ...]

    @property
    def decided(self) -> bool:
        """True when the step parted them."""
        return len(self.layers) > 1


@dataclass(frozen=True)
class Ranking:
    """The places, best first and those without a value last, and every step that was taken on a tie."""

    places: tuple[Place, ...]
    ties: tuple[Tie, ...] = ()


def rank(
    model: ScoringModel, contenders: Sequence[Contender], chair_order: Mapping[Key, int] | None = None
) -> Ranking:
    """Rank by value, then by the model's `tie_break` steps; never by id, name or time.

    `chair_order` gives the chair's reasoned decision on tied nominations (1 is best); it counts only where it
    places all of the tied ones. Those that stay equal share the place, in the order they were given here.
    """
    placed = [each for each in contenders if each.value is not None]
    parting = _Parting(contenders, chair_order or {})
    places: list[Place] = []
    for layer in _layers([each.key for each in placed], {each.key: each.value for each in placed}):
        for equals in parting.part(layer, model.tie_break):
            place = len(places) + 1
            for key in equals:
                others = tuple(other for other in equals if other != key)
                value = parting.by_key[key].value
                places.append(Place(key, place, value, tuple(parting.decided[key]), others))
    places += [Place(each.key, None, None) for each in contenders if each.value is None]
    return Ranking(tuple(places), tuple(parting.ties))


def preferred(one: Contender, other: Contender) -> tuple[int, int, int]:
    """(jurors who gave `one` more, who gave `other` more, who read both)."""
    both = [juror for juror in one.totals if juror in other.totals]
    more = sum(one.totals[juror] > other.totals[juror] for juror in both)
    less = sum(one.totals[juror] < other.totals[juror] for juror in both)
    return more, less, len(both)


class _Parting:
    """Parts equals by the steps in order, and remembers which step was taken and whom it parted."""

    def __init__(self, contenders: Sequence[Contender], chair_order: Mapping[Key, int]) -> None:
        self.by_key = {each.key: each for each in contenders}
        self.chair_order = chair_order
        self.ties: list[Tie] = []
        self.decided: dict[Key, list[str]] = {each.key: [] for each in contenders}

    def part(self, equals: list[Key], steps: Sequence[str]) -> Layers:
        """One set of equals, parted as far as `steps` go; what a step leaves equal goes on to the next."""
        if len(equals) == 1 or not steps:
            return [equals]
        step = steps[0]
        layers = [equals] if step == "shared" else self.step([self.by_key[key] for key in equals], step)
        self.ties.append(Tie(step, tuple(tuple(layer) for layer in layers)))
        if step == "shared":
            return layers
        if len(layers) > 1:
            for key in equals:
                self.decided[key].append(step)
        return [parted for layer in layers for parted in self.part(layer, steps[1:])]

    def step(self, equals: list[Contender], step: str) -> Layers:
        """What one step alone makes of them."""
        keys = [each.key for each in equals]
        if step.startswith("criterion:"):
            code = step.removeprefix("criterion:")
            return _layers(keys, {each.key: each.nodes.get(code) for each in equals})
        if step == "median":
            return _layers(keys, {each.key: _median(each) for each in equals})
        if step == "preferred_share":
            return _layers(keys, _lead(equals))
        if step == "chair":
            order = self.chair_order
            return _layers(keys, {key: -order[key] if key in order else None for key in keys})
        raise ValueError(f"unknown tie-break step {step!r}")


def _median(contender: Contender) -> Fraction | None:
    return median([Fraction(total) for total in contender.totals.values()])


def _lead(equals: list[Contender]) -> dict[Key, int]:
    """How many of the others each one leads, less those that lead it.

    One leads another when more of the jurors who read both prefer it. Between two that is a share above one
    half; among more it needs no order of the pairs, and a circle (a before b before c before a) leaves them
    equal, as it should.
    """
    lead = {each.key: 0 for each in equals}
    for place, one in enumerate(equals):
        for other in equals[place + 1 :]:
            more, less, _both = preferred(one, other)
            sign = (more > less) - (more < less)
            lead[one.key] += sign
            lead[other.key] -= sign
    return lead


def _layers(keys: list[Key], values: Mapping[Key, Any]) -> Layers:
    """Keys grouped by value, highest first. Where one of them lacks a value nothing is decided: one layer."""
    if any(values[key] is None for key in keys):
        return [keys]
    layers: dict[Any, list[Key]] = {}
    for key in keys:
        layers.setdefault(values[key], []).append(key)
    return [layers[value] for value in sorted(layers, reverse=True)]
