"""The decision's page: the one in hand, the one in force, and those that were replaced."""

from __future__ import annotations

from dataclasses import dataclass

from criteria.decided import WINS
from criteria.models import Decision, DecisionRow
from criteria.states import DecidedOutcome, DecisionState


@dataclass(frozen=True)
class Line:
    """What is decided of one entry."""

    row: DecisionRow
    municipality: str

    @property
    def is_honour(self) -> bool:
        """Whether it is drawn in gold."""
        return self.row.outcome in (*WINS, DecidedOutcome.HONOURED)


@dataclass(frozen=True)
class Shown:
    """One decision with its lines, best first. Before it is told there are none for who stands aside.

    The places and wins of the others, and where the motivations are, would give away the entry left out.
    """

    decision: Decision
    lines: tuple[Line, ...]
    is_veiled: bool = False

    @property
    def rows(self) -> list[DecisionRow]:
        """The rows alone."""
        return [line.row for line in self.lines]


def decisions_of(edition: int, hidden: frozenset[int]) -> tuple[Shown, ...]:
    """Every decision of an edition, latest first, without hidden entries: one query."""
    rows = (
        DecisionRow.objects.filter(decision__edition=edition)
        .select_related(
            "decision__replaces",
            "decision__replaced_by",
            "decision__proposed_by",
            "decision__confirmed_by",
            "decision__announced_by",
            "nomination__municipality",
        )
        .defer("decision__record", "decision__replaces__record", "decision__replaced_by__record")
        .order_by("-decision__number")
    )
    found: dict[int, Decision] = {}
    lines: dict[int, list[Line]] = {}
    for row in rows:
        decision = found.setdefault(row.decision_id, row.decision)
        row.decision = decision
        if row.nomination_id not in hidden:
            line = Line(row, row.nomination.municipality.name)
            lines.setdefault(decision.pk, []).append(line)
    return tuple(_shown(decision, lines.get(pk, []), hidden) for pk, decision in found.items())


def _shown(decision: Decision, lines: list[Line], hidden: frozenset[int]) -> Shown:
    if hidden and decision.state != DecisionState.ANNOUNCED:
        return Shown(decision, (), is_veiled=True)
    return Shown(decision, tuple(sorted(lines, key=_order)))


def _order(line: Line) -> tuple:
    rank = DecidedOutcome.values.index(line.row.outcome)
    return rank, line.row.place or 10**6, line.row.nomination.municipality.sort_key
