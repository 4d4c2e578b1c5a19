"""Statistic 5: does one juror decide?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from criteria.statistics.table import ScoreTable

SAME = 9  # decimals within which two means count as equal


@dataclass(frozen=True)
class LeftOut:
    """What happens to the order when one juror is left out."""

    juror: str
    winner_changed: bool
    top_changed: bool
    largest_move: int  # places
    moved: str  # the entry that moves most
    winners: tuple[str, ...]
    unread: tuple[str, ...]  # entries that nobody else has read


def ranks_of(values: np.ndarray) -> np.ndarray:
    """Competition ranks 1, 1, 3 of `values`, highest first; NaN ranks last."""
    return rankdata(np.where(np.isnan(values), np.inf, -np.round(values, SAME)), method="min").astype(int)


def means(table: ScoreTable) -> np.ndarray:
    """Each entry's mean, NaN where nobody scored."""
    counts = table.seen.sum(axis=1)
    sums = np.where(table.seen, table.y, 0.0).sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def leave_one_out(table: ScoreTable, *, top_k: int = 3) -> tuple[LeftOut, ...]:
    """The order of raw means with each juror left out in turn, against the order with all."""
    if not table.readings or len(table.jurors) < 2:
        return ()
    full = ranks_of(means(table))
    top_k = min(top_k, max(1, len(table.entries) - 1))
    return tuple(_left_out(table, column, full, top_k) for column in range(len(table.jurors)))


def _left_out(table: ScoreTable, column: int, full: np.ndarray, top_k: int) -> LeftOut:
    kept = np.arange(len(table.jurors)) != column
    values = means(ScoreTable(table.entries, table.jurors, table.y[:, kept]))
    ranks = ranks_of(values)
    read = ~np.isnan(values)
    moves = np.where(read, np.abs(ranks - full), 0)
    moved = int(moves.argmax())
    names = np.array(table.entries, dtype=object)
    return LeftOut(
        juror=table.jurors[column],
        winner_changed=set(names[full == 1]) != set(names[(ranks == 1) & read]),
        top_changed=set(names[full <= top_k]) != set(names[(ranks <= top_k) & read]),
        largest_move=int(moves[moved]),
        moved=table.entries[moved] if moves[moved] else "",
        winners=tuple(names[(ranks == 1) & read]),
        unread=tuple(names[~read & ~np.isnan(means(table))]),
    )
