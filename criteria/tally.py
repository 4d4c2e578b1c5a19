"""One sheet added up by the model's exact rule: whole numbers and fractions inside, decimals to be shown.

What a mark means. A number counts as it is. `no_evidence` counts as the scale's minimum. `not_applicable`
gives its weight to the rest of its group, and a group wholly not applicable gives its own to the groups
beside it. A leaf without a mark is left out of the running total and listed in `missing`.

The aggregates, with f = (v - min)/(max - min):
* weighted_mean: sum(w v)/sum(w) over what has a value; `mean`: the same with equal weights. Where the
  children's ranges differ, 100 f takes the place of v and the group runs from 0 to 100.
* points_sum: sum(max_points f). Points so far: a missing leaf adds nothing yet. Points that are not
  applicable are spread over the rest: times total/(total - not applicable).
* overall_judgement: the value the juror states for the group; until then the proposal, which is the mean f
  of the parts on the group's scale, half up to its step. Beyond `deviation_limit` from it: in `deviates`.
* ladder: a rung is reached at its scale's maximum. The rungs reached in unbroken order from the first choose
  the band (none reached: the first band). The stated value is held to that band (`outside` lists it when it
  was not in it); with nothing stated the band's lowest number stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from criteria.plan import Pair, Plan, plan_for
from criteria.rounding import half_up, half_up_ratio, half_up_to_step, half_up_units
from criteria.scoring import Blank, Mark, Rounding, ScoringModel, Tally

OF_100_PLACES = 1


class Nothing(Enum):
    """Why a node has no value: wholly not applicable, or nothing marked yet."""

    NOT_APPLICABLE = "not applicable"
    MISSING = "missing"


NOT_APPLICABLE, MISSING = Nothing.NOT_APPLICABLE, Nothing.MISSING
Value = Pair | Nothing


@dataclass(slots=True)
class Evaluation:
    """Exact values of every node, and what was noticed on the way."""

    values: dict[str, Value] = field(default_factory=dict)
    proposed: dict[str, Fraction] = field(default_factory=dict)
    deviates: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def tally(model: ScoringModel, marks: Mapping[str, Mark]) -> Tally:
    """What `marks` (by node code) add up to. ValueError for a mark the model cannot hold (see values.py)."""
    plan = plan_for(model)
    given = read_marks(plan, marks)
    done = evaluate(plan, given, model.rounding)
    missing = tuple(code for code in plan.leaf_codes if code not in given)
    value, of_100, exact = shown_total(plan, done.values[plan.code], model.rounding)
    places = model.rounding.places
    return Tally(
        value=value,
        of_100=of_100,
        exact=exact,
        nodes={code: _shown(plan.by_code[code], each, marks, places) for code, each in done.values.items()},
        missing=missing,
        scored=len(plan.leaf_codes) - len(missing),
        proposed={code: half_up(each, places) for code, each in done.proposed.items()},
        deviates=tuple(done.deviates),
        outside=tuple(done.outside),
    )


def ranges(model: ScoringModel) -> dict[str, tuple[Decimal, Decimal]]:
    """The lowest and highest value of every node, by code: the ends of a bar."""
    return {
        code: (half_up(plan.lo, model.rounding.places), half_up(plan.hi, model.rounding.places))
        for code, plan in plan_for(model).by_code.items()
    }


def read_marks(plan: Plan, marks: Mapping[str, Mark]) -> dict[str, Value]:
    """Marks as exact values by code, unmarked codes absent. ValueError for what the model cannot hold."""
    given: dict[str, Value] = {}
    for code, mark in marks.items():
        node = plan.by_code.get(code)
        if node is None:
            raise ValueError(f"{code} is not in the model")
        if mark.blank is None:
            if mark.value is not None:
                given[code] = node.known.get(mark.value) or node.admit(mark.value)
        elif not node.node.takes_mark or mark.value is not None:
            raise ValueError(f"{code} cannot hold this mark")
        elif mark.blank == Blank.NO_EVIDENCE:
            given[code] = node.lo_pair
        elif node.node.may_be_not_applicable:
            given[code] = NOT_APPLICABLE
        else:
            raise ValueError(f"{code} cannot be not applicable")
    return given


def evaluate(
    plan: Plan, given: Mapping[str, Value], rounding: Rounding, fixed: Mapping[str, Value] | None = None
) -> Evaluation:
    """Every node's exact value from the marks `given`; `fixed` settles nodes outright."""
    done = Evaluation()
    _value(plan, given, rounding, fixed or {}, done)
    return done


