"""Several jurors' sheets of one nomination made into the jury's one value, exactly, by the published rule.

`combine_on` says what is combined. "total" (the default, and what the jury workbook and the four areas
example do): every juror's own exact total, combined and rounded once, so that what a juror sees as the own
total is what enters the jury's. "criterion": each criterion is combined over the jurors first and the tree
is added up from those, so that rounding per criterion or per product bites on the jury's values. With the
mean and no blanks both give the same; with "not applicable", medians or trimming they do not, hence the
choice is part of the rules.
A rule that cannot be followed gives no value and says why; it never falls back on another rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.plan import Pair, Plan, plan_for
from criteria.rounding import half_up
from criteria.scoring import STATED_AGGREGATES, Mark, ScoringModel
from criteria.tally import (
    MISSING,
    NOT_APPLICABLE,
    Evaluation,
    Nothing,
    Value,
    evaluate,
    read_marks,
    shown_total,
)

Average = Callable[[list[Fraction]], Fraction | None]


@dataclass(frozen=True)
class Sheet:
    """One juror's marks of one nomination. Leave recused jurors out: they are no observation at all."""

    marks: Mapping[str, Mark]
    submitted: bool = True


@dataclass(frozen=True)
class Combined:
    """The jury's value of one nomination. `reason` says why there is none; `jurors` is how many counted."""

    value: Decimal | None = None
    of_100: Decimal | None = None
    exact: Fraction | None = None
    nodes: dict[str, Decimal | None] = field(default_factory=dict)  # combined shown value by node code
    jurors: int = 0
    reason: str | Promise = ""


def combine(
    model: ScoringModel,
    sheets: Sequence[Sheet],
    *,
    consensus: Mapping[str, Mark] | None = None,
    adjusted: Fraction | None = None,
) -> Combined:
    """The jury's value by the model's rule.

    `consensus` holds the consensus marks (for "consensus_only"), `adjusted` the nomination's value on 0-100
    with the jurors' severity taken out (for "severity_adjusted", from the whole table of the round).
    """
    plan = plan_for(model)
    if model.juror_combine == "consensus_only":
        return _consensus(model, plan, consensus)
    counted = [_given(plan, sheet, model.incomplete) for sheet in sheets if counts(sheet, model.incomplete)]
    done = [evaluate(plan, given, model.rounding) for given in counted]
    done = [each for each in done if not isinstance(each.values[plan.code], Nothing)]
    if not done:
        return Combined(reason=_("No score sheet counts yet."))
    if model.juror_combine == "trimmed" and len(done) < 2 * model.trim + 3:
        return Combined(jurors=len(done), reason=_too_few(model.trim, len(done)))
    if model.juror_combine == "severity_adjusted":
        return _severity_adjusted(model, plan, done, adjusted)
    average = average_of(model)
    if model.combine_on == "criterion":
        return _by_criterion(model, plan, done, average)
    return _by_total(model, plan, done, average)


def agreed_codes(model: ScoringModel) -> tuple[str, ...]:
    """What a meeting agrees on: the criteria, and stated groups in place of what lies below them."""
    return tuple(_settled_codes(plan_for(model)))


def agreed(model: ScoringModel, sheets: Sequence[Sheet], consensus: Mapping[str, Mark]) -> Combined:
    """The jury's value with the meeting's marks in place of the jurors' where it agreed on something.

    Where it did not, the criterion is what the counted jurors' sheets come to by the model's rule. Nothing
    agreed: exactly what `combine` gives. A criterion that neither has a value on: no value at all, since half
    an agreement is none.
    """
    plan = plan_for(model)
    if model.juror_combine == "consensus_only" or not consensus:
        return combine(model, sheets, consensus=consensus)
    jurors = sum(counts(sheet, model.incomplete) for sheet in sheets)
    fixed = settled(model, sheets, consensus)
    found = _from_fixed(model, plan, fixed, jurors=jurors)
    if all(fixed.get(code, MISSING) is not MISSING for code in _settled_codes(plan)):
        return found
    nodes = {code: found.nodes[code] for code in fixed}
    reason = _("Not every criterion has a juror's score or an agreement.")
    return Combined(nodes=nodes, jurors=jurors, reason=reason)


def settled(model: ScoringModel, sheets: Sequence[Sheet], consensus: Mapping[str, Mark]) -> dict[str, Value]:
    """What each criterion (or stated group) comes to: the meeting's mark, else the counted jurors'."""
    plan = plan_for(model)
    given = [_given(plan, sheet, model.incomplete) for sheet in sheets if counts(sheet, model.incomplete)]
    done = [evaluate(plan, each, model.rounding) for each in given]
    average = average_of(model)
    fixed = {code: _settled(done, code, average) for code in _settled_codes(plan)}
    return fixed | read_marks(plan, consensus)


def counts(sheet: Sheet, incomplete: str) -> bool:
    """Whether a sheet counts: submitted ones do, by "as_no_evidence" also those that are only begun."""
    return sheet.submitted or (incomplete == "as_no_evidence" and len(sheet.marks) > 0)


