"""Half up, exactly: the one way a fraction becomes a decimal here and in the jury workbook's formulas."""

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, places: int) -> Decimal:
    """`value` to `places` decimals, a half going up, also below zero: INT((2*10^p*N + D)/(2*D))/10^p."""
    return half_up_ratio(value.numerator, value.denominator, places)


def half_up_ratio(numerator: int, denominator: int, places: int) -> Decimal:
    """The same for numerator/denominator (denominator > 0), without making a Fraction first."""
    return Decimal(f"{half_up_units(numerator, denominator, places)}E-{places}")


def half_up_units(numerator: int, denominator: int, places: int) -> int:
    """numerator/denominator counted in whole units of 10^-places, half up."""
    return (2 * 10**places * numerator + denominator) // (2 * denominator)


def half_up_to_step(value: Fraction, lo: Fraction, step: Fraction) -> Fraction:
    """The value on the grid lo, lo + step, ... nearest to `value`, a half going up."""
    steps = (value - lo) / step
    return lo + step * half_up_units(steps.numerator, steps.denominator, 0)
