"""Statistic 2: how strict or generous each juror is, and what the entries' values are beside that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.stats import chi2

from criteria.statistics.table import ScoreTable

DENSE = 20_000  # cells up to which plain arrays are faster than sparse ones
NOTHING = 1e-12  # a sum of squares below this share of the whole counts as none


@dataclass(frozen=True)
class Variance:
    """Variance components (squared units of the scores) by REML, and the estimated mean."""

    entry: float
    juror: float
    residual: float
    mean: float
    p_juror: float  # likelihood ratio against no juror variance, half chi-square with one degree of freedom


class Sums:
    """The sufficient sums of a table without empty rows or columns: all below is computed from these."""

    def __init__(self, table: ScoreTable) -> None:
        filled = np.where(table.seen, table.y, 0.0)
        self.table = table
        seen = table.seen.astype(float)
        self.n = csr_matrix(seen) if seen.size > DENSE else seen
        self.r = seen.sum(axis=1)
        self.c = seen.sum(axis=0)
        self.count = int(self.r.sum())
        self.centre = float(filled.sum() / self.count)
        shifted = np.where(
            table.seen, table.y - self.centre, 0.0
        )  # near zero, so that squares lose no digits
        self.row_sum = shifted.sum(axis=1)
        self.column_sum = shifted.sum(axis=0)
        self.total = float(shifted.sum())
        self.squares = float((shifted**2).sum())

    @cached_property
    def row_mean(self) -> np.ndarray:
        """Mean of each entry, in the scores' own units."""
        return self.row_sum / self.r + self.centre

    @cached_property
    def laplacian(self) -> np.ndarray:
        """L = diag(c) - N' diag(1/r) N, jurors x jurors."""
        return np.diag(self.c) - self.gram(1 / self.r)

    @cached_property
    def rhs(self) -> np.ndarray:
        """rhs_j = sum over i of n_ij (y_ij - mean_i)."""
        return self.column_sum - self.n.T @ (self.row_sum / self.r)

    def gram(self, weight: np.ndarray) -> np.ndarray:
        """N' diag(weight) N, jurors x jurors."""
        if isinstance(self.n, np.ndarray):
            return self.n.T @ (weight[:, None] * self.n)
        return (self.n.T @ self.n.multiply(weight[:, None])).toarray()

    def smallest_squares(self) -> float:
        """Residual sum of squares of the additive model with both effects fixed."""
        effects = np.linalg.lstsq(self.laplacian, self.rhs, rcond=None)[0]
        between = float((self.row_sum**2 / self.r).sum())
        return max(0.0, self.squares - between - float(effects @ self.rhs))


def _criterion(sums: Sums, entry_ratio: float, juror_ratio: float) -> tuple[float, float, float]:
    """REML's -2 log likelihood (up to a constant), residual variance and mean, given both variance ratios.

    Henderson's mixed model equations with effects scaled by the root of their variance ratio, so that a ratio
    of 0 is an ordinary point; entries go first, one equation for the mean and one per juror are left.
    """
    scale_i, scale_j = np.sqrt(entry_ratio), np.sqrt(juror_ratio)
    d = 1 + entry_ratio * sums.r
    jurors = len(sums.c)
    a = np.empty((jurors + 1, jurors + 1))
    weight = scale_i / d * scale_i
    a[0, 0] = sums.count - (sums.r**2 * weight).sum()
    a[0, 1:] = a[1:, 0] = scale_j * (sums.c - sums.n.T @ (sums.r * weight))
    inner = np.diag(sums.c) - sums.gram(weight)
    a[1:, 1:] = juror_ratio * inner + np.eye(jurors)
    b = np.empty(jurors + 1)
    b[0] = sums.total - (sums.r * weight * sums.row_sum).sum()
    b[1:] = scale_j * (sums.column_sum - sums.n.T @ (weight * sums.row_sum))
    solution = np.linalg.solve(a, b)
    left = sums.squares - float((weight * sums.row_sum**2).sum()) - float(solution @ b)
    freedom = sums.count - 1
    left = max(left, NOTHING * max(sums.squares, 1e-300))
    value = freedom * np.log(left) + np.log(d).sum() + np.linalg.slogdet(a)[1]
    return float(value), left / freedom, float(solution[0]) + sums.centre


