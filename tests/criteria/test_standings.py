"""The jury's order: exact values, competition places, and what does not count."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.models import Round, Score, ScoreSheet, ScoringModel
from criteria.readings import readings_of
from criteria.standings import stand, standings_of
from criteria.states import RoundState, SheetState
from nominees.states import LEFT
from tests.story import BORAS, ESKILSTUNA, four_areas, leaf_codes


def read(story):
    Round.objects.update(state=RoundState.CLOSED)
    scoring_round = Round.objects.select_related("scoring_model").get(pk=story.round.pk)
    return {each.code: each for each in standings_of(scoring_round).lines}


def give(sheet, value):
    Score.objects.filter(sheet=sheet).update(value=Decimal(value))


def test_mean_of_submitted_sheets_with_competition_places(story):
    for (seat, code), sheet in story.sheets.items():
        give(sheet, {"1261": 5, ESKILSTUNA: 4, "1283": 4}.get(code, 3) if seat == "juror1" else 4)

    lines = read(story)

    assert [(each.code, each.place, each.value, each.of_100, each.jurors) for each in lines.values()] == [
        ("1261", 1, Decimal("4.50"), Decimal("87.5"), 2),
        ("0484", 2, Decimal("4.00"), Decimal("75.0"), 2),
        ("1283", 2, Decimal("4.00"), Decimal("75.0"), 2),
        ("1780", 4, Decimal("3.50"), Decimal("62.5"), 2),
        ("1980", 4, Decimal("3.50"), Decimal("62.5"), 2),
        ("1490", 6, Decimal("3.00"), Decimal("50.0"), 1),
    ]


def test_drafts_and_recused_jurors_do_not_count(story):
    lines = read(story)
    assert [(total.juror, total.submitted) for total in lines[ESKILSTUNA].totals] == [
        (story.seats["juror1"].pk, True),
        (story.seats["juror2"].pk, True),
        (story.seats["juror3"].pk, False),
    ]
    assert (lines[ESKILSTUNA].jurors, lines[BORAS].jurors) == (2, 1)


def test_entry_without_a_counting_sheet_stands_last_with_its_reason(story, english):
    ScoreSheet.objects.filter(assignment__nomination=story.nominations[ESKILSTUNA]).update(
        state=SheetState.DRAFT
    )

    last = list(read(story).values())[-1]

    assert (last.code, last.place, last.value, last.jurors, str(last.reason)) == (
        ESKILSTUNA, None, None, 0, "No score sheet counts yet.",
    )  # fmt: skip


@pytest.mark.parametrize(("combine", "value"), [("mean", "3.00"), ("median", "2.00")])
def test_juror_combine_is_the_models_rule(story, combine, value):
    definition = {**four_areas(), "juror_combine": combine}
    ScoringModel.objects.filter(pk=story.scoring_model.pk).update(definition=definition, version=len(combine))
    draft = story.sheets["juror3", ESKILSTUNA]
    Score.objects.filter(sheet=draft).delete()
    Score.objects.bulk_create(Score(sheet=draft, criterion=code, value=5) for code in leaf_codes())
    ScoreSheet.objects.filter(pk=draft.pk).update(state=SheetState.DONE)
    give(story.sheets["juror1", ESKILSTUNA], 2)
    give(story.sheets["juror2", ESKILSTUNA], 2)

    assert read(story)[ESKILSTUNA].value == Decimal(value)


@pytest.mark.parametrize("state", LEFT)
def test_an_entry_that_leaves_is_out_of_the_order_at_once(story, state):
    assert ESKILSTUNA in read(story)
    story.nominations[ESKILSTUNA].state = state
    story.nominations[ESKILSTUNA].save()

    assert ESKILSTUNA not in read(story)


def test_queries_do_not_grow_and_nothing_is_read_twice(story):
    Round.objects.update(state=RoundState.CLOSED)
    scoring_round = Round.objects.select_related("scoring_model").get(pk=story.round.pk)
    counts = []
    for kept in (18, 18, 3, 1):
        ScoreSheet.objects.exclude(pk__in=[sheet.pk for sheet in story.sheets.values()][:kept]).delete()
        with CaptureQueriesContext(connection) as queries:
            standings_of(scoring_round)
        counts.append(len(queries))

    assert counts[2:] == [counts[0]] * 2
    assert counts[1] == 1


def test_order_kept_ready_is_the_order_worked_out_anew(story):
    read(story)
    give(story.sheets["juror1", ESKILSTUNA], 5)

    lines = read(story)

    scoring_round = Round.objects.select_related("scoring_model").get(pk=story.round.pk)
    assert tuple(lines.values()) == stand(readings_of(scoring_round)).lines
