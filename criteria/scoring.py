"""The scoring model as plain data: a tree of nodes with scales, and the exact arithmetic over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


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


@dataclass(frozen=True)
class Node:
    """A group, a criterion (a leaf that takes a score) or an attribute (a leaf below a criterion-group)."""

    code: str
    kind: str  # "group" | "criterion" | "attribute"
    title: Bilingual
    guidance: Bilingual = Bilingual()
    weight: Decimal | None = None
    max_points: Decimal | None = None
    scale: Scale | None = None  # leaves only
    aggregate: str = ""  # groups only: weighted_mean | mean | points_sum | ladder | overall_judgement
    may_be_not_applicable: bool = True
    children: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Rounding:
    """Where and to how many places values are rounded, half up: "per_criterion", "per_product" or "final"."""

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


@dataclass(frozen=True)
class Mark:
    """What a juror gave one leaf: a number or a blank with its reason (exactly one of the two)."""

    value: Decimal | None = None
    blank: Blank | None = None


@dataclass(frozen=True)
class Tally:
    """What a set of marks adds up to. `value` and `of_100` are rounded by the model's rule; None when nothing counts."""

    value: Decimal | None
    of_100: Decimal | None
    exact: Fraction | None
    nodes: dict[str, Decimal | None] = field(default_factory=dict)  # per group and criterion code, shown value
    missing: tuple[str, ...] = ()  # leaf codes without a mark, in model order
    scored: int = 0

    @property
    def complete(self) -> bool:
        """True when every leaf has a mark."""
        return not self.missing
