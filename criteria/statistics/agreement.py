"""Statistic 3: do the jurors agree, and how many would it take?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import krippendorff
import numpy as np

from criteria.statistics.severity import Variance
from criteria.statistics.table import ScoreTable

METRICS = ("nominal", "ordinal", "interval", "ratio")
MOST_VALUES = 1200  # the library's coincidence matrix is values x values


@dataclass(frozen=True)
class Icc:
    """Intraclass correlations by Shrout & Fleiss (1979)."""

    single: float  # ICC(2,1)
    mean: float  # ICC(2,k)
    consistency: float  # ICC(3,1)


def can_agree(table: ScoreTable) -> bool:
    """Whether there are two jurors and two entries, without which agreement has no meaning."""
    return min(table.y.shape) >= 2


def icc(table: ScoreTable) -> Icc | None:
    """ICC(2,1), ICC(2,k), ICC(3,1) of a complete table of at least 2 x 2; None otherwise.

    Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
    """
    n, k = table.y.shape
    if not table.complete or n < 2 or k < 2:
        return None
    y = table.y - table.y.mean()
    rows, columns = y.mean(axis=1), y.mean(axis=0)
    between = k * float((rows**2).sum()) / (n - 1)
    judges = n * float((columns**2).sum()) / (k - 1)
    error = float(((y - rows[:, None] - columns[None, :]) ** 2).sum()) / ((n - 1) * (k - 1))
    single = between + (k - 1) * error + k * (judges - error) / n
    mean = between + (judges - error) / n
    consistency = between + (k - 1) * error
    smallest = 1e-12 * float((y**2).sum())
    if min(single, mean, consistency) <= smallest:
        return None
    return Icc((between - error) / single, (between - error) / mean, (between - error) / consistency)


@dataclass(frozen=True)
class Reliability:
    """`single` R1 of one juror, `mean` Rk of the k readings that an entry has on average (harmonic mean)."""

    single: float
    mean: float
    readings: float


def reliability(table: ScoreTable, parts: Variance) -> Reliability | None:
    """R1 = ve / (ve + vj + s2) and Rk = k R1 / (1 + (k - 1) R1); None where nothing varies.

    Below two entries or two jurors there is nothing to agree on: None.
    """
    if not can_agree(table):
        return None
    whole = parts.entry + parts.juror + parts.residual
    if whole <= 0:
        return None
    counts = table.seen.sum(axis=1)
    k = float(len(counts) / (1 / counts).sum())
    single = parts.entry / whole
    return Reliability(single, k * single / (1 + (k - 1) * single), k)


def jurors_needed(single: float, target: float = 0.8) -> int | None:
    """ceil(T (1 - R1) / (R1 (1 - T))): readings of each entry that reach `target`; None at R1 0."""
    if single <= 0:
        return None
    if single >= 1:
        return 1
    return max(1, math.ceil(target * (1 - single) / (single * (1 - target)) - 1e-9))


def alpha(table: ScoreTable) -> dict[str, float | None]:
    """Krippendorff's alpha per metric; None where one value was given everywhere: that is no information.

    None too below two entries or two jurors.

    Krippendorff, K. (2019). Content Analysis, 4th ed., chapter 12. Large tables: interval only,
    by its closed form.
    """
    if not can_agree(table):
        return dict.fromkeys(METRICS)
    paired = table.y[table.seen.sum(axis=1) >= 2] if table.y.size else table.y
    values = np.unique(paired[~np.isnan(paired)]) if paired.size else np.array([])
    if len(values) < 2:
        return dict.fromkeys(METRICS)
    if len(values) > MOST_VALUES:
        return {**dict.fromkeys(METRICS), "interval": interval_alpha(paired)}
    return {metric: _alpha(paired, metric) for metric in METRICS}


def _alpha(y: np.ndarray, metric: str) -> float | None:
    if metric == "ratio" and np.nanmin(y) < 0:
        return None
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = float(krippendorff.alpha(reliability_data=y.T, level_of_measurement=metric))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def interval_alpha(y: np.ndarray) -> float:
    """Interval alpha in closed form: one minus the pairs' variance within units over that of all pairs.

    `y` is units x coders with NaN for gaps, every unit with at least two values.
    """
    counts = (~np.isnan(y)).sum(axis=1)
    within = (np.nanvar(y, axis=1) * counts**2 / (counts - 1)).sum()
    everything = y[~np.isnan(y)]
    total = everything.size
    return float(1 - (total - 1) * within / (total**2 * everything.var()))
