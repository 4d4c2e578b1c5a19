"""Small pieces of formula text: products, sums in brackets, half up, and when a number is on a scale."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from criteria.scoring import Scale
from reports.workbook.cached import number_text


def half_up(num: str, den: str, places: int, *, exact: bool = True) -> str:
    """num/den to `places` decimals, a half going up; the program's own ROUND where numbers grow too large."""
    if not exact:
        return f"ROUND({factor(num)}/({den}),{places})"
    power = 10**places
    return f"{units(num, den, power)}/{power}" if power > 1 else units(num, den, power)


def units(num: str, den: str, power: int) -> str:
    """num/den counted in whole units of 1/power, half up: INT((2*power*num+den)/(2*den))."""
    return f"INT(({times(2 * power, num)}+{den})/({times(2, den)}))"


def times(number: int, text: str) -> str:
    """A whole number times an expression, shortened where that is plain."""
    if text.isdigit():
        return str(number * int(text))
    return text if number == 1 else f"{number}*{factor(text)}"


def ratio(cell: str, by: Fraction) -> str:
    """A cell times a fraction."""
    up = cell if by.numerator == 1 else f"{cell}*{by.numerator}"
    return up if by.denominator == 1 else f"{up}/{by.denominator}"


def factor(text: str) -> str:
    """`text`, in brackets where it is a sum."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth == 0 and character in "+-":
            return f"({text})"
    return text


def carried(a: int, b: int, num: str, den: str) -> str:
    """a num - b den."""
    left = times(a, num)
    if not b:
        return left
    right = times(abs(b), den)
    return f"({left}-{factor(right)})" if b > 0 else f"({left}+{right})"


def added(parts: Sequence[str]) -> str:
    """The sum of the parts."""
    return "+".join(parts)


def on_scale(cell: str, scale: Scale) -> str:
    """The conditions under which a number is a value of the scale, for AND(...)."""
    lo, hi, step = (number_text(each) for each in (scale.min, scale.max, scale.step))
    if scale.step == 1 and scale.min == scale.min.to_integral_value():
        fits = f"{cell}=INT({cell})"
    else:
        distance = f"({cell}-{factor(lo)})" if scale.min else cell
        fits = f"ABS({distance}/{step}-ROUND({distance}/{step},0))<0.000001"
    return f"{cell}>={lo},{cell}<={hi},{fits}"
