"""What still stands in the way of an edition's next step, as every app sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Blocker:
    """One thing to settle before the stage can close; `url` leads to where."""

    text: object
    url: str = ""
    settled: bool = False  # a settled line is shown ticked, and blocks nothing
    clock_waits: bool = True  # False: only people are asked to see to it, a deadline passes all the same


Gate = Callable[[object], Iterable[Blocker]]
_gates: dict[str, list[Gate]] = defaultdict(list)


def register(stage_kind: str, gate: Gate) -> None:
    """Let `gate(edition)` speak whenever a stage of this kind is to close. Called from apps.py: ready()."""
    if gate not in _gates[stage_kind]:
        _gates[stage_kind].append(gate)


def checklist(edition: object, stage_kind: str) -> tuple[Blocker, ...]:
    """Every line of every app for this edition and stage, settled ones too."""
    return tuple(line for gate in _gates[stage_kind] for line in gate(edition))


def blockers(edition: object, stage_kind: str) -> tuple[Blocker, ...]:
    """Only what still stands in the way."""
    return tuple(line for line in checklist(edition, stage_kind) if not line.settled)


def holding_the_clock(edition: object, stage_kind: str) -> tuple[Blocker, ...]:
    """What keeps the clock, too, from closing the stage."""
    return tuple(line for line in blockers(edition, stage_kind) if line.clock_waits)
