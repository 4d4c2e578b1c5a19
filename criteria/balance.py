"""Which juror reads what when all cannot read all: balanced, conflict-free, connected."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

Pair = tuple[str, str]  # (entry, juror)


@dataclass(frozen=True)
class Task:
    """What is to be assigned. Entries and jurors are keys; pairs are (entry, juror).

    `conflicts` may never be read, `fixed` are started and stay, `anchors` are read by every juror who
    may, `caps` hold a juror to at most so many entries.
    """

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    per_entry: int
    conflicts: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()
    anchors: frozenset[str] = frozenset()
    caps: Mapping[str, int] | None = None
    seed: int = 2027


@dataclass(frozen=True)
class Plan:
    """What the programme found. `problems` are sentences; with any, `pairs` holds the fixed ones only."""

    pairs: frozenset[Pair]
    problems: tuple[str, ...] = ()
    swaps: tuple[tuple[Pair, Pair], ...] = ()
    islands: int = 1
    lowest: int = 0
    highest: int = 0


def everybody(task: Task) -> Plan:
    """All read all except where a conflict forbids it."""
    pairs = frozenset(
        (entry, juror)
        for entry in task.entries
        for juror in task.jurors
        if (entry, juror) not in task.conflicts
    )
    return _described(task, pairs | task.fixed, ())


def advice(entries: int, jurors: int) -> int | None:
    """None: all read all (30 entries and 10 jurors or fewer); else 5 readings each, at least 3."""
    if entries <= 30 and jurors <= 10:
        return None
    return max(3, min(5, jurors))


def assign(task: Task) -> Plan:
    """Solve the linear programme, then join islands by swaps. Infeasible is told in `problems`.

    Maximise sum p_ij x_ij with sum_j x_ij = k for each entry and lo_j <= sum_i x_ij <= hi_j for each juror:
    lo and hi are the even share rounded down and up, or a personal cap. p_ij is drawn by the seed, so that
    ties fall the same way every time. The matrix is totally unimodular, so the optimum is integral (HiGHS).
    """
    problems = _obstacles(task)
    if problems:
        return Plan(task.fixed, problems)
    pairs = _solve(task)
    if pairs is None:
        return Plan(task.fixed, (_("The conflicts and caps leave no way to give every entry its readings."),))
    pairs, swaps = _joined(task, pairs)
    return _described(task, pairs, swaps)


def needs(task: Task) -> dict[str, int]:
    """Readings per entry: k, everybody allowed for an anchor, never fewer than are started."""
    started: dict[str, int] = dict.fromkeys(task.entries, 0)
    for entry, _juror in task.fixed:
        started[entry] += 1
    allowed = _allowed(task)
    return {
        entry: max(started[entry], allowed[entry] if entry in task.anchors else task.per_entry)
        for entry in task.entries
    }


def _allowed(task: Task) -> dict[str, int]:
    allowed = dict.fromkeys(task.entries, len(task.jurors))
    for entry, juror in task.conflicts:
        if entry in allowed and juror in task.jurors and (entry, juror) not in task.fixed:
            allowed[entry] -= 1
    return allowed


def _obstacles(task: Task) -> tuple[str, ...]:
    if not task.entries or not task.jurors:
        return (_("There are no entries or no jurors to assign."),)
    need, allowed = needs(task), _allowed(task)
    short = [entry for entry in task.entries if allowed[entry] < need[entry]]
    found = []
    if short:
        found.append(
            _("Fewer than %(k)s jurors may read: %(entries)s.")
            % {"k": task.per_entry, "entries": ", ".join(short)}
        )
    capacity = sum(
        min((task.caps or {}).get(juror, len(task.entries)), len(task.entries)) for juror in task.jurors
    )
    missing = sum(need.values()) - capacity
    if missing > 0:
        found.append(_("The jurors' caps leave room for %(n)s readings too few.") % {"n": missing})
    return tuple(found)


def _bounds(task: Task, *, even: bool) -> tuple[list[int], list[int]]:
    """Lowest and highest load of each juror; without `even` only the caps bind."""
    need = needs(task)
    everyone = sum(need[entry] for entry in task.anchors)
    share = (sum(need.values()) - everyone) / len(task.jurors)
    anchored = len(task.anchors)
    started = dict.fromkeys(task.jurors, 0)
    for _entry, juror in task.fixed:
        started[juror] += 1
    low, high = [], []
    for juror in task.jurors:
        cap = max((task.caps or {}).get(juror, len(task.entries)), started[juror])
        high.append(min(cap, max(math.ceil(share) + anchored, started[juror])) if even else cap)
        low.append(min(math.floor(share), high[-1]) if even else 0)
    return low, high


def _solve(task: Task) -> frozenset[Pair] | None:
    """Even loads when they can be had, otherwise whatever the caps allow."""
    for even in (True, False):
        found = _programme(task, *_bounds(task, even=even))
        if found is not None:
            return found
    return None


def _programme(task: Task, low: list[int], high: list[int]) -> frozenset[Pair] | None:
    import numpy as np  # noqa: PLC0415 - heavy, and only assignment wants it
    from scipy.optimize import linprog  # noqa: PLC0415 - heavy
    from scipy.sparse import csr_matrix, vstack  # noqa: PLC0415 - heavy

    rows, columns = len(task.entries), len(task.jurors)
    free = np.ones((rows, columns), dtype=bool)
    row_of = {entry: number for number, entry in enumerate(task.entries)}
    column_of = {juror: number for number, juror in enumerate(task.jurors)}
    for entry, juror in task.conflicts:
        if entry in row_of and juror in column_of:
            free[row_of[entry], column_of[juror]] = False
    started = [(row_of[entry], column_of[juror]) for entry, juror in task.fixed]
    for row, column in started:
        free[row, column] = True
    i, j = np.nonzero(free)
    least = np.zeros(len(i))
    if started:
        index = np.full((rows, columns), -1)
        index[i, j] = np.arange(len(i))
        least[[index[pair] for pair in started]] = 1
    worth = np.random.default_rng(task.seed).random(len(i))
    ones, place = np.ones(len(i)), np.arange(len(i))
    by_entry = csr_matrix((ones, (i, place)), shape=(rows, len(i)))
    by_juror = csr_matrix((ones, (j, place)), shape=(columns, len(i)))
    need = needs(task)
    result = linprog(
        -worth,
        A_ub=vstack([by_juror, -by_juror], format="csr"),
        b_ub=np.concatenate([high, [-value for value in low]]),
        A_eq=by_entry,
        b_eq=[need[entry] for entry in task.entries],
        bounds=np.column_stack([least, np.ones(len(i))]),
        method="highs",
    )
    if not result.success:
        return None
    chosen = np.flatnonzero(result.x > 0.5)
    return frozenset((task.entries[i[c]], task.jurors[j[c]]) for c in chosen)


def islands(
    pairs: Iterable[Pair], entries: Iterable[str], jurors: Iterable[str]
) -> dict[tuple[str, str], int]:
    """Number of the island each ("entry", key) and ("juror", key) belongs to, by union and find."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}
    for key in entries:
        parent["entry", key] = ("entry", key)
    for key in jurors:
        parent["juror", key] = ("juror", key)

    def root(node: tuple[str, str]) -> tuple[str, str]:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for entry, juror in pairs:
        parent[root(("entry", entry))] = root(("juror", juror))
    number: dict[tuple[str, str], int] = {}
    return {node: number.setdefault(root(node), len(number)) for node in parent}


