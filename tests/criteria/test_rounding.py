"""Half up, exactly, also where binary fractions go wrong and below zero."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.rounding import half_up, half_up_ratio, half_up_to_step


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "shown"),
    [
        (535, 200, 2, "2.68"),
        (781, 200, 2, "3.91"),
        (285, 65, 4, "4.3846"),
        (1, 2, 0, "1"),
        (-1, 2, 0, "0"),
        (-3, 2, 0, "-1"),
        (0, 7, 3, "0.000"),
    ],
)
def test_half_up_of_a_ratio(numerator, denominator, places, shown):
    assert str(half_up_ratio(numerator, denominator, places)) == shown


@given(st.decimals(0, 10**6, places=6), st.integers(0, 5))
def test_half_up_equals_decimals_own_above_zero(number, places):
    expected = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert half_up(Fraction(number), places) == expected


@pytest.mark.parametrize(("value", "on_grid"), [("2.4", "2"), ("2.5", "3"), ("2.6", "3")])
def test_half_up_to_a_step_begins_at_the_lowest_value(value, on_grid):
    assert half_up_to_step(Fraction(value), Fraction(0), Fraction(1)) == Fraction(on_grid)
    assert half_up_to_step(Fraction(value) + Fraction(1, 2), Fraction(1, 2), Fraction(1)) == Fraction(
        on_grid
    ) + Fraction(1, 2)
