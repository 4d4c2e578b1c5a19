"""A juror's own list: which entries, in which order, how far each has come, and where to go on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.links import Link
from awards.models import Person
from awards.prepared import Prepared
from awards.verdicts import Verdict
from criteria import elsewhere, permissions
from criteria.definitions import tree_of
from criteria.models import Acceptance, Assignment, Recusal, Round, Undertaking
from criteria.models.assignment import tie_is_unanswered
from criteria.progress import Progress, progress_of
from criteria.scoring import leaves
from criteria.standings import marks_of
from criteria.states import RoundState
from nominees.states import LEFT


@dataclass(frozen=True)
class Row:
    """One entry on the list. `url` is empty where the juror has no business: recused, left, not open."""

    place: int
    municipality: str
    progress: Progress
    scored: int = 0
    of: int = 0
    saved_at: datetime | None = None
    url: str = ""
    reason: object = ""  # why there is no way in
    first_missing: str = ""  # the code of the first criterion without a mark
    is_held: bool = False  # a tie speaks against it: it opens when the juror has answered

    @property
    def resume_url(self) -> str:
        """To the place where the work goes on."""
        return (
            f"{self.url}#criterion-{self.first_missing}" if self.first_missing and self.scored else self.url
        )


@dataclass(frozen=True)
class Part:
    """One round of one edition. `go_on` is where the juror left, None when all is done."""

    scoring_round: Round
    rows: tuple[Row, ...]
    go_on: Row | None
    is_open: Verdict
    undertaking_url: str = ""  # not accepted yet: the way in goes through it
    conflicts_url: str = ""  # ties that wait for an answer: the way in goes through them

    @property
    def edition(self):
        """The edition."""
        return self.scoring_round.edition

    @property
    def elsewhere(self) -> tuple[Link, ...]:
        """Where the same entries can be had in another form."""
        return elsewhere.links_for(self.edition)

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows the juror is to score."""
        return tuple(row for row in self.rows if row.url)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(row.progress == Progress.DONE for row in self.counted)

    @property
    def of(self) -> int:
        """How many there are."""
        return len(self.counted)

    @property
    def has_begun(self) -> bool:
        """Whether anything has been saved."""
        return any(row.saved_at for row in self.counted)


def reading_list(user: Person, now: datetime) -> tuple[Part, ...]:
    """Everything the juror has been given, open rounds first: five queries however much there is."""
    aside = Recusal.objects.filter(juror=OuterRef("juror"), nomination=OuterRef("nomination"), lifted_at=None)
    assignments = list(
        Assignment.objects.of_juror(user, now)
        .exclude(round__state=RoundState.PLANNED)
        .select_related("nomination__municipality", "sheet")
        .annotate(is_aside=Exists(aside), is_held=tie_is_unanswered(now))
        .order_by("round", "position", "pk")
    )
    rounds = _rounds(user, {each.round_id for each in assignments})
    marks = marks_of(each.sheet.pk for each in assignments if hasattr(each, "sheet"))
    by_round: dict[int, list[Assignment]] = defaultdict(list)
    for each in assignments:
        by_round[each.round_id].append(each)
    parts = [_part(rounds[pk], rows, marks, now) for pk, rows in by_round.items()]
    return tuple(sorted(parts, key=lambda part: (not part.is_open, -part.scoring_round.pk)))


@dataclass(frozen=True)
class Neighbours:
    """Where an entry stands in the juror's own order, and those beside it as (assignment, municipality)."""

    place: int
    of: int
    before: tuple[int, str] | None
    after: tuple[int, str] | None


def _beside(*, juror: int, round_id: int, now: datetime) -> QuerySet:
    return (
        Assignment.objects.beside(Assignment(juror_id=juror, round_id=round_id), now)
        .order_by("position", "pk")
        .values_list("pk", "nomination__municipality__name")
    )


_BESIDE = Prepared(_beside, juror=int, round_id=int, now=datetime)


def neighbours(assignment: Assignment, now: datetime) -> Neighbours:
    """The place of an assignment that is open to its juror among those of the same round: one query."""
    rows = _BESIDE.rows(juror=assignment.juror_id, round_id=assignment.round_id, now=now)
    at = next(number for number, (pk, _name) in enumerate(rows) if pk == assignment.pk)
    return Neighbours(
        place=at + 1,
        of=len(rows),
        before=rows[at - 1] if at else None,
        after=rows[at + 1] if at + 1 < len(rows) else None,
    )