def mean(values: list[Fraction]) -> Fraction | None:
    """The arithmetic mean, exactly; None of nothing."""
    if not values:
        return None
    bottom = lcm(*(value.denominator for value in values))
    top = sum(value.numerator * (bottom // value.denominator) for value in values)
    return Fraction(top, bottom * len(values))


def median(values: list[Fraction]) -> Fraction | None:
    """The middle value, or halfway between the two in the middle; None of nothing."""
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def trimmed_mean(values: list[Fraction], trim: int) -> Fraction | None:
    """The mean without the `trim` highest and `trim` lowest; None with fewer than 2 * trim + 3 values."""
    if len(values) < 2 * trim + 3:
        return None
    return mean(sorted(values)[trim : len(values) - trim])


def average_of(model: ScoringModel) -> Average:
    """What the model combines jurors with (the plain mean where severity is taken out elsewhere)."""
    if model.juror_combine == "trimmed":
        return lambda values: trimmed_mean(values, model.trim)
    return median if model.juror_combine == "median" else mean


def _too_few(trim: int, jurors: int) -> Promise:
    return format_lazy(
        _("The trimmed mean needs at least {needed} score sheets; {jurors} count."),
        needed=2 * trim + 3,
        jurors=jurors,
    )


def _given(plan: Plan, sheet: Sheet, incomplete: str) -> dict[str, Value]:
    given = read_marks(plan, sheet.marks)
    if incomplete == "as_no_evidence" and not sheet.submitted:
        for code in plan.leaf_codes:
            given.setdefault(code, plan.by_code[code].lo_pair)
    return given


def _consensus(model: ScoringModel, plan: Plan, marks: Mapping[str, Mark] | None) -> Combined:
    if not marks:
        return Combined(reason=_("There is no consensus score yet."))
    given = read_marks(plan, marks)
    fixed = {code: given[code] for code in _settled_codes(plan) if code in given}
    values = evaluate(plan, given, model.rounding, fixed).values
    nodes = {code: _exact(value) for code, value in values.items()}
    return _combined(model, plan, values[plan.code], nodes, jurors=0)


def _by_total(model: ScoringModel, plan: Plan, done: list[Evaluation], average: Average) -> Combined:
    nodes = {code: average(_having(done, code)) for code in plan.by_code}
    total = nodes[plan.code]
    value = MISSING if total is None else (total.numerator, total.denominator)
    return _combined(model, plan, value, nodes, jurors=len(done))


def _by_criterion(model: ScoringModel, plan: Plan, done: list[Evaluation], average: Average) -> Combined:
    fixed = {code: _settled(done, code, average) for code in _settled_codes(plan)}
    if model.juror_combine == "trimmed":
        for code in fixed:
            if 0 < (jurors := len(_having(done, code))) < 2 * model.trim + 3:
                return Combined(jurors=len(done), reason=_too_few(model.trim, jurors))
    return _from_fixed(model, plan, fixed, jurors=len(done))


def _from_fixed(model: ScoringModel, plan: Plan, fixed: dict[str, Value], *, jurors: int) -> Combined:
    values = evaluate(plan, {}, model.rounding, fixed).values
    nodes = {code: _exact(value) for code, value in values.items()}
    return _combined(model, plan, values[plan.code], nodes, jurors=jurors)


def _settled_codes(plan: Plan) -> list[str]:
    """The nodes whose values are combined: leaves, and stated groups in place of what lies below them."""
    if not plan.children or plan.node.aggregate in STATED_AGGREGATES:
        return [plan.code]
    return [code for child in plan.children for code in _settled_codes(child)]


def _settled(done: list[Evaluation], code: str, average: Average) -> Value:
    value = average(_having(done, code))
    if value is not None:
        return value.numerator, value.denominator
    return NOT_APPLICABLE if any(each.values[code] is NOT_APPLICABLE for each in done) else MISSING


def _severity_adjusted(
    model: ScoringModel, plan: Plan, done: list[Evaluation], adjusted: Fraction | None
) -> Combined:
    if adjusted is None:
        reason = _("The severity of the jurors cannot be worked out from these score sheets.")
        return Combined(jurors=len(done), reason=reason)
    nodes = {code: mean(_having(done, code)) for code in plan.by_code}
    total = plan.lo + Fraction(adjusted) / 100 * (plan.hi - plan.lo)
    nodes[plan.code] = total
    return _combined(model, plan, (total.numerator, total.denominator), nodes, jurors=len(done))


def _having(done: list[Evaluation], code: str) -> list[Fraction]:
    values = (each.values.get(code, MISSING) for each in done)
    return [_fraction(value) for value in values if isinstance(value, tuple)]


@lru_cache(maxsize=10_000)
def _fraction(value: Pair) -> Fraction:
    """The same few values come again and again in a jury; reducing each once is most of the speed."""
    return Fraction(*value)


def _exact(value: Value) -> Fraction | None:
    return _fraction(value) if isinstance(value, tuple) else None


def _combined(
    model: ScoringModel, plan: Plan, total: Value, nodes: dict[str, Fraction | None], *, jurors: int
) -> Combined:
    value, of_100, exact = shown_total(plan, total, model.rounding)
    places = model.rounding.places
    shown = {code: None if each is None else half_up(each, places) for code, each in nodes.items()}
    reason = _("Nothing that counts has been scored.") if exact is None else ""
    return Combined(value, of_100, exact, shown, jurors, reason)
