"""A juror's own picture: how the scores are spread and, after the reveal, the sums beside the jury's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from awards.models import Person
from criteria.combine import Sheet, combine, counts
from criteria.definitions import tree_of
from criteria.models import Assignment, Round, ScoreSheet
from criteria.score_form import blank_name, shown
from criteria.scoring import Mark, inputs
from criteria.standings import marks_of
from criteria.states import RoundState, SheetState
from criteria.tally import tally


@dataclass(frozen=True, slots=True)
class Bar:
    """How often one answer was given; `share` of the most frequent, in thousandths, is the bar's length."""

    label: str
    number: int
    share: int


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in the juror's own reading order: the own total and, once revealed, the jury's."""

    place: int
    municipality: str
    own: Decimal | None
    jury: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True)
class Picture:
    """One round as the juror scored it."""

    scoring_round: Round
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    is_revealed: bool
    places: int


def own_picture(user: Person, scoring_round: Round, mine: QuerySet, language: str) -> Picture:
    """The picture of one round: three queries, and two more once it is revealed.

    `mine` are the assignments open to the juror in this round, with municipality and sheet.
    """
    model = tree_of(scoring_round.scoring_model)
    assignments = list(mine)
    sheets = {each.pk: each.sheet for each in assignments if hasattr(each, "sheet")}
    marks = marks_of(sheet.pk for sheet in sheets.values())
    is_revealed = scoring_round.state == RoundState.REVEALED
    jury = _jury(user, scoring_round, model) if is_revealed else {}
    lines = []
    for place, each in enumerate(assignments, start=1):
        own = tally(model, marks[sheets[each.pk].pk]).value if each.pk in sheets else None
        others = jury.get(each.nomination_id)
        difference = own - others if own is not None and others is not None else None
        lines.append(Line(place, each.nomination.municipality.name, own, others, difference))
    bars = _bars([mark for given in marks.values() for mark in given.items()], model, language)
    return Picture(scoring_round, bars, tuple(lines), is_revealed, model.rounding.places)


def mine_in(user: Person, scoring_round: Round, now) -> QuerySet[Assignment]:
    """The assignments of the picture, in the juror's own order."""
    return (
        Assignment.objects.open_to(user, now)
        .filter(round=scoring_round)
        .select_related("nomination__municipality", "sheet")
        .order_by("position", "pk")
    )


def _jury(user: Person, scoring_round: Round, model) -> dict[int, Decimal | None]:
    seen = ScoreSheet.objects.seen_by(user).counting().filter(assignment__round=scoring_round)
    rows = list(seen.values_list("pk", "assignment__nomination_id", "state"))
    marks = marks_of(pk for pk, _nomination, _state in rows)
    sheets: dict[int, list[Sheet]] = {}
    for pk, nomination, state in rows:
        sheet = Sheet(marks[pk], submitted=state == SheetState.DONE)
        if counts(sheet, model.incomplete):
            sheets.setdefault(nomination, []).append(sheet)
    return {nomination: combine(model, given).value for nomination, given in sheets.items()}


def _bars(given: list[tuple[str, Mark]], model, language: str) -> tuple[Bar, ...]:
    scales = {node.code: node.scale for node in inputs(model)}
    numbers = Counter(mark.value for code, mark in given if mark.value is not None and code in scales)
    labels = {value: shown(Mark(value=value), None, language) for value in numbers}
    found = [(labels[value], numbers[value]) for value in sorted(numbers)]
    blanks = Counter(mark.blank for _code, mark in given if mark.blank is not None)
    found += [(blank_name(blank), number) for blank, number in sorted(blanks.items())]
    most = max((number for _label, number in found), default=1)
    return tuple(Bar(label, number, 1000 * number // most) for label, number in found)
