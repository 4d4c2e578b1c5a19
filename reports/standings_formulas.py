"""The standings workbook's arithmetic: totals from weights that stand in cells, where a model bears it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from criteria.plan import Plan
from criteria.scoring import STATED_AGGREGATES, ScoringModel, walk
from reports.workbook.cached import number_text

NUDGE = "0.00000000001"  # half up: a half is never lost to the last digit of a binary number
NOT_APPLICABLE = "–"


def is_live(model: ScoringModel) -> bool:
    """Whether the order can follow weights in cells: no stated groups, one rounding last, totals combined."""
    stated = any(node.aggregate in STATED_AGGREGATES for node, _parent in walk(model) if node.children)
    combined = model.juror_combine in ("mean", "median", "trimmed") and model.combine_on == "total"
    return not stated and combined and model.rounding.at == "final" and model.incomplete == "submitted_only"


@dataclass(frozen=True)
class Cells:
    """Where things stand: the column of each node on the sheet of scores, the address of each weight."""

    columns: Mapping[str, str]  # node code -> column letter
    weights: Mapping[str, str]  # node code -> absolute address with sheet


def group_formula(plan: Plan, cells: Cells, row: int) -> str:
    """A group's value on a row of scores: "" while nothing is scored, a dash where nothing applies."""
    points = plan.node.aggregate == "points_sum"
    terms = [_Term(plan, child, cells, row) for child in plan.children]
    top = "+".join(f"IF(ISNUMBER({term.cell}),{term.carried},0)" for term in terms)
    bottom = "+".join(f"IF(ISNUMBER({term.cell}),{term.weight},0)" for term in terms)
    missing = "+".join(f'IF({term.cell}="",1,0)' for term in terms)
    empty = f'IF({missing}>0,"","{NOT_APPLICABLE}")'
    if not points:
        return f"IF(({bottom})=0,{empty},({top})/({bottom}))"
    whole = "+".join(term.weight for term in terms)
    away = "+".join(f'IF({term.cell}="{NOT_APPLICABLE}",{term.weight},0)' for term in terms)
    counted = "+".join(f"IF(ISNUMBER({term.cell}),1,0)" for term in terms)
    return f"IF(({counted})=0,{empty},({top})*({whole})/({whole}-({away})))"


def highest(plan: Plan, cells: Cells) -> str:
    """The highest value a node can have, as a formula: points follow their weights."""
    if plan.children and plan.node.aggregate == "points_sum":
        return "(" + "+".join(_points(child, cells) for child in plan.children) + ")"
    return number_text(Decimal(plan.hi.numerator) / Decimal(plan.hi.denominator))


def lowest(plan: Plan) -> str:
    """The lowest value a node can have."""
    return number_text(Decimal(plan.lo.numerator) / Decimal(plan.lo.denominator))


def jury_formula(model: ScoringModel, area: str) -> str:
    """The jurors' totals of one entry combined by the rule, not yet rounded; "" where the rule gives none."""
    if model.juror_combine == "median":
        return f'IF(COUNT({area})=0,"",MEDIAN({area}))'
    if model.juror_combine == "trimmed":
        cut = "".join(f"-LARGE({area},{n})-SMALL({area},{n})" for n in range(1, model.trim + 1))
        least = 2 * model.trim + 3
        return f'IF(COUNT({area})<{least},"",(SUM({area}){cut})/(COUNT({area})-{2 * model.trim}))'
    return f'IF(COUNT({area})=0,"",SUM({area})/COUNT({area}))'


def rounded(cell: str, places: int) -> str:
    """A cell's number half up to so many decimals, "" where it has none."""
    return f'IF(ISNUMBER({cell}),ROUND({cell}+{NUDGE},{places}),"")'


class _Term:
    """One child's part in its group's formula."""

    def __init__(self, parent: Plan, child: Plan, cells: Cells, row: int) -> None:
        self.cell = f"${cells.columns[child.code]}{row}"
        if parent.node.aggregate == "points_sum":
            self.weight = _points(child, cells)
            own = child.node.max_points is None  # a nested sum of points goes up as it is
            self.carried = self.cell if own else f"{self.weight}*{self._share(child, cells)}"
            return
        self.weight = "1" if parent.node.aggregate == "mean" else cells.weights[child.code]
        value = f"100*{self._share(child, cells)}" if child.carried else self.cell
        self.carried = f"{self.weight}*{value}"

    def _share(self, child: Plan, cells: Cells) -> str:
        low = lowest(child)
        return f"({self.cell}-{low})/({highest(child, cells)}-{low})"


def _points(child: Plan, cells: Cells) -> str:
    if child.node.max_points is not None:
        return cells.weights[child.code]
    return highest(child, cells)
