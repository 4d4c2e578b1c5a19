"""Every juror's total for each nomination as dots on a line, with mean and uncertainty: geometry only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NEAR = 9  # dots closer than this are stacked
RADIUS = 4.5
ODD_ROOM = 70


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of a drawing: where the scale lies, and where a line's name stands beside its middle."""

    left: int
    right: int
    width: int
    top: int
    step: int
    name: int
    figures: int  # where the scale's figures stand


WIDE = Frame(left=170, right=850, width=870, top=52, step=46, name=4, figures=14)
SLIM = Frame(left=10, right=324, width=336, top=88, step=68, name=-30, figures=34)  # names above their lines


@dataclass(frozen=True, slots=True)
class Dot:
    """One juror's total. `name` is written beside an odd one."""

    x: float
    y: float
    name: str
    odd: bool = False
    right: int = WIDE.right

    @property
    def beside(self) -> float:
        """Where the name begins: to the right, or to the left near the edge."""
        return self.x + 12 if self.x < self.right - ODD_ROOM else self.x - 12

    @property
    def anchor(self) -> str:
        """How the name hangs there."""
        return "start" if self.x < self.right - ODD_ROOM else "end"

    @property
    def turned(self) -> str:
        """A square on its corner."""
        return f"rotate(45 {self.x} {self.y})"


@dataclass(frozen=True, slots=True)
class Line:
    """One nomination. `band` is (x, width) of the adjusted value's 90 % interval."""

    label: str
    y: float
    dots: tuple[Dot, ...]
    mean: float | None
    band: tuple[float, float] | None
    label_y: float = 0.0

    @property
    def rings(self) -> str:
        """All its usual dots as one path, each drawn as two half circles: a field's dots are thousands."""
        size = f"{RADIUS} {RADIUS} 0 1 0"
        each = f"a{size} {2 * RADIUS} 0a{size} {-2 * RADIUS} 0z"
        return "".join(f"M{dot.x - RADIUS:.1f} {dot.y:g}{each}" for dot in self.dots if not dot.odd)

    @property
    def odd(self) -> tuple[Dot, ...]:
        """Those that stand out."""
        return tuple(dot for dot in self.dots if dot.odd)

    @property
    def baseline(self) -> float:
        """Where the words beside its dots stand."""
        return self.y + 4

    @property
    def above(self) -> float:
        """The top of its band and mean."""
        return self.y - 11

    @property
    def below(self) -> float:
        """The foot of its mean."""
        return self.y + 11


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the scale."""

    x: float
    value: int


@dataclass(frozen=True, slots=True)
class DotPlot:
    """The whole drawing."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    height: int
    left: int = WIDE.left
    right: int = WIDE.right
    width: int = WIDE.width
    figures: int = WIDE.figures

    @property
    def head(self) -> int:
        """Where the scale's lines begin."""
        return self.figures + 10

    @property
    def foot(self) -> int:
        """Where the scale's lines end."""
        return self.height - 10


@dataclass(frozen=True, slots=True)
class Row:
    """What is to be drawn of one nomination, on 0-100. `given` is (juror, total, odd)."""

    label: str
    given: Sequence[tuple[str, float, bool]]
    mean: float | None = None
    interval: tuple[float, float] | None = None


def dot_plot(rows: Sequence[Row], frame: Frame = WIDE) -> DotPlot:
    """The drawing of these rows, the scale as narrow as the dots allow."""
    low, high, step = _scale(rows)

    def at(value: float) -> float:
        return round(frame.left + (frame.right - frame.left) * (value - low) / (high - low), 1)

    lines = tuple(_line(row, frame, frame.top + frame.step * number, at) for number, row in enumerate(rows))
    ticks = tuple(Tick(at(value), value) for value in range(low, high + 1, step))
    height = frame.top + frame.step * (len(rows) - 1) + 34
    return DotPlot(lines, ticks, height, frame.left, frame.right, frame.width, frame.figures)


def _line(row: Row, frame: Frame, y: float, at) -> Line:
    band = None
    if row.interval is not None:
        left, right = max(at(row.interval[0]), frame.left), min(at(row.interval[1]), frame.right)
        band = (left, round(max(right - left, 1), 1))
    mean = None if row.mean is None else at(row.mean)
    return Line(row.label, y, tuple(_dots(row.given, frame, y, at)), mean, band, y + frame.name)


def _dots(given: Iterable[tuple[str, float, bool]], frame: Frame, y: float, at) -> Iterable[Dot]:
    """Dots from left to right; one that would cover its neighbour is lifted."""
    last, lift = -math.inf, 0
    for name, value, odd in sorted(given, key=lambda one: one[1]):
        x = at(value)
        lift = lift + 1 if x - last < NEAR else 0
        last = x if not lift else last
        yield Dot(x, y - 9 * (lift % 3), name, odd, frame.right)


def _scale(rows: Sequence[Row]) -> tuple[int, int, int]:
    values = [value for row in rows for _name, value, _odd in row.given]
    low = max(0, math.floor((min(values, default=0) - 2) / 10) * 10)
    high = min(100, math.ceil((max(values, default=100) + 2) / 10) * 10)
    if high - low < 20:
        low, high = max(0, low - 10), min(100, high + 10)
    return low, high, 20 if high - low > 60 else 10
