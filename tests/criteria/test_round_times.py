"""Rounds go by the clock and in step with the stage of scoring."""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards import due
from awards.actions.set_up import swap_stages
from awards.actions.times import Times, set_times
from awards.models import Edition, JournalEntry, Stage
from criteria import actions
from criteria.addressees import deadlines_of
from criteria.models import Round, ScoringModel


@pytest.fixture
def planned(story):
    """The only round of the edition in scoring has not opened, and opens in an hour."""
    Round.objects.update(state="planned", opens_at=story.now + timedelta(hours=1))
    return Round.objects.get()


def verbs():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "person_id"))


def times_of(scoring_round):
    scoring_round.refresh_from_db()
    return scoring_round.opens_at, scoring_round.closes_at


def test_clock_opens_the_round_at_its_time_and_not_before(story, planned):
    due.run(planned.opens_at - timedelta(seconds=1))
    assert Round.objects.get().state == "planned"
    due.run(planned.opens_at)

    assert (Round.objects.get().state, Round.objects.get().opens_at) == ("open", planned.opens_at)
    assert verbs() == [("open_round", None)]


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (ScoringModel, {"state": "draft"}),
        (Edition, {"state": "paused"}),
        (Stage, {"state": "ahead"}),
        (Stage, {"state": "closed"}),
    ],
)
def test_clock_leaves_a_round_in_whose_way_something_stands(story, planned, model, changes):
    model.objects.update(**changes)
    due.run(planned.opens_at)

    assert (Round.objects.get().state, verbs()) == ("planned", [])


def test_clock_opens_no_round_before_the_one_that_precedes_it_is_over(story):
    second = actions.plan_round(
        edition=story.edition, scoring_model=story.scoring_model, opens_at=story.now, by=story.organiser
    )
    due.run(story.now)
    second.refresh_from_db()
    assert second.state == "planned"

    actions.close_round(scoring_round=story.round, by=story.organiser)
    due.run(story.now)
    second.refresh_from_db()
    assert second.state == "open"


def test_page_says_when_the_clock_opens_the_round(story, client_of, planned):
    page = client_of(story.organiser).get(reverse("progress_page", args=[story.edition.key])).content.decode()

    assert "Klockan öppnar den" in page


def test_round_without_times_takes_those_of_its_stage(story):
    stage = story.edition.stages.select_related("edition").get(kind="scoring")
    Round.objects.update(state="planned", opens_at=None, closes_at=None)
    times = Times(stage.opens_at, stage.closes_at + timedelta(days=1))
    set_times(stage=stage, times=times, now=story.now, by=story.organiser)

    assert times_of(story.round) == (times.opens_at, times.closes_at)


def test_open_round_without_closing_time_is_reminded_of_once_its_stage_has_one(story):
    stage = story.edition.stages.select_related("edition").get(kind="scoring")
    Round.objects.update(closes_at=None)
    times = Times(stage.opens_at, stage.closes_at + timedelta(days=1))
    set_times(stage=stage, times=times, now=story.now, by=story.organiser)

    assert list(deadlines_of(story.edition)) == [times.closes_at]


def test_round_opened_without_closing_time_closes_with_the_stage_that_the_clock_moves(story, planned):
    Round.objects.update(closes_at=None)
    story.edition.stages.filter(kind="scoring").update(advances_by_itself=True)
    stage = story.edition.stages.get(kind="scoring")
    actions.open_round(scoring_round=Round.objects.get(), now=story.now, by=story.organiser)

    assert Round.objects.get().closes_at == stage.closes_at


def test_round_that_opens_later_than_its_stage_keeps_its_time(story, planned):
    before = times_of(planned)
    stage = story.edition.stages.select_related("edition").get(kind="scoring")
    until = stage.closes_at + timedelta(days=1)
    set_times(stage=stage, times=Times(stage.opens_at, until), now=story.now, by=story.organiser)

    assert times_of(planned) == (before[0], until)


def test_planned_round_follows_a_stage_that_changes_places(story, planned):
    story.edition.stages.filter(kind="scoring").update(state="ahead")
    consensus = story.edition.stages.get(kind="consensus")
    stage = story.edition.stages.select_related("edition").get(kind="scoring")
    swap_stages(stage=stage, by=story.organiser, later=True)

    assert times_of(planned) == (consensus.opens_at, consensus.closes_at)
