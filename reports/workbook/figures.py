"""What the hidden cells show for a set of marks: the same arithmetic as the formulas', done here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from criteria.rounding import half_up_units
from criteria.scoring import Blank, Mark, Rounding
from reports.workbook.layout import scale_of
from reports.workbook.sums import STATED, Sum, is_signed

Number = int | float


class Own(NamedTuple):
    """A node's own value num/den. `kind`: 1 it has one, 0 nothing yet, -1 not applicable."""

    kind: int
    num: Number = 0
    den: Number = 0


@dataclass(frozen=True)
class Figures:
    """What the hidden cells of a row show. None: the row has no such cell."""

    w: Number | None = None
    wv: Number | None = None
    num: Number | None = None
    den: Number | None = None
    lcm: int | None = None
    proposal: int | None = None


@dataclass
class Reckoning:
    """One sheet's figures in the making, by node code."""

    marks: Mapping[str, Mark]
    rounding: Rounding
    signed: bool
    done: dict[str, Figures] = field(default_factory=dict)

    def own(self, node: Sum) -> Own:
        """A node's own value; the rows below it are filled in on the way."""
        if not node.children:
            kind, given = self._mark(node)
            return Own(kind, given, node.unit if kind > 0 else 0)
        each = [self.own(child) for child in node.children]
        common = node.common or lcm(*(int(own.den) for own in each if own.kind > 0))
        values: list[Number] = []
        for child, own in zip(node.children, each, strict=True):
            weight, value = self._up(node, child, own, common)
            if node.aggregate == "ladder" and values and not values[-1]:
                value = 0
            values.append(value)
            before = self.done.get(child.plan.code, Figures())
            self.done[child.plan.code] = replace(
                before, w=weight if self.signed else max(weight, 0), wv=value
            )
        proposal = None
        if node.aggregate == "ladder":
            found, proposal = self._ladder(node, each, int(sum(values)))
        elif node.aggregate == "overall_judgement":
            found, proposal = self._overall(node, each, Fraction(sum(values)) / (common * node.scale))
        else:
            found = _added(node, each, sum(values), common)
        self.done[node.plan.code] = Figures(
            num=found.num, den=found.den, lcm=None if node.common else common, proposal=proposal
        )
        return found

    def _mark(self, node: Sum) -> tuple[int, int]:
        mark = self.marks.get(node.plan.code)
        if mark is None:
            return 0, 0
        if mark.blank == Blank.NOT_APPLICABLE:
            return -1, 0
        if mark.blank == Blank.NO_EVIDENCE or mark.value is None:
            return 1, node.lowest
        return 1, int(mark.value * node.unit)

    def _up(self, parent: Sum, child: Sum, own: Own, common: int) -> tuple[int, Number]:
        """The counted weight and the contribution of a child's row."""
        if parent.aggregate == "ladder":
            return own.kind, int(own.kind > 0 and own.num == child.plan.hi * own.den)
        weight = child.weight * own.kind
        if own.kind <= 0:
            return weight, 0
        stated = parent.aggregate in STATED
        factor = 1 if stated or parent.aggregate == "points_sum" else child.weight
        num, den, carry = own.num, own.den, child.carry
        if self.rounding.at == "per_criterion" and not stated:
            num, den = half_up_units(int(num), int(den), self.rounding.places), 10**self.rounding.places
        top = factor * (carry.a * num - carry.b * den)
        if self.rounding.at == "per_product" and not stated:
            declared = 1 if parent.aggregate == "points_sum" else parent.declared
            bottom = int(den) * carry.c * declared
            return weight, declared * half_up_units(int(top), bottom, self.rounding.places)
        top *= parent.scale // carry.c
        return weight, top * (common // int(den)) if parent.exact else top / den

    def _ladder(self, node: Sum, each: Sequence[Own], reached: int) -> tuple[Own, int]:
        stated, value = self._mark(node)
        if stated < 0 or not any(own.kind > 0 for own in each):
            return Own(min(stated, 0)), reached
        band = scale_of(node.plan).bands[reached]
        lo, hi = int(band.lo * node.unit), int(band.hi * node.unit)
        return Own(1, min(max(value if stated else lo, lo), hi), node.unit), reached

    def _overall(self, node: Sum, each: Sequence[Own], shares: Fraction) -> tuple[Own, int]:
        stated, value = self._mark(node)
        scored = sum(own.kind > 0 for own in each)
        proposal = _proposal(node, shares / scored) if scored else 0
        if stated > 0:
            return Own(1, value, node.unit), proposal
        if stated < 0:
            return Own(-1), proposal
        if scored:
            return Own(1, proposal, node.unit), proposal
        return Own(-1 if all(own.kind < 0 for own in each) else 0), proposal


def figures_of(root: Sum, marks: Mapping[str, Mark], rounding: Rounding) -> dict[str, Figures]:
    """What the hidden cells show for these marks, by node code; the total's under the root's code."""
    reckoning = Reckoning(marks, rounding, is_signed(root))
    reckoning.own(root)
    return reckoning.done


def _added(node: Sum, each: Sequence[Own], top: Number, common: int) -> Own:
    pairs = list(zip(node.children, each, strict=True))
    counted = sum(child.weight for child, own in pairs if own.kind > 0)
    if not counted:
        return Own(-1 if all(own.kind < 0 for own in each) else 0)
    if node.aggregate != "points_sum":
        return Own(1, top, common * node.scale * counted)
    if not node.kept_back:
        return Own(1, top, common * node.scale)
    away = sum(child.weight for child, own in pairs if own.kind < 0)
    return Own(1, node.declared * top, common * node.scale * (node.declared - away))


def _proposal(node: Sum, share: Fraction) -> int:
    """The mean of the parts on the group's scale, in units, half up to its step."""
    step = Fraction(scale_of(node.plan).step)
    steps = share * (node.plan.hi - node.plan.lo) / step
    return node.lowest + int(step * node.unit) * half_up_units(steps.numerator, steps.denominator, 0)
