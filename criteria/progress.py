"""How far each juror has come with each entry, as the chair and the organiser see it: never a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Person
from criteria.models import Assignment, Recusal, Round
from criteria.states import SEALED, RoundState, SheetState
from nominees.states import LEFT


class Progress(StrEnum):
    """Where a juror is with an entry."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    DONE = "done"
    RECUSED = "recused"
    NOT_ASSIGNED = "not_assigned"

    @property
    def words(self) -> object:
        """The same in words."""
        return _WORDS[self]

    @property
    def css(self) -> str:
        """The class of its cell in a matrix."""
        return {Progress.DONE: "is-done", Progress.DRAFT: "is-draft", Progress.RECUSED: "is-away"}.get(
            self, ""
        )

    @property
    def icon(self) -> str:
        """The drawing in its cell."""
        return {Progress.DONE: "check", Progress.DRAFT: "half", Progress.NOT_BEGUN: "open"}.get(self, "")

    @property
    def sign(self) -> str:
        """The sign in its cell, where there is no drawing."""
        return {Progress.RECUSED: "×", Progress.NOT_ASSIGNED: "–"}.get(self, "")


_WORDS = {
    Progress.NOT_BEGUN: _("not begun"),
    Progress.DRAFT: _("begun"),
    Progress.DONE: _("is done"),
    Progress.RECUSED: _("stands aside"),
    Progress.NOT_ASSIGNED: _("does not read"),
}


WIDE = 40  # entries beyond which a juror's row counts them instead


@dataclass(frozen=True)
class JurorLine:
    """One juror's row of the matrix; `done` of `of` leaves recused entries out."""

    seat: str
    cells: tuple[Progress, ...]
    done: int
    of: int
    juror: int = 0  # the seat's id
    last_at: datetime | None = None  # when anything was last saved

    @property
    def remains(self) -> int:
        """How many are still to come."""
        return self.of - self.done

    @property
    def begun(self) -> int:
        """How many are begun and not done."""
        return self.cells.count(Progress.DRAFT)

    @property
    def aside(self) -> int:
        """From how many the juror stands aside."""
        return self.cells.count(Progress.RECUSED)

    @property
    def is_done(self) -> bool:
        """True when nothing remains."""
        return self.done == self.of


@dataclass(frozen=True)
class Matrix:
    """Jurors down, municipalities across."""

    scoring_round: Round
    municipalities: tuple[str, ...]
    lines: tuple[JurorLine, ...]
    hidden: int = 0  # entries that the reader stands aside from
    aside: tuple[Recusal, ...] = ()  # who stands aside from what, the reader's own entries not among them

    @property
    def done(self) -> int:
        """How many sheets are done."""
        return sum(line.done for line in self.lines)

    @property
    def of(self) -> int:
        """How many there should be."""
        return sum(line.of for line in self.lines)

    @property
    def remains(self) -> int:
        """How many are still to come."""
        return self.of - self.done

    @property
    def is_yet_to_close(self) -> bool:
        """Whether the closing time still lies ahead of the round, not behind it."""
        return self.scoring_round.state in SEALED

    @property
    def is_wide(self) -> bool:
        """Whether the entries are too many for a column each."""
        return len(self.municipalities) > WIDE

    @property
    def behind(self) -> tuple[JurorLine, ...]:
        """The jurors who have something left."""
        return tuple(line for line in self.lines if line.remains)


def latest_round(edition: Edition) -> Round | None:
    """The round that the edition is in or was in last; before any has opened, the first planned."""
    return latest_of(rounds_of(edition))


def rounds_of(edition: Edition) -> QuerySet[Round]:
    """The edition's rounds, with their models and meetings."""
    return Round.objects.filter(edition=edition).select_related("scoring_model", "meeting")


def rounds_seen_by(user: Person, key: str) -> QuerySet[Round]:
    """The rounds of the edition with this key, where the person may know of it; the edition is read along."""
    editions = Edition.objects.visible_to(user).filter(key=key)
    found = Round.objects.filter(edition__in=editions)
    return found.select_related("edition__fair", "edition__award", "scoring_model", "meeting")


