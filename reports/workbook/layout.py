"""Where the lines of a scoring model stand on a sheet: one row per node, groups above what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from criteria.plan import Plan, plan_for
from criteria.scoring import Node, Scale, ScoringModel

FIRST_ROW = 6
NAMES_ROW = 4
HEAD_ROW = 5
MOST_AREAS = 8  # with a column of their own in the overview


@dataclass(frozen=True)
class Line:
    """One node on its row. `weight` is what the column shows: a weight, or points, or nothing."""

    plan: Plan
    row: int
    depth: int  # 1 for the root's children
    parent: str
    weight: Decimal | None

    @property
    def node(self) -> Node:
        """The node of the model."""
        return self.plan.node

    @property
    def scale(self) -> Scale:
        """The scale of a line that takes a mark."""
        return scale_of(self.plan)

    @property
    def is_leaf(self) -> bool:
        """True for a criterion or attribute with nothing below it."""
        return not self.plan.children


@dataclass(frozen=True)
class Layout:
    """All lines of a model in order, and the row of the total below them."""

    model: ScoringModel
    root: Plan
    lines: tuple[Line, ...]
    total_row: int

    @property
    def leaves(self) -> tuple[Line, ...]:
        """The lines that carry marks and hold nothing."""
        return tuple(line for line in self.lines if line.is_leaf)

    @property
    def inputs(self) -> tuple[Line, ...]:
        """The lines with a cell to fill in: leaves, and groups whose value is stated."""
        return tuple(line for line in self.lines if line.node.takes_mark)

    @property
    def last_row(self) -> int:
        """The row of the last line."""
        return self.total_row - 1

    def below(self, code: str) -> tuple[Line, ...]:
        """The lines directly below the group `code`."""
        return tuple(line for line in self.lines if line.parent == code)

    def leaves_below(self, line: Line) -> tuple[Line, ...]:
        """The leaves anywhere below a line; they stand right after it."""
        after = self.lines[line.row - self.lines[0].row + 1 :]
        rest = [place for place, each in enumerate(after) if each.depth <= line.depth]
        return tuple(each for each in after[: rest[0] if rest else None] if each.is_leaf)

    @property
    def top(self) -> tuple[Line, ...]:
        """The lines directly below the total."""
        return self.below(self.root.code)


def scale_of(plan: Plan) -> Scale:
    """The scale of a node that takes a mark."""
    if plan.node.scale is None:
        raise ValueError(f"{plan.code} has no scale")
    return plan.node.scale


def layout_of(model: ScoringModel) -> Layout:
    """The rows of `model`, from FIRST_ROW on."""
    root = plan_for(model)
    lines = tuple(
        Line(plan, row, depth, parent.code, _weight(parent, plan))
        for row, (plan, depth, parent) in enumerate(_walk(root, 1), start=FIRST_ROW)
    )
    return Layout(model, root, lines, FIRST_ROW + len(lines))


def _walk(parent: Plan, depth: int) -> Iterator[tuple[Plan, int, Plan]]:
    for child in parent.children:
        yield child, depth, parent
        yield from _walk(child, depth + 1)


def _weight(parent: Plan, child: Plan) -> Decimal | None:
    match parent.node.aggregate:
        case "weighted_mean":
            return child.node.weight
        case "mean":
            return Decimal(1)
        case "points_sum" if child.node.max_points is not None:
            return child.node.max_points
        case "points_sum":
            return Decimal(child.hi.numerator) / Decimal(child.hi.denominator)
    return None
