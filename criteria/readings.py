"""Everything that was read in a round, as plain data: what standings, statistics and what-if are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from awards.models import Edition, Person
from criteria.definitions import tree_of
from criteria.models import Assignment, ChairsOrder, Consensus, Recusal, Round, Score, ScoreSheet
from criteria.scoring import Mark, ScoringModel
from criteria.sheets import mark_of
from criteria.states import SheetState
from nominees.states import LEFT

# Whatever an order follows from leaves a mark here that never comes back: scores, assignments and what a
# meeting agrees on are only added (or taken away), a sheet marked as done gets a new time, and so does a
# recusal that is lifted.
STAMP = """
SELECT scores.*, sheets.*, given.*, aside.*, agreed.*, ordered.*, away.* FROM
  (SELECT COUNT(*), MAX(id), SUM(CASE WHEN is_latest THEN value * (id %% 1009) END)
    FROM criteria_score) scores,
  (SELECT COUNT(*), SUM(version), SUM(CASE WHEN state = %s THEN id END), MAX(done_at)
    FROM criteria_scoresheet) sheets,
  (SELECT COUNT(*), MAX(id), SUM(id) FROM criteria_assignment) given,
  (SELECT COUNT(*), SUM(CASE WHEN lifted_at IS NULL THEN id END), MAX(lifted_at)
    FROM criteria_recusal) aside,
  (SELECT COUNT(*), MAX(id), SUM(CASE WHEN is_latest THEN id END) FROM criteria_consensus) agreed,
  (SELECT COUNT(*), MAX(id) FROM criteria_chairsorder) ordered,
  (SELECT COUNT(*), SUM(id) FROM nominees_nomination WHERE state IN (%s, %s) AND edition_id = %s) away
"""


@dataclass(frozen=True)
class Reading:
    """One juror's sheet for one nomination, by ids."""

    nomination: int
    juror: int
    submitted: bool
    marks: Mapping[str, Mark]


@dataclass(frozen=True)
class Agreed:
    """What the consensus meeting agreed on for one criterion of an entry, with its reason."""

    mark: Mark
    reason: str
    version: int


@dataclass(frozen=True)
class Ordered:
    """The chair's reasoned order of entries that the rules left equal, best first."""

    entries: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class Readings:
    """A round's sheets without those of jurors who stand aside. Names are unique within each mapping."""

    model: ScoringModel
    entries: Mapping[int, str]  # nomination -> municipality, in Swedish order
    codes: Mapping[int, str]  # nomination -> the municipality's code
    seats: Mapping[int, str]  # seat -> its name
    rows: tuple[Reading, ...]
    aside: frozenset[tuple[int, int]]  # (nomination, juror)
    readers: Mapping[int, int]  # nomination -> how many were to read it
    stamp: tuple = ()
    agreed: Mapping[int, Mapping[str, Agreed]] = field(default_factory=dict)  # by nomination and node code
    orders: tuple[Ordered, ...] = ()  # latest first
    tokens: Mapping[int, int] = field(default_factory=dict)  # nomination -> versions agreed on so far

    @property
    def by_nomination(self) -> dict[int, list[Reading]]:
        """The sheets of each nomination, none left out."""
        found: dict[int, list[Reading]] = {key: [] for key in self.entries}
        for row in self.rows:
            found[row.nomination].append(row)
        return found


def hidden_from(person: Person, edition: Edition, now: datetime | None = None) -> frozenset[int]:
    """The nominations of which nothing is shown to this person: one query.

    Those that the person stands aside from, in any seat, and those that a tie speaks against which the
    person has not answered for.
    """
    recusals = Recusal.objects.filter(juror__person=person, juror__edition=edition, lifted_at=None)
    given = Assignment.objects.filter(juror__person=person, juror__edition=edition).order_by()
    either = recusals.values_list("nomination_id").union(given.unanswered(now).values_list("nomination_id"))
    return frozenset(pk for (pk,) in either)


def stamp_of(scoring_round: Round) -> tuple:
    """Equal as long as nothing that a standing follows from has changed: one query."""
    model = scoring_round.scoring_model
    with connection.cursor() as cursor:
        cursor.execute(STAMP, [SheetState.DONE, *LEFT, scoring_round.edition_id])
        found = cursor.fetchone()
    return (scoring_round.pk, model.pk, model.code, model.version, model.created_at, model.state, *found)