def _best(sums: Sums, *, with_jurors: bool) -> tuple[float, float, float]:
    """The lowest criterion and its two ratios; several starts, since the surface may have two valleys."""

    def target(roots: np.ndarray) -> float:
        return _criterion(sums, roots[0] ** 2, roots[1] ** 2 if with_jurors else 0.0)[0]

    found = []
    for start in ((1.0, 1.0), (2.0, 0.2)):
        bounds = [(0.0, 1e4), (0.0, 1e4 if with_jurors else 0.0)]
        begin = np.array(start) if with_jurors else np.array([start[0], 0.0])
        result = minimize(
            target, begin, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-9}
        )
        fine = minimize(
            target,
            result.x,
            method="Nelder-Mead",
            bounds=bounds,
            options={"xatol": 1e-9, "fatol": 1e-11, "maxiter": 400},
        )
        found.append((float(fine.fun), fine.x[0] ** 2, fine.x[1] ** 2 if with_jurors else 0.0))
        if sums.count > 2000:
            break
    return min(found)


def variance(table: ScoreTable) -> Variance:
    """Variance components of y = mean + entry + juror + residual, all random, by REML.

    Patterson & Thompson (1971). A table that the additive model fits without any residual gets
    residual 0 and the plain variances of its effects.
    """
    sums = Sums(table.scored_only())
    if sums.smallest_squares() <= NOTHING * max(sums.squares, 1e-300):
        return _noiseless(sums)
    with_jurors = _best(sums, with_jurors=True)
    without = _best(sums, with_jurors=False)
    best = min(with_jurors, without)
    residual, mean = _criterion(sums, best[1], best[2])[1:]
    p = 0.5 * float(chi2.sf(max(0.0, without[0] - best[0]), 1))
    return Variance(best[1] * residual, best[2] * residual, residual, mean, p)


def _noiseless(sums: Sums) -> Variance:
    severity = np.linalg.lstsq(sums.laplacian, sums.rhs, rcond=None)[0]
    quality = sums.row_mean - (sums.n @ severity) / sums.r
    spread = [float(np.var(effect, ddof=1)) if len(effect) > 1 else 0.0 for effect in (quality, severity)]
    spread = [0.0 if value <= NOTHING * max(sums.squares, 1e-300) else value for value in spread]
    return Variance(spread[0], spread[1], 0.0, float(quality.mean()), 0.0 if spread[1] else 1.0)


@dataclass(frozen=True)
class Adjusted:
    """Entries fixed, jurors shrunk. `mixing` is H = diag(1/r) N (sparse).

    `kernel` is (L + lam I)^-1 without its part along (1, ..., 1), which moves all entries alike and
    only costs digits; the variance of that part is `common` = juror variance / jurors.
    """

    table: ScoreTable
    raw: np.ndarray
    severity: np.ndarray
    values: np.ndarray
    residual: float
    common: float
    readings: np.ndarray
    kernel: np.ndarray
    mixing: csr_matrix

    def covariance(self) -> np.ndarray:
        """Cov(q) = s2 (diag(1/r) + H (L + lam I)^-1 H'), entries x entries."""
        own = self.residual * (np.diag(1 / self.readings) + self.mixing @ (self.mixing @ self.kernel).T)
        return own + self.common


def adjust(table: ScoreTable, parts: Variance) -> Adjusted:
    """Severity b of each juror and value q of each entry, by (L + lam I) b = rhs, lam = s2 / juror variance.

    Positive severity means generous. No juror variance gives the raw means, no residual least squares. The
    table must be connected and hold no empty row or column.
    """
    sums = Sums(table)
    mixing = csr_matrix(sums.n).multiply(1 / sums.r[:, None]).tocsr()
    kernel = _kernel(sums.laplacian, parts)
    severity = kernel @ sums.rhs
    values = sums.row_mean - mixing @ severity
    common = parts.juror / len(sums.c)
    return Adjusted(table, sums.row_mean, severity, values, parts.residual, common, sums.r, kernel, mixing)


def _kernel(laplacian: np.ndarray, parts: Variance) -> np.ndarray:
    if parts.juror <= 0:
        return np.zeros_like(laplacian)
    values, vectors = np.linalg.eigh(laplacian)
    inside = values > 1e-9 * max(values.max(), 1e-300)
    vectors = vectors[:, inside]
    return (vectors / (values[inside] + parts.residual / parts.juror)) @ vectors.T