def shown_total(
    plan: Plan, total: Value, rounding: Rounding
) -> tuple[Decimal | None, Decimal | None, Fraction | None]:
    """(value, of 100, exact) of a total, the first two rounded from the third; None when nothing counts."""
    if isinstance(total, Nothing):
        return None, None, None
    (n, d), lo, span = total, plan.lo, plan.span
    above = (n * lo.denominator - lo.numerator * d) * span.denominator
    of_100 = half_up_ratio(100 * above, d * lo.denominator * span.numerator, OF_100_PLACES)
    return half_up_ratio(n, d, rounding.places), of_100, Fraction(n, d)


def _shown(plan: Plan, value: Value, marks: Mapping[str, Mark], places: int) -> Decimal | None:
    if isinstance(value, Nothing):
        return None
    if not plan.children:
        given = marks[plan.code].value
        return plan.scale.min if given is None else given
    return half_up_ratio(*value, places)


def _value(
    plan: Plan, given: Mapping[str, Value], rounding: Rounding, fixed: Mapping[str, Value], done: Evaluation
) -> Value:
    if plan.code in fixed:
        value = fixed[plan.code]
    elif not plan.children:
        value = given.get(plan.code, MISSING)
    else:
        below = [_value(child, given, rounding, fixed, done) for child in plan.children]
        if plan.node.aggregate == "ladder":
            value = _ladder(plan, below, given, done)
        elif plan.node.aggregate == "overall_judgement":
            value = _overall(plan, below, given, done)
        else:
            value = _added(plan, below, rounding)
    done.values[plan.code] = value
    return value


def _added(plan: Plan, below: list[Value], rounding: Rounding) -> Value:
    """weighted_mean, mean and points_sum."""
    points = plan.node.aggregate == "points_sum"
    declared = 1 if points else plan.weight_declared
    by_value, by_product = rounding.at == "per_criterion", rounding.at == "per_product"
    top, bottom, counted, away = 0, 1, 0, 0
    for child, value in zip(plan.children, below, strict=True):
        if isinstance(value, Nothing):
            away += child.weight if value is NOT_APPLICABLE else 0
            continue
        n, d = value
        if by_value:
            n, d = half_up_units(n, d, rounding.places), 10**rounding.places
        if child.carried:
            n, d = _carry_up(child, n, d)
        if not points:
            n *= child.weight
        if by_product:
            n, d = declared * half_up_units(n, d * declared, rounding.places), 10**rounding.places
        top, bottom = (top + n, bottom) if d == bottom else (top * d + n * bottom, bottom * d)
        counted += child.weight
    if not counted:
        return MISSING if MISSING in below else NOT_APPLICABLE
    if points:
        return top * plan.weight_declared, bottom * (plan.weight_declared - away)
    return top, bottom * counted


def _carry_up(child: Plan, n: int, d: int) -> Pair:
    """(n/d - shift) * factor."""
    shift_n, shift_d = child.shift
    factor_n, factor_d = child.factor
    return (n * shift_d - shift_n * d) * factor_n, d * shift_d * factor_d


def _overall(plan: Plan, below: list[Value], given: Mapping[str, Value], done: Evaluation) -> Value:
    stated = given.get(plan.code)
    scored = [
        (child, Fraction(*v)) for child, v in zip(plan.children, below, strict=True) if isinstance(v, tuple)
    ]
    if not scored:
        return stated or (MISSING if MISSING in below else NOT_APPLICABLE)
    shares = [(value - child.lo) / (child.hi - child.lo) for child, value in scored]
    middle = plan.lo + (plan.hi - plan.lo) * sum(shares, Fraction(0)) / len(shares)
    proposal = half_up_to_step(middle, plan.lo, Fraction(plan.scale.step))
    done.proposed[plan.code] = proposal
    if stated is None:
        return proposal.numerator, proposal.denominator
    limit = plan.node.deviation_limit
    if isinstance(stated, tuple) and limit is not None and abs(Fraction(*stated) - proposal) > limit:
        done.deviates.append(plan.code)
    return stated


def _ladder(plan: Plan, below: list[Value], given: Mapping[str, Value], done: Evaluation) -> Value:
    stated = given.get(plan.code)
    if stated is NOT_APPLICABLE:
        return NOT_APPLICABLE
    if all(isinstance(value, Nothing) for value in below):
        return MISSING
    reached = 0
    for child, value in zip(plan.children, below, strict=True):
        if isinstance(value, Nothing) or Fraction(*value) < child.hi:
            break
        reached += 1
    band = plan.scale.bands[reached]
    done.proposed[plan.code] = Fraction(band.lo)
    asked = Fraction(*stated) if isinstance(stated, tuple) else Fraction(band.lo)
    held = min(max(asked, Fraction(band.lo)), Fraction(band.hi))
    if held != asked:
        done.outside.append(plan.code)
    return held.numerator, held.denominator
