"""A key figure made into 0-100, for rounds that key figures mark instead of jurors."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from criteria.rounding import half_up_to_step
from criteria.scoring import Indicator, Mark, Node


def mark_from_figure(node: Node, figure: Decimal | None, everyone: Sequence[Decimal]) -> Mark | None:
    """The mark that `figure` gives on the node's scale, half up to its step; None where there is none.

    `everyone` holds the figures of all compared, this one among them; only "percentile" looks at it.
    """
    if figure is None or node.indicator is None or node.scale is None:
        return None
    share = share_of(node.indicator, figure, everyone)
    if share is None:
        return None
    lo, hi, step = Fraction(node.scale.min), Fraction(node.scale.max), Fraction(node.scale.step)
    value = half_up_to_step(lo + share * (hi - lo), lo, step)
    return Mark(value=Decimal(value.numerator) / Decimal(value.denominator))


def share_of(indicator: Indicator, figure: Decimal, everyone: Sequence[Decimal]) -> Fraction | None:
    """How good `figure` is, 0 to 1: its place among all or along the line; where less is better, reversed."""
    share: Fraction | None
    if indicator.method == "line":
        share = along_line(figure, indicator.lo or Decimal(0), indicator.hi or Decimal(100))
    else:
        share = percentile(figure, everyone)
    return 1 - share if share is not None and indicator.direction == "-" else share


def percentile(figure: Decimal, everyone: Sequence[Decimal]) -> Fraction | None:
    """Share of the others that are lower, equals counting half: from 0 to 1. None among fewer than two."""
    if len(everyone) < 2:
        return None
    lower = sum(other < figure for other in everyone)
    equal = sum(other == figure for other in everyone) - 1
    return (lower + Fraction(equal, 2)) / (len(everyone) - 1)


def along_line(figure: Decimal, lo: Decimal, hi: Decimal) -> Fraction:
    """(x - lo)/(hi - lo), clipped to 0-1."""
    share = (Fraction(figure) - Fraction(lo)) / (Fraction(hi) - Fraction(lo))
    return min(max(share, Fraction(0)), Fraction(1))
