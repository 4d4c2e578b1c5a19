"""The jury's order in a round: values, places and how many sheets count, from the sheets a reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from criteria import combine, ranking
from criteria.definitions import tree_of
from criteria.models import Assignment, Round, Score
from criteria.scoring import Mark
from criteria.sheets import mark_of
from criteria.states import SheetState
from criteria.tally import tally


@dataclass(frozen=True)
class SheetTotal:
    """One juror's own total of one nomination; None while nothing counts."""

    juror: int  # the seat's id
    submitted: bool
    value: Decimal | None
    of_100: Decimal | None
    nodes: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """One nomination's line. `jurors` is how many sheets count; `reason` says why there is no value."""

    nomination: int
    code: str
    municipality: str
    place: int | None
    value: Decimal | None
    of_100: Decimal | None
    jurors: int
    nodes: Mapping[str, Decimal | None] = field(default_factory=dict)
    totals: tuple[SheetTotal, ...] = ()
    shared_with: tuple[int, ...] = ()
    decided_by: tuple[str, ...] = ()
    reason: object = ""


def standings(scoring_round: Round, sheets: QuerySet) -> tuple[Standing, ...]:
    """Every entry assigned in the round, best first, those without a value last in Swedish order.

    `sheets` are those the reader may see (`ScoreSheet.objects.seen_by(user)`); recused jurors' are left out
    here. Three queries however many there are; the round comes with its scoring model.
    """
    model = tree_of(scoring_round.scoring_model)
    entries = _entries(scoring_round)
    seen = list(
        sheets.counting()
        .filter(assignment__round=scoring_round)
        .values_list("pk", "assignment__nomination_id", "assignment__juror_id", "state")
    )
    marks = marks_of(pk for pk, _nomination, _juror, _state in seen)
    given: dict[int, list[combine.Sheet]] = defaultdict(list)
    totals: dict[int, list[SheetTotal]] = defaultdict(list)
    for pk, nomination, juror, state in seen:
        sheet = combine.Sheet(marks[pk], submitted=state == SheetState.DONE)
        total = tally(model, sheet.marks)
        given[nomination].append(sheet)
        totals[nomination].append(SheetTotal(juror, sheet.submitted, total.value, total.of_100, total.nodes))
    combined = {key: combine.combine(model, given[key]) for key in entries}
    counted = {
        key: {
            total.juror: total.value
            for total, sheet in zip(totals[key], given[key], strict=True)
            if combine.counts(sheet, model.incomplete) and total.value is not None
        }
        for key in entries
    }
    order = ranking.rank(
        model,
        [ranking.Contender(key, combined[key].value, combined[key].nodes, counted[key]) for key in entries],
    )
    return tuple(
        Standing(
            nomination=place.key,
            code=entries[place.key][0],
            municipality=entries[place.key][1],
            place=place.place,
            value=place.value,
            of_100=combined[place.key].of_100,
            jurors=combined[place.key].jurors,
            nodes=combined[place.key].nodes,
            totals=tuple(totals[place.key]),
            shared_with=place.shared_with,
            decided_by=place.decided_by,
            reason=combined[place.key].reason,
        )
        for place in order.places
    )


def marks_of(sheets: Iterable[int]) -> dict[int, dict[str, Mark]]:
    """The latest marks of these sheets (by id), by node code: one query."""
    marks: dict[int, dict[str, Mark]] = {pk: {} for pk in sheets}
    rows = Score.objects.filter(sheet__in=list(marks), is_latest=True)
    for sheet, criterion, value, blank in rows.values_list("sheet_id", "criterion", "value", "blank"):
        mark = mark_of(value, blank)
        if mark is not None:
            marks[sheet][criterion] = mark
    return marks


def _entries(scoring_round: Round) -> dict[int, tuple[str, str]]:
    rows = (
        Assignment.objects.filter(round=scoring_round)
        .exclude(nomination__state="withdrawn")
        .order_by("nomination__municipality__sort_key")
        .values_list("nomination_id", "nomination__municipality__code", "nomination__municipality__name")
        .distinct()
    )
    return {pk: (code, name) for pk, code, name in rows}
