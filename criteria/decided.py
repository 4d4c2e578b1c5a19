"""What a decision says of each entry: proposed from the standings, checked in words, told as events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Edition
from criteria.models import Decision, DecisionRow, Round
from criteria.models.decision import FROZEN
from criteria.standings import Standing, Standings
from criteria.states import DecidedOutcome
from nominees.states import LEFT, EventKind

NAME = "nomination__municipality__name"
WINS = (DecidedOutcome.WINNER, DecidedOutcome.SHARED_WINNER)
MOTIVATED = (*WINS, DecidedOutcome.HONOURED)
TWO_WINNERS = _("Only one entry can win alone. Choose a shared win for each of the winners.")
EVENTS = {
    DecidedOutcome.WINNER: EventKind.WON,
    DecidedOutcome.SHARED_WINNER: EventKind.WON,
    DecidedOutcome.HONOURED: EventKind.HONOURED,
    DecidedOutcome.RANKED: EventKind.NOMINATED,
    DecidedOutcome.NOMINATED: EventKind.NOMINATED,
    DecidedOutcome.NOT_NOMINATED: EventKind.NOT_NOMINATED,
}


def decision_in_force(edition: Edition) -> Decision | None:
    """The latest decision of the edition that has been frozen."""
    return Decision.objects.filter(edition=edition, state__in=FROZEN).order_by("-number").first()


@dataclass(frozen=True)
class Row:
    """What is decided of one entry."""

    outcome: str
    place: int | None = None
    motivation_sv: str = ""
    motivation_en: str = ""

    @classmethod
    def of(cls, row: DecisionRow) -> Row:
        """The same as in the table."""
        return cls(row.outcome, row.place, row.motivation_sv, row.motivation_en)


def proposal(standings: Standings) -> dict[int, Row]:
    """A first draft: places after the meeting where it agreed on anything, else those of the standings."""
    first = [line for line in standings.lines if place_in(standings, line) == 1]
    winner = DecidedOutcome.WINNER if len(first) == 1 else DecidedOutcome.SHARED_WINNER
    rows = {}
    for line in standings.lines:
        place = place_in(standings, line)
        rows[line.nomination] = Row(winner if place == 1 else DecidedOutcome.RANKED, place)
    return rows


def place_in(standings: Standings, line: Standing) -> int | None:
    """The place that a decision starts from."""
    return line.agreed_place if standings.shows_agreed else line.place


def event_of(outcome: str) -> str:
    """What an entry's history says of this outcome."""
    return EVENTS[DecidedOutcome(outcome)]


def latest_on(scoring_round: Round) -> Decision | None:
    """The latest decision that rests on this round."""
    found = Decision.objects.filter(round=scoring_round).defer("record")
    return found.order_by("-number").first()


def wins_alone(rows: Iterable[Row]) -> int:
    """How many entries are to win alone: one at most can."""
    return sum(row.outcome == DecidedOutcome.WINNER for row in rows)


def left_with_honour(decision: Decision) -> tuple[str, ...]:
    """The municipalities that the decision lets win or honours although their entries have left since."""
    rows = decision.rows.filter(outcome__in=MOTIVATED, nomination__state__in=LEFT)
    return tuple(rows.order_by("nomination__municipality__sort_key").values_list(NAME, flat=True))


def gaps(decision: Decision, rows: Sequence[DecisionRow], standings: Standings) -> list[object]:
    """What is still missing before the decision can be proposed, in sentences."""
    names = standings.readings.entries
    wins = [row for row in rows if row.outcome in WINS]
    shared = [row for row in rows if row.outcome == DecidedOutcome.SHARED_WINNER]
    places = [] if decision.no_award else _about_places(wins, rows, names)
    return [*_about_winners(decision, wins, shared), *places, *_about_rows(rows, names)]


def _about_winners(decision: Decision, wins: list[DecisionRow], shared: list[DecisionRow]) -> list[object]:
    if decision.no_award:
        found = [] if decision.no_award_reason else [_("Write why no award is given.")]
        return [*found, _("No award is given, so no entry can have won.")] if wins else found
    if not wins:
        return [_("Choose a winner, or say that no award is given.")]
    if len(shared) == 1 or (shared and len(wins) > len(shared)):
        return [_("A shared win has at least two winners, and none that wins alone.")]
    return []


def _about_places(
    wins: list[DecisionRow], rows: Sequence[DecisionRow], names: dict[int, str]
) -> list[object]:
    """Who won is first, and nobody else is."""
    found: list[object] = [
        format_lazy(_("{name} has won, so the place must be 1."), name=names.get(row.nomination_id, ""))
        for row in wins
        if row.place not in (None, 1)
    ]
    first = [row for row in rows if row.place == 1]
    if len(first) > 1 and any(row.outcome != DecidedOutcome.SHARED_WINNER for row in first):
        found.append(_("More than one entry has place 1, and the win is not shared between them."))
    return found


def _about_rows(rows: Sequence[DecisionRow], names: dict[int, str]) -> list[object]:
    found: list[object] = []
    decided = {row.nomination_id for row in rows}
    for key, name in names.items():
        if key not in decided:
            found.append(format_lazy(_("Nothing is decided about {name}."), name=name))
    for row in rows:
        name = names.get(row.nomination_id, "")
        if row.nomination_id not in names:
            found.append(_("An entry in the decision has left. Save the draft again."))
        elif row.outcome in MOTIVATED and not row.motivation_sv:
            found.append(format_lazy(_("Write the jury's motivation for {name}."), name=name))
        elif row.outcome == DecidedOutcome.RANKED and row.place is None:
            found.append(format_lazy(_("Give {name} a place, or another outcome."), name=name))
    return found
