"""Islands of entries and jurors that no reading joins, and the cheapest swaps that join them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Pair = tuple[str, str]  # (entry, juror)
Swap = tuple[Pair, Pair]
Node = tuple[str, str]  # ("entry" or "juror", key)


def islands(pairs: Iterable[Pair], entries: Iterable[str], jurors: Iterable[str]) -> dict[Node, int]:
    """Number of the island each ("entry", key) and ("juror", key) belongs to, by union and find."""
    parent: dict[Node, Node] = {}
    for key in entries:
        parent["entry", key] = ("entry", key)
    for key in jurors:
        parent["juror", key] = ("juror", key)

    def root(node: Node) -> Node:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for entry, juror in pairs:
        parent[root(("entry", entry))] = root(("juror", juror))
    number: dict[Node, int] = {}
    return {node: number.setdefault(root(node), len(number)) for node in parent}


def count_islands(pairs: Iterable[Pair], entries: Iterable[str], jurors: Iterable[str]) -> int:
    """Islands that hold readings; a juror without any is idle, not an island."""
    pairs = list(pairs)
    found = islands(pairs, entries, jurors)
    return len({found["juror", juror] for _entry, juror in pairs})


def bridges(pairs: Iterable[Pair]) -> frozenset[Pair]:
    """The readings whose loss would split their island: Tarjan's low-link, without recursion."""
    near: dict[Node, list[Node]] = {}
    for entry, juror in sorted(pairs):
        near.setdefault(("entry", entry), []).append(("juror", juror))
        near.setdefault(("juror", juror), []).append(("entry", entry))
    order: dict[Node, int] = {}
    low: dict[Node, int] = {}
    found: set[Pair] = set()
    for start, first in near.items():
        if start in order:
            continue
        order[start] = low[start] = len(order)
        stack = [(start, start, iter(first))]
        while stack:
            here, parent, ways = stack[-1]
            step = next((way for way in ways if way != parent), None)
            if step is None:
                stack.pop()
                if here != parent:
                    low[parent] = min(low[parent], low[here])
                    if low[here] > order[parent]:
                        entry, juror = (here, parent) if here[0] == "entry" else (parent, here)
                        found.add((entry[1], juror[1]))
            elif step in order:
                low[here] = min(low[here], order[step])
            else:
                order[step] = low[step] = len(order)
                stack.append((step, here, iter(near[step])))
    return frozenset(found)


def joined(
    pairs: frozenset[Pair],
    entries: Sequence[str],
    jurors: Sequence[str],
    *,
    worth: np.ndarray,
    still: frozenset[Pair],
) -> tuple[frozenset[Pair], tuple[Swap, ...]]:
    """Swap two jurors across islands, cheapest first, until one island is left or no swap helps.

    `worth` is what a reading is worth, entries x jurors, minus infinity where it may not be; readings that
    are to be `still` never move.
    """
    swaps: list[Swap] = []
    while count_islands(pairs, entries, jurors) > 1:
        swap = _cheapest(pairs, entries, jurors, worth, still)
        if swap is None:
            break
        one, other = swap
        pairs = (pairs - {one, other}) | {(one[0], other[1]), (other[0], one[1])}
        swaps.append(swap)
    return pairs, tuple(swaps)


def _cheapest(
    pairs: frozenset[Pair],
    entries: Sequence[str],
    jurors: Sequence[str],
    worth: np.ndarray,
    still: frozenset[Pair],
) -> Swap | None:
    """The swap across islands that loses least worth, the first in key order among equals.

    Two readings of different islands that change jurors join the islands unless both are bridges: then
    there are as many islands as before.
    """
    import numpy as np  # noqa: PLC0415 - heavy, and only assignment wants it

    movable = sorted(pairs - still)
    row_of = {entry: number for number, entry in enumerate(entries)}
    column_of = {juror: number for number, juror in enumerate(jurors)}
    row = np.array([row_of[entry] for entry, _juror in movable], dtype=int)
    column = np.array([column_of[juror] for _entry, juror in movable], dtype=int)
    number, held = islands(pairs, entries, jurors), bridges(pairs)
    island = np.array([number["entry", entry] for entry, _juror in movable], dtype=int)
    bridge = np.array([pair in held for pair in movable], dtype=bool)
    own, by_juror = worth[row, column], np.ascontiguousarray(worth.T)
    best, found = np.inf, None
    for label, is_bridge in sorted(set(zip(island.tolist(), bridge.tolist(), strict=True))):
        others = np.flatnonzero((island > label) & ~(bridge & is_bridge))
        if not others.size:
            continue
        rows, columns, theirs = row[others], column[others], own[others]
        for at in np.flatnonzero((island == label) & (bridge == is_bridge)):
            cost = theirs - worth[row[at]].take(columns) - by_juror[column[at]].take(rows)
            least = int(cost.argmin())
            if own[at] + cost[least] < best:
                best, found = own[at] + cost[least], (movable[at], movable[others[least]])
    return found
