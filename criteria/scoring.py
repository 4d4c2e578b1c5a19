"""The scoring model as plain data: a tree of nodes with scales, and the exact arithmetic over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

KINDS = ("group", "criterion", "attribute")
INPUTS = ("choice", "number", "band_then_number")
AGGREGATES = ("weighted_mean", "mean", "points_sum", "ladder", "overall_judgement")
STATED_AGGREGATES = ("ladder", "overall_judgement")  # their groups take a mark of their own
ROUND_AT = ("per_criterion", "per_product", "final")
JUROR_COMBINES = ("mean", "median", "trimmed", "severity_adjusted", "consensus_only")
COMBINE_ON = ("total", "criterion")
MARKED_BY = ("jurors", "key_figures")
INCOMPLETE = ("submitted_only", "as_no_evidence")
TIE_BREAKS = ("median", "preferred_share", "chair", "shared")  # and "criterion:<code>"


class Blank(StrEnum):
    """Why a criterion carries no number. (A recused juror has no sheet at all, so that is not a mark.)"""

    NO_EVIDENCE = "no_evidence"  # counts f = 0, the scale's minimum
    NOT_APPLICABLE = "not_applicable"  # redistributes the weight


@dataclass(frozen=True)
class Bilingual:
    """One text in both languages."""

    sv: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text in `language` ("sv" or "en..."), the other language where that one is empty."""
        return (self.en or self.sv) if language.startswith("en") else (self.sv or self.en)


@dataclass(frozen=True)
class Band:
    """One level of a scale, lo <= value <= hi, with its name and what it means."""

    lo: Decimal
    hi: Decimal
    label: Bilingual
    descriptor: Bilingual = Bilingual()


@dataclass(frozen=True)
class Scale:
    """The numbers a juror may give. `input` is "choice", "number" or "band_then_number"."""

    code: str
    min: Decimal
    max: Decimal
    step: Decimal
    input: str = "choice"
    bands: tuple[Band, ...] = ()

    def without_descriptors(self) -> Scale:
        """The scale with levels named but not described: what criteria with own level texts share."""
        return replace(self, bands=tuple(replace(band, descriptor=Bilingual()) for band in self.bands))


@dataclass(frozen=True)
class Indicator:
    """How a key figure becomes 0-100: its place among all ("percentile") or on a clipped line lo to hi."""

    key_figure: str
    method: str = "percentile"  # percentile | line
    direction: str = "+"  # "+" more is better, "-" less is better
    lo: Decimal | None = None  # line only
    hi: Decimal | None = None


@dataclass(frozen=True)
class Node:
    """A group, a criterion (a leaf that takes a score) or an attribute (a leaf below a criterion-group)."""

    code: str
    kind: str  # "group" | "criterion" | "attribute"
    title: Bilingual
    guidance: Bilingual = Bilingual()
    weight: Decimal | None = None
    max_points: Decimal | None = None
    scale: Scale | None = None  # leaves, and groups whose own value the juror states (STATED_AGGREGATES)
    aggregate: str = ""  # groups only: weighted_mean | mean | points_sum | ladder | overall_judgement
    may_be_not_applicable: bool = True
    children: tuple[Node, ...] = ()
    weight_total: Decimal = Decimal(100)  # groups with weighted_mean: what the children's weights must sum to
    deviation_limit: Decimal | None = None  # overall_judgement: further from the proposal needs a reason
    indicator: Indicator | None = None  # leaves of a model that key figures mark

    @property
    def is_leaf(self) -> bool:
        """True for a node without children."""
        return not self.children

    @property
    def takes_mark(self) -> bool:
        """True where a juror gives a mark: every leaf, and groups whose own value is stated."""
        return not self.children or self.aggregate in STATED_AGGREGATES


@dataclass(frozen=True)
class Rounding:
    """Where and to how many places values are rounded, half up.

    "final": once, last. "per_criterion": every line's value (criterion or group) before it is weighted.
    "per_product": every weight (as a share of the declared total) times value, or points, before adding.
    """

    at: str = "final"
    places: int = 2


@dataclass(frozen=True)
class ScoringModel:
    """A whole model, as read from a file or from the database; `root` is a group."""

    code: str
    version: int
    title: Bilingual
    note: Bilingual
    root: Node
    rounding: Rounding = Rounding()
    juror_combine: str = "mean"  # mean | median | trimmed | severity_adjusted | consensus_only
    trim: int = 0
    incomplete: str = "submitted_only"  # submitted_only | as_no_evidence
    tie_break: tuple[str, ...] = ()  # "criterion:<code>" | "median" | "preferred_share" | "chair" | "shared"
    combine_on: str = "total"  # total (each juror's total) | criterion (each criterion, then the tree)
    marked_by: str = "jurors"  # jurors | key_figures


@dataclass(frozen=True)
class Mark:
    """What a juror gave one leaf: a number or a blank with its reason (exactly one of the two)."""

    value: Decimal | None = None
    blank: Blank | None = None


@dataclass(frozen=True)
class Tally:
    """What marks add up to. `value` and `of_100` are rounded by the rule; None when nothing counts."""

    value: Decimal | None
    of_100: Decimal | None
    exact: Fraction | None
    nodes: dict[str, Decimal | None] = field(default_factory=dict)  # shown value by node code
    missing: tuple[str, ...] = ()  # leaf codes without a mark, in model order
    scored: int = 0  # leaves that have a mark of any kind
    proposed: dict[str, Decimal] = field(default_factory=dict)  # stated groups: what the parts propose
    deviates: tuple[str, ...] = ()  # overall judgements beyond the limit: need a reason
    outside: tuple[str, ...] = ()  # ladders whose stated value was held to the reached band

    @property
    def complete(self) -> bool:
        """True when every leaf has a mark."""
        return not self.missing


def walk(model: ScoringModel) -> Iterator[tuple[Node, Node | None]]:
    """Every node with its parent (None for the root), depth first, in the model's order."""
    stack: list[tuple[Node, Node | None]] = [(model.root, None)]
    while stack:
        node, parent = stack.pop()
        yield node, parent
        stack.extend((child, node) for child in reversed(node.children))


def leaves(model: ScoringModel) -> tuple[Node, ...]:
    """The nodes that carry marks and have nothing below them, in the model's order."""
    return tuple(node for node, _parent in walk(model) if not node.children)


def inputs(model: ScoringModel) -> tuple[Node, ...]:
    """Every node that takes a mark, in the order of a form: a stated group comes after its parts."""
    found: list[Node] = []

    def visit(node: Node) -> None:
        for child in node.children:
            visit(child)
        if node.takes_mark:
            found.append(node)

    visit(model.root)
    return tuple(found)


def find(model: ScoringModel, code: str) -> Node | None:
    """The node with this code, or None."""
    return next((node for node, _parent in walk(model) if node.code == code), None)
