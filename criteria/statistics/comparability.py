"""Statistic 1: may all entries be compared, or is the jury split into islands?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import bmat, csr_matrix
from scipy.sparse.csgraph import connected_components

from criteria.statistics.table import ScoreTable


@dataclass(frozen=True)
class Island:
    """Entries and jurors that are connected by readings, and by none to the rest."""

    entries: tuple[str, ...]
    jurors: tuple[str, ...]


@dataclass(frozen=True)
class Comparability:
    """`joins`: the fewest extra readings (entry, juror) that make one island. `bridges` hold all."""

    islands: tuple[Island, ...]
    joins: tuple[tuple[str, str], ...]
    bridges: tuple[tuple[str, str], ...]

    @property
    def connected(self) -> bool:
        """Whether one common order may be spoken of."""
        return len(self.islands) <= 1


def comparability(table: ScoreTable) -> Comparability:
    """Connected components of the bipartite graph of readings; those without readings are left out.

    Islands come largest first. With n islands n - 1 extra readings join them: a juror of the first reads one
    entry of each other. A bridge is a single reading whose loss would leave jurors on both sides.
    """
    table = table.scored_only()
    if not table.readings:
        return Comparability((), (), ())
    labels = _labels(table)
    rows, columns = labels[: len(table.entries)], labels[len(table.entries) :]
    islands = [
        Island(
            tuple(table.entries[i] for i in np.flatnonzero(rows == label)),
            tuple(table.jurors[j] for j in np.flatnonzero(columns == label)),
        )
        for label in range(int(labels.max()) + 1)
    ]
    islands.sort(key=lambda island: (-len(island.entries), -len(island.jurors)))
    joins = tuple((island.entries[0], islands[0].jurors[0]) for island in islands[1:])
    return Comparability(tuple(islands), joins, _bridges(table))


def _labels(table: ScoreTable) -> np.ndarray:
    seen = csr_matrix(table.seen.astype(np.int8))
    return connected_components(bmat([[None, seen], [seen.T, None]], format="csr"), directed=False)[1]


def _bridges(table: ScoreTable) -> tuple[tuple[str, str], ...]:
    """Tarjan's low-link on the bipartite graph, iterative; counts the jurors beyond each bridge."""
    size = len(table.entries)
    near = [list(np.flatnonzero(row) + size) for row in table.seen] + [
        list(np.flatnonzero(c)) for c in table.seen.T
    ]
    jurors_total = len(table.jurors)
    order = [-1] * len(near)
    low = [0] * len(near)
    below = [0] * len(near)
    found: list[tuple[str, str]] = []
    clock = 0
    for root in range(len(near)):
        if order[root] >= 0:
            continue
        stack = [(root, -1, iter(near[root]))]
        order[root] = low[root] = clock
        below[root] = int(root >= size)
        clock += 1
        while stack:
            here, parent, ways = stack[-1]
            step = next((way for way in ways if way != parent), None)
            if step is None:
                stack.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[here])
                    below[parent] += below[here]
                    if low[here] > order[parent] and 0 < below[here] < jurors_total:
                        entry, juror = min(here, parent), max(here, parent) - size
                        found.append((table.entries[entry], table.jurors[juror]))
            elif order[step] < 0:
                order[step] = low[step] = clock
                below[step] = int(step >= size)
                clock += 1
                stack.append((step, here, iter(near[step])))
            else:
                low[here] = min(low[here], order[step])
    return tuple(found)
