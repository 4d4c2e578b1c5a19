"""A scoring model made ready for arithmetic: ranges, whole-number weights and factors, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import lcm

from criteria.scoring import STATED_AGGREGATES, Node, Scale, ScoringModel

Pair = tuple[int, int]  # numerator, denominator; not reduced
MANY_VALUES = 10_000  # a scale with more values than this is not remembered value by value
KEPT = 64  # models kept ready at a time

_ready: dict[int, tuple[ScoringModel, Plan]] = {}


@dataclass(slots=True, eq=False)
class Plan:
    """One node, ready. `weight` is whole among siblings; a value v is carried up as (v - shift) * factor."""

    node: Node
    code: str
    children: tuple[Plan, ...]
    lo: Fraction
    hi: Fraction
    span: Fraction = field(init=False)
    unit: int = 1  # marks are whole multiples of 1/unit
    lo_pair: Pair = (0, 1)
    weight: int = 1
    weight_declared: int = 1  # of a group: its declared total in the children's whole-number weights
    carried: bool = False  # False: carried up as it is
    shift: Pair = (0, 1)
    factor: Pair = (1, 1)
    known: dict[Decimal, Pair] = field(default_factory=dict)
    by_code: dict[str, Plan] = field(default_factory=dict)  # of the root: every node
    leaf_codes: tuple[str, ...] = ()  # of the root

    def __post_init__(self) -> None:
        self.span = self.hi - self.lo

    @property
    def scale(self) -> Scale:
        """The scale of a node that takes a mark."""
        if self.node.scale is None:
            raise ValueError(f"{self.code} has no scale")
        return self.node.scale

    def admit(self, value: Decimal) -> Pair:
        """The mark `value` as a pair. ValueError when this node takes no mark or it is off the scale."""
        scale = self.node.scale
        if scale is None or not self.node.takes_mark:
            raise ValueError(f"{self.code} takes no mark")
        if not on_scale(value, scale):
            raise ValueError(f"{self.code}: {value} is not on the scale {scale.code}")
        pair = (int(value * self.unit), self.unit)
        if (scale.max - scale.min) / scale.step <= MANY_VALUES:
            self.known[value] = pair
        return pair


def on_scale(value: Decimal, scale: Scale) -> bool:
    """True when `value` is one of min, min + step, ..., max."""
    return value.is_finite() and scale.min <= value <= scale.max and (value - scale.min) % scale.step == 0


def plan_for(model: ScoringModel) -> Plan:
    """The plan of `model`, worked out once per model object. The model must pass activation.check."""
    kept = _ready.get(id(model))
    if kept is not None and kept[0] is model:
        return kept[1]
    plan = _build(model.root)
    plan.by_code = {each.code: each for each in _flat(plan)}
    plan.leaf_codes = tuple(each.code for each in _flat(plan) if not each.children)
    while len(_ready) >= KEPT:
        _ready.pop(next(iter(_ready)), None)
    _ready[id(model)] = (model, plan)
    return plan


def _flat(plan: Plan) -> list[Plan]:
    return [plan, *(each for child in plan.children for each in _flat(child))]


def _build(node: Node) -> Plan:
    children = tuple(_build(child) for child in node.children)
    if not children or node.aggregate in STATED_AGGREGATES:
        return _build_on_scale(node, children)
    if node.aggregate == "points_sum":
        return _build_points(node, children)
    if node.aggregate in ("weighted_mean", "mean"):
        return _build_mean(node, children)
    raise ValueError(f"{node.code}: unknown aggregate {node.aggregate!r}")


def _build_on_scale(node: Node, children: tuple[Plan, ...]) -> Plan:
    if node.scale is None:
        raise ValueError(f"{node.code} has no scale")
    lo, hi = Fraction(node.scale.min), Fraction(node.scale.max)
    unit = lcm(*(Fraction(end).denominator for end in (node.scale.min, node.scale.max, node.scale.step)))
    return Plan(node, node.code, children, lo, hi, unit=unit, lo_pair=(int(lo * unit), unit))


def _build_points(node: Node, children: tuple[Plan, ...]) -> Plan:
    points = [_points(child) for child in children]
    whole, scale = _whole(points)
    for child, most, weight in zip(children, points, whole, strict=True):
        child.weight = weight
        _carry(child, most)
    total = sum(points, Fraction(0))
    return Plan(node, node.code, children, Fraction(0), total, weight_declared=int(total * scale))


def _points(plan: Plan) -> Fraction:
    if plan.node.max_points is not None:
        return Fraction(plan.node.max_points)
    if plan.node.aggregate == "points_sum":
        return plan.hi
    raise ValueError(f"{plan.code} has no max_points")


def _build_mean(node: Node, children: tuple[Plan, ...]) -> Plan:
    if node.aggregate == "mean":
        weights, declared = [Fraction(1)] * len(children), Fraction(len(children))
    else:
        weights, declared = (
            [Fraction(child.node.weight or 0) for child in children],
            Fraction(node.weight_total),
        )
    whole, scale = _whole([*weights, declared])
    alike = len({(child.lo, child.hi) for child in children}) == 1
    for child, weight in zip(children, whole, strict=False):
        child.weight = weight
        if not alike:
            _carry(child, Fraction(100))
    lo, hi = (children[0].lo, children[0].hi) if alike else (Fraction(0), Fraction(100))
    return Plan(node, node.code, children, lo, hi, weight_declared=int(declared * scale))


def _carry(child: Plan, most: Fraction) -> None:
    """Let `child` be carried up as most * (v - lo)/(hi - lo)."""
    factor = most / (child.hi - child.lo)
    child.carried = True
    child.shift = (child.lo.numerator, child.lo.denominator)
    child.factor = (factor.numerator, factor.denominator)


def _whole(numbers: list[Fraction]) -> tuple[list[int], int]:
    scale = lcm(*(number.denominator for number in numbers))
    return [int(number * scale) for number in numbers], scale
