"""The sticky sum of the score page: the total by the model's exact rule, its parts, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from awards.links import Link
from criteria.lines import Paper, unexplained
from criteria.plan import plan_for
from criteria.scoring import Node, ScoringModel, Tally
from criteria.tally import ranges

WIDTH, GAP = 1000, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One area of the bar: where it begins, how wide it is, how much of it is filled."""

    x: int
    width: int
    fill: int


@dataclass(frozen=True)
class Total:
    """What the sum says. `value` is None until something counts."""

    value: Decimal | None
    of_100: Decimal | None
    most: Decimal
    places: int
    scored: int
    of: int
    bars: tuple[Bar, ...]
    missing: tuple[Link, ...] = ()  # leaves without a mark, then judgements that need a reason

    @property
    def missing_beyond(self) -> int:
        """How many are missing beyond the four that are named."""
        return len(self.missing) - 4


def total_of(model: ScoringModel, tally: Tally, paper: Paper, language: str) -> Total:
    """The sum of a sheet, with links to what is missing on its page."""
    lowest_highest = ranges(model)
    nodes = plan_for(model).by_code
    missing = (*tally.missing, *unexplained(tally.deviates, paper))
    return Total(
        value=tally.value,
        of_100=tally.of_100,
        most=lowest_highest[model.root.code][1],
        places=model.rounding.places,
        scored=tally.scored,
        of=tally.scored + len(tally.missing),
        bars=_bars(model, tally, lowest_highest),
        missing=tuple(
            Link(nodes[code].node.title.in_language(language), f"#criterion-{code}") for code in missing
        ),
    )


def _bars(model: ScoringModel, tally: Tally, ends: dict[str, tuple[Decimal, Decimal]]) -> tuple[Bar, ...]:
    shares = [_share(child, model.root, ends) for child in model.root.children]
    room = WIDTH - GAP * (len(shares) - 1)
    bars, x = [], 0
    for child, share in zip(model.root.children, shares, strict=True):
        width = int(room * share / sum(shares))
        lo, hi = ends[child.code]
        value = tally.nodes.get(child.code)
        fill = 0 if value is None else int(width * (value - lo) / (hi - lo))
        bars.append(Bar(x, width, fill))
        x += width + GAP
    return tuple(bars)


def _share(child: Node, root: Node, ends: dict[str, tuple[Decimal, Decimal]]) -> Decimal:
    if root.aggregate == "weighted_mean":
        return child.weight or Decimal(0)
    if root.aggregate == "points_sum":
        return child.max_points or ends[child.code][1]
    return Decimal(1)