def readings_of(scoring_round: Round, hidden: frozenset[int] = frozenset(), stamp: tuple = ()) -> Readings:
    """The round's sheets and its meeting's values, none hidden and none that has left: six queries."""
    entries, codes, seats, readers = _assigned(scoring_round, hidden)
    aside = frozenset(
        Recusal.objects.filter(juror__edition=scoring_round.edition_id, lifted_at=None).values_list(
            "nomination_id", "juror_id"
        )
    )
    sheets = [
        row
        for row in ScoreSheet.objects.filter(assignment__round=scoring_round)
        .order_by("pk")
        .values_list("pk", "assignment__nomination_id", "assignment__juror_id", "state")
        if row[1] in entries and (row[1], row[2]) not in aside
    ]
    marks = marks_of_round(scoring_round)
    agreed, tokens = _agreed(scoring_round, entries)
    return Readings(
        model=tree_of(scoring_round.scoring_model),
        entries=entries,
        codes=codes,
        seats=seats,
        rows=tuple(
            Reading(nomination, juror, state == SheetState.DONE, marks.get(pk, {}))
            for pk, nomination, juror, state in sheets
        ),
        aside=aside,
        readers={key: sum((key, seat) not in aside for seat in readers[key]) for key in entries},
        stamp=stamp,
        agreed=agreed,
        tokens=tokens,
        orders=_orders(scoring_round, entries),
    )


def marks_of_round(scoring_round: Round) -> dict[int, dict[str, Mark]]:
    """The latest marks of every sheet of the round, by sheet and node code: one query."""
    rows = Score.objects.filter(sheet__assignment__round=scoring_round, is_latest=True).order_by()
    return _marks(rows.values_list("sheet_id", "criterion", "value", "blank"))


def _marks(rows: Iterable[tuple]) -> dict[int, dict[str, Mark]]:
    known: dict[tuple, Mark | None] = {}
    marks: dict[int, dict[str, Mark]] = defaultdict(dict)
    for sheet, criterion, value, blank in rows:
        key = (value, blank)
        if key not in known:
            known[key] = mark_of(value, blank)
        if known[key] is not None:
            marks[sheet][criterion] = known[key]
    return marks


def _agreed(
    scoring_round: Round, entries: Mapping[int, str]
) -> tuple[dict[int, dict[str, Agreed]], dict[int, int]]:
    """What stands agreed, and how many versions there are: versions are numbered without a gap."""
    rows = Consensus.objects.filter(meeting__round=scoring_round, is_latest=True).order_by("pk")
    found: dict[int, dict[str, Agreed]] = defaultdict(dict)
    tokens: dict[int, int] = defaultdict(int)
    for row in rows:
        mark = mark_of(row.value, row.blank)
        tokens[row.nomination_id] += row.version
        if mark is not None and row.nomination_id in entries:
            found[row.nomination_id][row.criterion] = Agreed(mark, row.reason, row.version)
    return dict(found), dict(tokens)


def _orders(scoring_round: Round, entries: Mapping[int, str]) -> tuple[Ordered, ...]:
    """The latest first; one that holds a hidden entry says nothing to this reader."""
    rows = ChairsOrder.objects.filter(meeting__round=scoring_round).order_by("-pk")
    return tuple(
        Ordered(tuple(row.entries), row.reason) for row in rows if all(key in entries for key in row.entries)
    )


def _assigned(scoring_round: Round, hidden: frozenset[int]) -> tuple[dict, dict, dict, dict]:
    rows = (
        Assignment.objects.filter(round=scoring_round)
        .exclude(nomination__state__in=LEFT)
        .order_by("nomination__municipality__sort_key", "nomination_id")
        .values_list(
            "nomination_id", "nomination__municipality__name", "nomination__municipality__code",
            "juror_id", "juror__seat", "juror__person__name", "juror__person__email",
        )
    )  # fmt: skip
    entries: dict[int, str] = {}
    codes: dict[int, str] = {}
    seats: dict[int, str] = {}
    readers: dict[int, list[int]] = defaultdict(list)
    for nomination, name, code, juror, seat, person, email in rows:
        if nomination in hidden:
            continue
        entries[nomination], codes[nomination] = name, code
        seats[juror] = seat or person or email
        readers[nomination].append(juror)
    return entries, codes, _unique(seats), readers


def _unique(seats: dict[int, str]) -> dict[int, str]:
    """Seats in the order of their names; a name that two seats bear gets a number."""
    met: dict[str, int] = {}
    found = {}
    for pk, name in sorted(seats.items(), key=lambda item: (item[1], item[0])):
        met[name] = met.get(name, 0) + 1
        found[pk] = name if met[name] == 1 else f"{name} ({met[name]})"
    return found