def _count(task: Task, pairs: Iterable[Pair]) -> int:
    """Islands that hold readings; a juror without any is idle, not an island."""
    pairs = list(pairs)
    found = islands(pairs, task.entries, task.jurors)
    return len({found["juror", juror] for _entry, juror in pairs})


def _joined(task: Task, pairs: frozenset[Pair]) -> tuple[frozenset[Pair], tuple[tuple[Pair, Pair], ...]]:
    """Swap two jurors across islands until one is left or no swap helps."""
    swaps: list[tuple[Pair, Pair]] = []
    count = _count(task, pairs)
    while count > 1:
        step = _joining_swap(task, pairs, count)
        if step is None:
            break
        (one, other), pairs, count = step
        swaps.append((one, other))
    return pairs, tuple(swaps)


def _joining_swap(task: Task, pairs: frozenset[Pair], count: int):
    """The first swap, in key order, that leaves fewer islands; started readings never move."""
    found = islands(pairs, task.entries, task.jurors)
    movable = sorted(pairs - task.fixed)
    for one in movable:
        for other in movable:
            crossed = {(one[0], other[1]), (other[0], one[1])}
            if (
                found["juror", one[1]] >= found["juror", other[1]]
                or crossed & pairs
                or crossed & task.conflicts
            ):
                continue
            after = (pairs - {one, other}) | crossed
            left = _count(task, after)
            if left < count:
                return (one, other), frozenset(after), left
    return None


def _described(task: Task, pairs: frozenset[Pair], swaps: tuple[tuple[Pair, Pair], ...]) -> Plan:
    load = dict.fromkeys(task.jurors, 0)
    for _entry, juror in pairs:
        load[juror] += 1
    return Plan(
        pairs, (), swaps, _count(task, pairs), min(load.values(), default=0), max(load.values(), default=0)
    )
