"""Several jurors' totals made one in formulas: mean, median or trimmed mean, exact where numbers allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from criteria.scoring import ScoringModel
from reports.cells import Shown, column_letter
from reports.workbook.expressions import carried, half_up, times
from reports.workbook.figures import Figures
from reports.workbook.references import Columns
from reports.workbook.sums import LIMIT, Sum

LIVE = ("mean", "median", "trimmed")


def is_live(model: ScoringModel) -> bool:
    """True when the sheets alone give the combined value, by a rule that formulas can follow."""
    return model.juror_combine in LIVE and model.combine_on == "total"


@dataclass(frozen=True)
class Together:
    """The cells on one nomination's sheet that combine the jurors, as (address, formula, what it shows).

    Row `flags`: 1 for each seat that counts. Row `values`: its total over the common denominator.
    """

    cells: tuple[tuple[str, str, Shown], ...]
    value: str
    of_100: str
    count: str


@dataclass(frozen=True)
class Seats:
    """Where the seats' columns stand and which of them count."""

    first: int  # the column number of the first seat
    columns: Sequence[Columns]
    counts: Sequence[bool]
    totals: Sequence[Figures | None]  # None: recused, or no formulas


def together(model: ScoringModel, root: Sum, seats: Seats, total_row: int, row: int) -> Together:
    """The machine cells on rows `row` and `row + 1`, and the formulas of the combined value."""
    flags, values = _flags(seats, total_row)
    letters = [column_letter(seats.first + at) for at in range(len(seats.columns))]
    machine = column_letter(seats.first + len(seats.columns))
    area = f"{letters[0]}{row + 1}:{letters[-1]}{row + 1}"
    count, common, safe, den = (
        f"{machine}{row}",
        f"{machine}{row + 1}",
        f"{machine}{row + 2}",
        f"{machine}{row + 3}",
    )
    counted = [figures for figures, flag in zip(seats.totals, values, strict=True) if flag and figures]
    whole = lcm(*(int(each.den or 1) for each in counted)) if root.exact else 1
    most = _most(model, root, len(seats.columns))
    is_safe = root.exact and whole * most < LIMIT
    cells: list[tuple[str, str, Shown]] = []
    for letter, (text, flag) in zip(letters, flags, strict=True):
        cells.append((f"{letter}{row}", text, flag))
    parts = ",".join(
        f"IF({letter}{row}=1,{at.den}{total_row},1)"
        for letter, at in zip(letters, seats.columns, strict=True)
    )
    cells.append((count, f"SUM({letters[0]}{row}:{letters[-1]}{row})", sum(values)))
    cells.append((common, f"LCM({parts})" if root.exact else "1", whole))
    guard = f"IF(ISERROR({common}),0,IF({common}*{most}<{LIMIT},1,0))" if root.exact else "0"
    cells.append((safe, guard, int(is_safe)))
    for letter, at, figures, flag in zip(letters, seats.columns, seats.totals, values, strict=True):
        num, own = f"{at.num}{total_row}", f"{at.den}{total_row}"
        formula = f'IF({letter}{row}=1,IF({safe}=1,{num}*({common}/{own}),{num}/{own}),"")'
        cells.append((f"{letter}{row + 1}", formula, _over(figures, whole if is_safe else 0) if flag else ""))
    top, factor = _rule(model, area, count)
    cells.append(
        (den, f"IF({safe}=1,{common},1)*{factor}", _bottom(model, sum(values), whole if is_safe else 1))
    )
    wanting = f"{count}<{2 * model.trim + 3 if model.juror_combine == 'trimmed' else 1}"
    lo, span = root.plan.lo, root.plan.hi - root.plan.lo
    of_100_top = times(100 * span.denominator, carried(lo.denominator, lo.numerator, f"({top})", den))
    of_100_bottom = times(lo.denominator * span.numerator, den)
    return Together(
        tuple(cells),
        _guarded(wanting, safe, top, den, model.rounding.places),
        _guarded(wanting, safe, of_100_top, of_100_bottom, 1),
        count,
    )


def _flags(seats: Seats, total_row: int) -> tuple[list[tuple[str, int]], list[int]]:
    flags = []
    for at, counts, figures in zip(seats.columns, seats.counts, seats.totals, strict=True):
        live = counts and figures is not None
        flags.append(
            (f"IF({at.den}{total_row}>0,1,0)", int(bool(figures.den))) if live and figures else ("0", 0)
        )
    return flags, [flag for _formula, flag in flags]


def _rule(model: ScoringModel, area: str, count: str) -> tuple[str, str]:
    """(numerator, what the common denominator is multiplied with)."""
    if model.juror_combine == "median":
        return f"2*MEDIAN({area})", "2"
    if model.juror_combine == "trimmed" and model.trim:
        ends = "".join(f"-LARGE({area},{k})-SMALL({area},{k})" for k in range(1, model.trim + 1))
        return f"SUM({area}){ends}", f"({count}-{2 * model.trim})"
    return f"SUM({area})", count


def _bottom(model: ScoringModel, count: int, common: int) -> int:
    if model.juror_combine == "median":
        return common * 2
    return common * (count - 2 * model.trim if model.juror_combine == "trimmed" else count)


def _guarded(wanting: str, safe: str, top: str, bottom: str, places: int) -> str:
    exact, rounded = half_up(top, bottom, places), half_up(top, bottom, places, exact=False)
    return f'IF({wanting},"",IF({safe}=1,{exact},{rounded}))'


def _over(figures: Figures | None, common: int) -> int | float:
    num, den = (figures.num or 0, figures.den or 1) if figures else (0, 1)
    return int(num) * (common // int(den)) if common else num / den


def _most(model: ScoringModel, root: Sum, seats: int) -> int:
    """What the common denominator may be multiplied with on the way to a rounded value, at most."""
    plan, power = root.plan, 10**model.rounding.places
    value = (2 * power * max(-plan.lo, plan.hi, Fraction(1)) + 1) * 2 * max(seats, 1)
    of_100 = 2001 * plan.lo.denominator * (plan.hi - plan.lo).numerator * 2 * max(seats, 1)
    return max(int(value) + 1, of_100)
