"""Key figures made into 0-100."""

from decimal import Decimal
from fractions import Fraction

import pytest

from criteria.indicators import along_line, mark_from_figure, percentile
from criteria.scoring import Indicator, Mark
from tests.criteria.trees import leaf, scale

INDEX = scale("0", "100", "0.01")


def decimals(*numbers):
    return [Decimal(number) for number in numbers]


@pytest.mark.parametrize(("figure", "share"), [(10, 0), (20, "3/8"), (30, "3/4"), (40, 1)])
def test_percentile_is_the_share_of_the_others_that_are_lower(figure, share):
    assert percentile(Decimal(figure), decimals(10, 20, 20, 30, 40)) == Fraction(share)


def test_percentile_of_one_alone_is_unknown():
    assert percentile(Decimal(10), decimals(10)) is None


@pytest.mark.parametrize(("figure", "share"), [(-5, 0), (-2, 0), (2, "1/2"), (6, 1), (9, 1)])
def test_line_is_clipped(figure, share):
    assert along_line(Decimal(figure), Decimal(-2), Decimal(6)) == Fraction(share)


@pytest.mark.parametrize(("direction", "value"), [("+", "33.33"), ("-", "66.67")])
def test_direction_turns_the_scale_round(direction, value):
    node = leaf("a", on=INDEX, indicator=Indicator("N1", direction=direction))
    assert mark_from_figure(node, Decimal(2), decimals(1, 2, 3, 4)) == Mark(Decimal(value))


def test_line_needs_no_others():
    node = leaf("a", on=INDEX, indicator=Indicator("N1", "line", "-", Decimal(0), Decimal(8)))
    assert mark_from_figure(node, Decimal(2), []) == Mark(Decimal(75))


def test_missing_figure_gives_no_mark():
    assert mark_from_figure(leaf("a", on=INDEX, indicator=Indicator("N1")), None, decimals(1, 2)) is None
