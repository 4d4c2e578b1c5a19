"""Which juror reads what when all cannot read all: balanced, conflict-free, connected."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.joining import Pair, count_islands, joined

if TYPE_CHECKING:
    import numpy as np

SLACK = (0, 1, 2, 4)  # how much further from the even share loads may lie, tried in turn


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
    lo and hi are the mean load rounded down and up, or as near it as caps and started readings let this juror
    come; where conflicts forbid that, a little wider. p_ij is drawn by the seed, so that ties fall the same
    way every time. The matrix is totally unimodular, so the optimum is integral (HiGHS).
    """
    problems = _obstacles(task)
    if problems:
        return Plan(task.fixed, problems)
    pairs = _solve(task)
    if pairs is None:
        return Plan(task.fixed, (_("The conflicts and caps leave no way to give every entry its readings."),))
    pairs, swaps = joined(pairs, task.entries, task.jurors, worth=_worth(task), still=task.fixed)
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


def _ranges(task: Task) -> tuple[list[int], list[int]]:
    """What each juror reads whatever is chosen (started entries and anchors), and the most they may read."""
    never = task.conflicts - task.fixed
    least, most = [], []
    for juror in task.jurors:
        may = {entry for entry in task.entries if (entry, juror) not in never}
        started = {entry for entry in may if (entry, juror) in task.fixed}
        cap = max((task.caps or {}).get(juror, len(task.entries)), len(started))
        least.append(len(started | (task.anchors & may)))
        most.append(min(cap, len(may)))
    return least, most


def _bounds(task: Task, slack: int) -> tuple[list[int], list[int]]:
    """Lowest and highest load of each juror: the mean load as far as each juror can come to it."""
    least, most = _ranges(task)

    def near(load: int) -> list[int]:
        return [max(low, min(high, load)) for low, high in zip(least, most, strict=True)]

    total = sum(needs(task).values())
    level = bisect_right(range(len(task.entries) + 1), total, key=lambda load: sum(near(load))) - 1
    above = level if sum(near(level)) == total else level + 1
    low = near(level - slack)
    high = [min(bound, most[at]) for at, bound in enumerate(near(above + slack))]
    return low, high


def _solve(task: Task) -> frozenset[Pair] | None:
    """Even loads when they can be had, then nearly even ones, otherwise whatever the caps allow."""
    for slack in SLACK:
        found = _programme(task, *_bounds(task, slack))
        if found is not None:
            return found
    return _programme(task, [0] * len(task.jurors), _ranges(task)[1])


def _worth(task: Task) -> np.ndarray:
    """What each reading is worth, entries x jurors, drawn by the seed; minus infinity where none may be."""
    import numpy as np  # noqa: PLC0415 - heavy, and only assignment wants it

    free = np.ones((len(task.entries), len(task.jurors)), dtype=bool)
    row_of = {entry: number for number, entry in enumerate(task.entries)}
    column_of = {juror: number for number, juror in enumerate(task.jurors)}
    for entry, juror in task.conflicts - task.fixed:
        if entry in row_of and juror in column_of:
            free[row_of[entry], column_of[juror]] = False
    worth = np.full(free.shape, -np.inf)
    worth[free] = np.random.default_rng(task.seed).random(int(free.sum()))
    return worth


def _programme(task: Task, low: list[int], high: list[int]) -> frozenset[Pair] | None:
    import numpy as np  # noqa: PLC0415 - heavy, and only assignment wants it
    from scipy.optimize import linprog  # noqa: PLC0415 - heavy
    from scipy.sparse import csr_matrix, vstack  # noqa: PLC0415 - heavy

    rows, columns = len(task.entries), len(task.jurors)
    worth = _worth(task)
    i, j = np.nonzero(np.isfinite(worth))
    row_of = {entry: number for number, entry in enumerate(task.entries)}
    column_of = {juror: number for number, juror in enumerate(task.jurors)}
    started = np.zeros((rows, columns))
    for entry, juror in task.fixed:
        started[row_of[entry], column_of[juror]] = 1
    ones, place = np.ones(len(i)), np.arange(len(i))
    by_entry = csr_matrix((ones, (i, place)), shape=(rows, len(i)))
    by_juror = csr_matrix((ones, (j, place)), shape=(columns, len(i)))
    need = needs(task)
    result = linprog(
        -worth[i, j],
        A_ub=vstack([by_juror, -by_juror], format="csr"),
        b_ub=np.concatenate([high, [-value for value in low]]),
        A_eq=by_entry,
        b_eq=[need[entry] for entry in task.entries],
        bounds=np.column_stack([started[i, j], ones]),
        method="highs",
    )
    if not result.success:
        return None
    chosen = np.flatnonzero(result.x > 0.5)
    return frozenset((task.entries[i[c]], task.jurors[j[c]]) for c in chosen)


def _described(task: Task, pairs: frozenset[Pair], swaps: tuple[tuple[Pair, Pair], ...]) -> Plan:
    load = dict.fromkeys(task.jurors, 0)
    for _entry, juror in pairs:
        load[juror] += 1
    return Plan(
        pairs,
        (),
        swaps,
        count_islands(pairs, task.entries, task.jurors),
        min(load.values(), default=0),
        max(load.values(), default=0),
    )