@dataclass(frozen=True, slots=True)
class Doorstep:
    """What a juror must do before an entry opens: where, why, and what the link says."""

    url: str
    reason: object
    label: object


def doorstep(user: Person, pk: int, now: datetime) -> Doorstep | None:
    """What stands between the juror and this assignment: the undertaking, a tie, or nothing."""
    pending = Undertaking.objects.pending_for(user).filter(edition=OuterRef("round__edition"))
    mine = (
        Assignment.objects.of_juror(user, now)
        .not_recused()
        .exclude(nomination__state__in=LEFT)
        .exclude(round__state=RoundState.PLANNED)
        .filter(pk=pk)
        .annotate(owes=Exists(pending), is_held=tie_is_unanswered(now))
    )
    for key, owes, is_held in mine.values_list("round__edition__key", "owes", "is_held"):
        if owes:
            reason, label = _("Accept the jury's undertaking first."), _("Read and accept")
            return Doorstep(reverse("undertaking_page", args=[key]), reason, label)
        if is_held:
            reason = _("A tie of yours may stand in the way of this entry. Answer that first.")
            return Doorstep(reverse("conflict_page", args=[key]), reason, _("Answer"))
    return None


def _rounds(user: Person, ids: set[int]) -> dict[int, Round]:
    accepted = Acceptance.objects.filter(undertaking=OuterRef("pk"), person=user)
    undertakings = Undertaking.objects.annotate(is_accepted=Exists(accepted)).order_by("-version")
    rounds = Round.objects.select_related(
        "scoring_model", "edition__fair", "edition__award"
    ).prefetch_related(Prefetch("edition__undertakings", undertakings))
    return rounds.in_bulk(ids)


def _part(scoring_round: Round, assignments: list[Assignment], marks: dict, now: datetime) -> Part:
    codes = tuple(node.code for node in leaves(tree_of(scoring_round.scoring_model)))
    undertaking = next(iter(scoring_round.edition.undertakings.all()), None)
    blocked = undertaking is not None and not undertaking.is_accepted
    rows = tuple(_row(place, each, codes, marks) for place, each in enumerate(assignments, start=1))
    is_held = any(row.is_held for row in rows) and not blocked
    return Part(
        scoring_round=scoring_round,
        rows=rows,
        go_on=_go_on(rows),
        is_open=permissions.is_open(scoring_round, now),
        undertaking_url=reverse("undertaking_page", args=[scoring_round.edition.key]) if blocked else "",
        conflicts_url=reverse("conflict_page", args=[scoring_round.edition.key]) if is_held else "",
    )


def _row(place: int, assignment: Assignment, codes: tuple[str, ...], marks: dict) -> Row:
    municipality = assignment.nomination.municipality.name
    if assignment.is_aside:
        return Row(place, municipality, Progress.RECUSED, reason=Progress.RECUSED.words)
    if assignment.nomination.state in LEFT:
        reason = assignment.nomination.get_state_display()
        return Row(place, municipality, Progress.NOT_ASSIGNED, reason=reason)
    sheet = getattr(assignment, "sheet", None)
    given = marks.get(sheet.pk, {}) if sheet else {}
    missing = [code for code in codes if code not in given]
    return Row(
        place=place,
        municipality=municipality,
        progress=progress_of(sheet.state if sheet else None),
        scored=len(codes) - len(missing),
        of=len(codes),
        saved_at=sheet.saved_at if sheet else None,
        url=reverse("scoring_page", args=[assignment.pk]),
        first_missing=missing[0] if missing else "",
        is_held=assignment.is_held,
    )


def _go_on(rows: tuple[Row, ...]) -> Row | None:
    """The draft that was saved last, else the first entry in the own order that is not begun."""
    drafts = [row for row in rows if row.progress == Progress.DRAFT and row.url and not row.is_held]
    if drafts:
        return max(drafts, key=lambda row: row.saved_at)
    fresh = (row for row in rows if row.progress == Progress.NOT_BEGUN and row.url and not row.is_held)
    return next(fresh, None)