def round_seen_by(user: Person, key: str) -> Round | None:
    """The latest of them, as `latest_round`: one query."""
    return latest_of(rounds_seen_by(user, key))


def latest_of(rows: QuerySet) -> Round | None:
    """The same among the rounds of one edition: one query."""
    return latest_among(list(rows.order_by("position")))


def latest_among(rounds: Sequence[Round]) -> Round | None:
    """The same among rounds that have been read, in order."""
    begun = [each for each in rounds if each.state != RoundState.PLANNED]
    return begun[-1] if begun else next(iter(rounds), None)


def latest_key(edition: Edition) -> Coalesce:
    """The same as a part of another query: the round's id."""
    rounds = Round.objects.filter(edition=edition.pk)
    begun = rounds.exclude(state=RoundState.PLANNED).order_by("-position")
    return Coalesce(Subquery(begun.values("pk")[:1]), Subquery(rounds.order_by("position").values("pk")[:1]))


def matrix_of(edition: Edition, hidden: frozenset[int] = frozenset()) -> Matrix | None:
    """The matrix of the edition's latest round, kept on this very object: a page and its gates share it.

    `hidden` are the entries (by id) that the reader stands aside from.
    """
    kept = edition.__dict__.setdefault("jury_matrix", {})
    if hidden not in kept:
        scoring_round = latest_round(edition)
        kept[hidden] = matrix(scoring_round, hidden) if scoring_round else None
    return kept[hidden]


def matrix(scoring_round: Round, hidden: frozenset[int] = frozenset()) -> Matrix:
    """The matrix of a round without the `hidden` entries: two queries."""
    rows = (
        Assignment.objects.filter(round=scoring_round)
        .exclude(nomination__state__in=LEFT)
        .exclude(nomination__in=hidden)
        .order_by("nomination__municipality__sort_key")
        .values_list(
            "juror_id", "juror__seat", "juror__person__name", "juror__person__email", "nomination_id",
            "nomination__municipality__name", "sheet__state", "sheet__saved_at",
        )
    )  # fmt: skip
    recusals = tuple(aside_in(scoring_round.edition_id, hidden))
    aside = {(each.juror_id, each.nomination_id) for each in recusals}
    names: dict[int, str] = {}
    seats: dict[int, str] = {}
    cells: dict[tuple[int, int], Progress] = {}
    saved: dict[int, datetime] = {}
    for juror, seat, name, email, nomination, municipality, state, at in rows:
        names[nomination] = municipality
        seats[juror] = seat or name or email
        cells[juror, nomination] = Progress.RECUSED if (juror, nomination) in aside else progress_of(state)
        if at is not None:
            saved[juror] = max(at, saved.get(juror, at))
    lines = (
        replace(_line(seats[juror], juror, names, cells), last_at=saved.get(juror))
        for juror in sorted(seats, key=lambda each: seats[each])
    )
    return Matrix(scoring_round, tuple(names.values()), tuple(lines), len(hidden), recusals)


def aside_in(edition: int, hidden: frozenset[int] = frozenset()) -> QuerySet[Recusal]:
    """Who stands aside from what in the edition (by id), in the entries' order, without `hidden` ones."""
    found = Recusal.objects.filter(juror__edition=edition, lifted_at=None).exclude(nomination__in=hidden)
    return found.select_related("juror__person", "nomination__municipality").order_by(
        "nomination__municipality__sort_key", "juror__seat", "pk"
    )


def progress_of(state: str | None) -> Progress:
    """Where a juror is whose sheet is in this state; None is no sheet at all."""
    if state is None:
        return Progress.NOT_BEGUN
    return Progress.DONE if state == SheetState.DONE else Progress.DRAFT


def _line(seat: str, juror: int, names: dict[int, str], cells: dict[tuple[int, int], Progress]) -> JurorLine:
    row = tuple(cells.get((juror, nomination), Progress.NOT_ASSIGNED) for nomination in names)
    counted = [cell for cell in row if cell not in (Progress.RECUSED, Progress.NOT_ASSIGNED)]
    return JurorLine(seat, row, counted.count(Progress.DONE), len(counted), juror)
