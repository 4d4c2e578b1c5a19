"""The model's arithmetic in the whole numbers a spreadsheet can hold: its constants and their worst case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from criteria.plan import Plan
from criteria.scoring import Rounding

LIMIT = 10**14  # a spreadsheet's INT, MOD and LCM are exact below this
MANY = 20_000  # denominators followed one by one in the search for the worst case

STATED = ("overall_judgement", "ladder")


@dataclass(frozen=True)
class Carry:
    """How a child's value n/d goes up: (a n - b d)/(c d), times its weight except in a sum of points."""

    a: int = 1
    b: int = 0
    c: int = 1


@dataclass(frozen=True)
class Sum:
    """One node ready for formulas. All numbers are whole; a group's own value is num/den on its row.

    Groups: the children's contributions stand over `common` x `scale`, where `common` is their common
    denominator (0: it depends on what is filled in, and is worked out on the row as LCM).
    """

    plan: Plan
    children: tuple[Sum, ...]
    weight: int  # whole, among siblings
    ratio: Fraction  # shown weight x ratio = weight
    carry: Carry
    declared: int = 1
    scale: int = 1  # of a group: the common multiple of the children's `c`
    common: int = 1
    exact: bool = True
    own: int = 0  # the own denominator where it is always the same
    kept_back: bool = False  # something below may be not applicable, so points are spread over the rest

    @property
    def aggregate(self) -> str:
        """The group's rule, "" for a leaf."""
        return self.plan.node.aggregate if self.children else ""

    @property
    def unit(self) -> int:
        """Marks on this node are whole multiples of 1/unit."""
        return self.plan.unit

    @property
    def lowest(self) -> int:
        """The scale's minimum in units."""
        return int(self.plan.lo * self.plan.unit)

    @property
    def is_marked(self) -> bool:
        """True where the juror gives the value: a leaf, or a group whose value is stated."""
        return not self.children or self.aggregate in STATED


def sums_of(root: Plan, rounding: Rounding) -> Sum:
    """The whole tree, ready; `exact` is False where the worst case passes LIMIT."""
    return _build(root, rounding, 1, Fraction(1), Carry())[0]


def is_signed(root: Sum) -> bool:
    """True when rows must tell "not applicable" (a negative weight) from "not yet" (zero)."""
    return root.aggregate in ("points_sum", *STATED) or any(is_signed(child) for child in root.children)


def all_exact(root: Sum) -> bool:
    """True when every group's value is made of whole numbers below LIMIT."""
    return root.exact and all(all_exact(child) for child in root.children)


# --- constants and worst case -----------------------------------------------------------------------------


def _build(
    plan: Plan, rounding: Rounding, weight: int, ratio: Fraction, carry: Carry
) -> tuple[Sum, frozenset[int] | None]:
    """The node and every denominator its own value can have (None: too many, or not whole)."""
    if not plan.children:
        return Sum(plan, (), weight, ratio, carry, own=plan.unit), frozenset({plan.unit})
    weights, declared = _weights(plan, rounding)
    built = [
        _build(child, rounding, whole, _ratio(plan, child, whole), _carry(plan, child))
        for child, whole in zip(plan.children, weights, strict=True)
    ]
    children = tuple(child for child, _denominators in built)
    scale = lcm(*(child.carry.c for child in children))
    places = 10**rounding.places
    if rounding.at == "final" or plan.node.aggregate in STATED:
        commons = _common_denominators([denominators for _child, denominators in built])
    else:
        commons = frozenset({places})
        scale = 1 if rounding.at == "per_product" else scale
    node = Sum(
        plan,
        children,
        weight,
        ratio,
        carry,
        declared,
        scale,
        kept_back=any(child.plan.node.may_be_not_applicable or child.kept_back for child in children),
    )
    return _judged(node, commons, places)


def _judged(node: Sum, commons: frozenset[int] | None, places: int) -> tuple[Sum, frozenset[int] | None]:
    """The group with its common denominator settled, and whether its worst case stays exact."""
    own = _own_denominators(node, commons)
    if (
        commons is None
        or own is None
        or _worst(node.plan, max(own), places) >= LIMIT
        or not all(child.exact for child in node.children)
    ):
        return replace(node, common=1, exact=False), None
    common = next(iter(commons)) if len(commons) == 1 else 0
    return replace(node, common=common, own=next(iter(own)) if len(own) == 1 else 0), own


def _weights(plan: Plan, rounding: Rounding) -> tuple[list[int], int]:
    if plan.node.aggregate in STATED:
        return [1] * len(plan.children), 1
    weights = [child.weight for child in plan.children]
    needs_declared = plan.node.aggregate == "points_sum" or rounding.at == "per_product"
    divisor = gcd(*weights, *([plan.weight_declared] if needs_declared else []))
    declared = plan.weight_declared // divisor if needs_declared else 1
    return [weight // divisor for weight in weights], declared


def _ratio(plan: Plan, child: Plan, whole: int) -> Fraction:
    match plan.node.aggregate:
        case "weighted_mean":
            return whole / Fraction(child.node.weight or 1)
        case "points_sum":
            return whole / Fraction(child.node.max_points if child.node.max_points is not None else child.hi)
    return Fraction(whole)


def _carry(parent: Plan, child: Plan) -> Carry:
    if parent.node.aggregate in STATED:
        shift, factor = child.lo, 1 / (child.hi - child.lo)
    elif child.carried:
        shift, factor = Fraction(*child.shift), Fraction(*child.factor)
    else:
        return Carry()
    a = shift.denominator * factor.numerator
    b = shift.numerator * factor.numerator
    c = shift.denominator * factor.denominator
    common = gcd(a, b, c)
    return Carry(a // common, b // common, c // common)


def _common_denominators(each: list[frozenset[int] | None]) -> frozenset[int] | None:
    """Every common multiple of the children that may have a value, taking any of them away."""
    if any(denominators is None for denominators in each):
        return None
    if all(len(denominators) == 1 for denominators in each):  # type: ignore[arg-type]
        return frozenset({lcm(*(next(iter(denominators)) for denominators in each))})  # type: ignore[arg-type]
    reached = {1}
    for denominators in each:
        reached |= {lcm(one, other) for one in reached for other in denominators}  # type: ignore[union-attr]
        if len(reached) > MANY:
            return None
    return frozenset(reached)


def _own_denominators(node: Sum, commons: frozenset[int] | None) -> frozenset[int] | None:
    if node.aggregate in STATED:
        return None if commons is None else frozenset({node.unit})
    if commons is None:
        return None
    rests: set[int] | None = {1}
    if node.aggregate != "points_sum" or node.kept_back:
        rests = _part_sums([child.weight for child in node.children])
    if rests is None or len(commons) * len(rests) > MANY * 50:
        return None
    return frozenset(common * node.scale * rest for common in commons for rest in rests)


def _part_sums(weights: list[int]) -> set[int] | None:
    """Every sum of some of the weights: what may remain when others are missing or not applicable."""
    reached = {0}
    for weight in weights:
        reached |= {weight + one for one in reached}
        if len(reached) > MANY:
            return None
    return reached - {0}


def _worst(plan: Plan, largest: int, places: int) -> int:
    """The largest number any rounding of this node's value meets: 2 x 10^p x num + den, also on 0-100."""
    value = (2 * places * max(-plan.lo, plan.hi) + 1) * largest
    of_100 = (2 * 10 * 100 + 1) * largest * plan.lo.denominator * (plan.hi - plan.lo).numerator
    return max(int(value), of_100) + 1
