"""The decision's page: the one in hand, the one in force, and those that were replaced."""

from __future__ import annotations

from dataclasses import dataclass

from criteria.decided import WINS, place_in
from criteria.models import Decision, DecisionRow
from criteria.standings import Standing, Standings
from criteria.states import DecidedOutcome, DecisionState

IN_HAND = (DecisionState.DRAFT, DecisionState.PROPOSED)


@dataclass(frozen=True)
class Line:
    """What is decided of one entry, with what the standings say."""

    row: DecisionRow
    municipality: str
    standing: Standing | None
    start: int | None  # the place that the proposal started from

    @property
    def is_honour(self) -> bool:
        """Whether it is drawn in gold."""
        return self.row.outcome in (*WINS, DecidedOutcome.HONOURED)


@dataclass(frozen=True)
class Shown:
    """One decision with its lines, best first; `hidden` lines are left out."""

    decision: Decision
    lines: tuple[Line, ...]

    @property
    def rows(self) -> list[DecisionRow]:
        """The rows alone."""
        return [line.row for line in self.lines]


def decisions_of(edition: int, standings: Standings, hidden: frozenset[int]) -> tuple[Shown, ...]:
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
    by_key = {line.nomination: line for line in standings.lines}
    for row in rows:
        decision = found.setdefault(row.decision_id, row.decision)
        row.decision = decision
        standing = by_key.get(row.nomination_id)
        if row.nomination_id not in hidden:
            start = place_in(standings, standing) if standing else None
            name = row.nomination.municipality.name
            lines.setdefault(decision.pk, []).append(Line(row, name, standing, start))
    return tuple(
        Shown(decision, tuple(sorted(lines.get(pk, []), key=_order))) for pk, decision in found.items()
    )


def _order(line: Line) -> tuple:
    rank = DecidedOutcome.values.index(line.row.outcome)
    return rank, line.row.place or 10**6, line.row.nomination.municipality.sort_key
