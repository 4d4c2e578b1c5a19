"""The ceremony's day follows its stage until it has been held, and is then told as held."""

from datetime import timedelta

import pytest

from awards.actions.ceremony import plan_ceremony
from awards.actions.editions import close_stage, open_stage, postpone_edition, reopen_stage
from awards.actions.set_up import swap_stages
from awards.actions.times import Times, extend_stage, set_times
from awards.formats import local
from awards.models import EditionDate, Stage
from nominees.history import with_numbers


def days(edition):
    return list(edition.dates.order_by("pk").values_list("status", "date"))


@pytest.fixture
def ceremony(story):
    """The stage, with its day written down as the set-up does it."""
    stage = story.edition.stages.select_related("edition").get(kind="ceremony")
    plan_ceremony(story.edition, local(stage.opens_at).date())
    return stage


def later(stage, number):
    return Times(*(at and at + timedelta(days=number) for at in (stage.opens_at, stage.closes_at)))


def test_ceremony_moved_by_its_stage_is_planned_for_the_new_day(story, ceremony):
    day = local(ceremony.opens_at).date()
    set_times(stage=ceremony, times=later(ceremony, 7), now=story.now, by=story.organiser)

    assert days(story.edition) == [("planned", day + timedelta(days=7))]


def test_postponing_begins_from_the_day_that_the_stage_was_moved_to(story, ceremony):
    day = local(ceremony.opens_at).date()
    set_times(stage=ceremony, times=later(ceremony, 7), now=story.now, by=story.organiser)
    postpone_edition(
        edition=story.edition,
        ceremony_was=day + timedelta(days=7),
        ceremony_is=day + timedelta(days=14),
        move_stages=True,
        by=story.organiser,
    )

    assert days(story.edition) == [
        ("planned", day + timedelta(days=7)),
        ("moved", day + timedelta(days=14)),
    ]
    ceremony.refresh_from_db()
    assert local(ceremony.opens_at).date() == day + timedelta(days=14)


def test_stage_moved_after_a_postponement_corrects_the_new_day_and_keeps_the_first(story, ceremony):
    day = local(ceremony.opens_at).date()
    new = day + timedelta(days=14)
    postpone_edition(
        edition=story.edition, ceremony_was=day, ceremony_is=new, move_stages=True, by=story.organiser
    )
    ceremony.refresh_from_db()
    set_times(stage=ceremony, times=later(ceremony, 1), now=story.now, by=story.organiser)

    assert days(story.edition) == [("planned", day), ("moved", new + timedelta(days=1))]


def test_longer_ceremony_keeps_its_day(story, ceremony):
    before = days(story.edition)
    until = ceremony.closes_at + timedelta(hours=3)
    extend_stage(stage=ceremony, closes_at=until, reason="x", now=story.now, by=story.organiser)

    assert days(story.edition) == before


def test_ceremony_that_changes_places_gets_the_day_of_its_place(story, ceremony):
    ceremony.refresh_from_db()
    decision = story.edition.stages.get(kind="decision")
    swap_stages(stage=ceremony, by=story.organiser, later=False)

    assert days(story.edition) == [("planned", local(decision.opens_at).date())]


def test_ceremony_without_times_is_not_planned_for_any_day(story, ceremony):
    set_times(stage=ceremony, times=Times(None, None), now=story.now, by=story.organiser)
    assert days(story.edition) == []

    ceremony.refresh_from_db()
    at = story.now + timedelta(days=90)
    set_times(stage=ceremony, times=Times(at, None), now=story.now, by=story.organiser)
    assert days(story.edition) == [("planned", local(at).date())]


def test_closed_ceremony_has_been_held_and_one_taken_up_again_has_not(story, ceremony):
    held = story.now - timedelta(days=2)
    Stage.objects.filter(pk=ceremony.pk).update(opens_at=held, closes_at=None)
    EditionDate.objects.update(date=local(held).date())
    ceremony.refresh_from_db()
    open_stage(stage=ceremony, by=story.organiser)
    close_stage(stage=ceremony, in_spite_of="x", by=story.organiser)

    editions = type(story.edition).objects.filter(pk=story.edition.pk)
    assert with_numbers(editions, story.organiser, story.now).get().ceremony_held == local(held).date()

    reopen_stage(stage=ceremony, reason="y", now=story.now, by=story.organiser)
    assert days(story.edition) == [("planned", local(held).date())]


def test_ceremony_closed_before_its_day_was_held_today(story, ceremony):
    open_stage(stage=ceremony, by=story.organiser)
    close_stage(stage=ceremony, in_spite_of="x", by=story.organiser)

    assert days(story.edition)[1:] == [("held", local(story.now).date())]
