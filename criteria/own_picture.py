"""A juror's own picture: how the scores are spread and, after the reveal, the sums beside the jury's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from awards.models import Person
from criteria import values
from criteria.combine import Sheet, combine, counts
from criteria.definitions import tree_of
from criteria.models import Assignment, Round, ScoreSheet
from criteria.progress import Progress, progress_of
from criteria.score_form import blank_name, shown, typed_by_hand
from criteria.scoring import Blank, Mark, Scale, inputs
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
    """One entry in the juror's own reading order: the own total and, once revealed, the jury's.

    The total of a sheet that is not done stands for itself: it is not compared with the jury's.
    """

    place: int
    municipality: str
    progress: Progress
    own: Decimal | None
    jury: Decimal | None
    difference: Decimal | None

    @property
    def is_done(self) -> bool:
        """Whether the sheet is marked as done."""
        return self.progress == Progress.DONE


@dataclass(frozen=True)
class Picture:
    """One round as the juror scored it."""

    scoring_round: Round
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    is_revealed: bool
    places: int

    @property
    def done(self) -> int:
        """How many entries are done."""
        return sum(line.is_done for line in self.lines)


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
        progress = progress_of(sheets[each.pk].state if each.pk in sheets else None)
        is_comparable = progress == Progress.DONE and own is not None and others is not None
        difference = own - others if is_comparable else None
        lines.append(Line(place, each.nomination.municipality.name, progress, own, others, difference))
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
    """Every step that there is to choose, also those never given, and every number that was typed."""
    nodes = {node.code: node for node in inputs(model)}
    numbers = Counter(mark.value for code, mark in given if mark.value is not None and code in nodes)
    blanks = Counter(mark.blank for code, mark in given if mark.blank is not None and code in nodes)
    if not numbers and not blanks:
        return ()
    steps = {step for node in nodes.values() if not typed_by_hand(node.scale) for step in _steps(node.scale)}
    found = [
        (shown(Mark(value=value), None, language), numbers[value]) for value in sorted(steps | set(numbers))
    ]
    offered = {Blank.NO_EVIDENCE} | (
        {Blank.NOT_APPLICABLE} if any(node.may_be_not_applicable for node in nodes.values()) else set()
    )
    found += [(blank_name(blank), blanks[blank]) for blank in sorted(offered | set(blanks))]
    most = max(number for _label, number in found)
    return tuple(Bar(label, number, 1000 * number // most) for label, number in found)


def _steps(scale: Scale) -> list[Decimal]:
    count = int((scale.max - scale.min) / scale.step)
    return [values.plain(scale.min + scale.step * number, scale) for number in range(count + 1)]
