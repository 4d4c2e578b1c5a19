"""Statistic 6: scores worth a talk. Nothing is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from criteria.statistics.severity import Adjusted
from criteria.statistics.table import ScoreTable

FAR = 3.0  # standardised residuals beyond this are odd
WIDE = 0.4  # a spread above this share of the scale


@dataclass(frozen=True)
class OddScore:
    """One score far from what the juror's severity and the entry's value lead to expect."""

    entry: str
    juror: str
    score: float
    expected: float
    z: float


@dataclass(frozen=True)
class WideSpread:
    """An entry on which the jurors differ by more than 40 % of the scale."""

    entry: str
    lowest: float
    highest: float
    share: float


def odd_scores(adjusted: Adjusted) -> tuple[OddScore, ...]:
    """Residuals y - q - b divided by s sqrt(1 - leverage), |z| > 3, farthest first.

    Leverage of reading (i, j): 1/r_i + d' K d with d = e_j - n_i / r_i and K = (L + lam I)^-1.
    """
    if adjusted.residual <= 0:
        return ()
    table = adjusted.table
    rows, columns = np.nonzero(table.seen)
    expected = adjusted.values[rows] + adjusted.severity[columns]
    mixed = adjusted.mixing @ adjusted.kernel  # entries x jurors
    own = np.asarray(adjusted.mixing.multiply(mixed).sum(axis=1)).ravel()
    leverage = (
        1 / adjusted.readings[rows] + np.diag(adjusted.kernel)[columns] - 2 * mixed[rows, columns] + own[rows]
    )
    free = np.clip(1 - leverage, 0, None)
    residual = table.y[rows, columns] - expected
    judged = free > 1e-9
    z = np.zeros(len(rows))
    z[judged] = residual[judged] / np.sqrt(adjusted.residual * free[judged])
    far = [index for index in np.argsort(-np.abs(z)) if abs(z[index]) > FAR]
    return tuple(
        OddScore(
            table.entries[rows[i]],
            table.jurors[columns[i]],
            float(table.y[rows[i], columns[i]]),
            float(expected[i]),
            float(z[i]),
        )
        for i in far
    )


def wide_spreads(table: ScoreTable, low: float, high: float) -> tuple[WideSpread, ...]:
    """Entries whose highest and lowest score lie more than 40 % of the scale apart, widest first."""
    if high <= low:
        return ()
    found = []
    for entry, row in zip(table.entries, table.y, strict=True):
        given = row[~np.isnan(row)]
        share = float(given.max() - given.min()) / (high - low) if len(given) else 0.0
        if share > WIDE:
            found.append(WideSpread(entry, float(given.min()), float(given.max()), share))
    return tuple(sorted(found, key=lambda spread: -spread.share))


def jurors_without_spread(table: ScoreTable) -> tuple[str, ...]:
    """Jurors who gave every one of at least two entries the same score."""
    found = []
    for juror, column in zip(table.jurors, table.y.T, strict=True):
        given = column[~np.isnan(column)]
        if len(given) > 1 and given.max() == given.min():
            found.append(juror)
    return tuple(found)
