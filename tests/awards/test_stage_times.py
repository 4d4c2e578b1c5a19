"""Stages move in time: earlier deadlines are kept, impossible orders and missing hours are refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from awards import due
from awards.actions.editions import (
    advance_edition,
    close_stage,
    open_edition,
    open_stage,
    pause_edition,
    postpone_edition,
    reopen_stage,
    resume_edition,
)
from awards.actions.times import Times, days_later, extend_stage, set_times
from awards.formats import local
from awards.models import EditionDate, JournalEntry, Stage, StageExtension
from awards.stage_order import Span, trouble
from criteria.models import Round
from tests.story import ESKILSTUNA

NINE, TEN, ELEVEN = (datetime(2027, 3, 1, hour, tzinfo=UTC) for hour in (9, 10, 11))


def stage_of(edition, kind):
    return edition.stages.select_related("edition").get(kind=kind)


@pytest.mark.parametrize(
    ("second", "says"),
    [
        (Span("Samsyn", TEN, NINE), "”Samsyn” måste stänga efter att det öppnar."),
        (Span("Samsyn", NINE, None), "”Samsyn” kan inte öppna före ”Bedömning”, som kommer först."),
        (Span("Samsyn", None, TEN), "”Samsyn” kan inte stänga före ”Bedömning”, som kommer först."),
        (Span("Samsyn", TEN, ELEVEN), ""),
        (Span("Samsyn", None, None), ""),
    ],
)
def test_order_of_stages_is_judged_in_words(second, says):
    assert str(trouble([Span("Bedömning", TEN, ELEVEN), second])) == says


def test_extension_for_all_keeps_the_earlier_deadline_and_moves_the_round(story):
    stage = stage_of(story.edition, "scoring")
    before, after = stage.closes_at, stage.closes_at + timedelta(days=2)
    extend_stage(stage=stage, closes_at=after, reason="Sjukdom", now=story.now, by=story.organiser)

    extension = StageExtension.objects.get()
    assert (extension.closed_before, extension.closes_at, extension.municipality_code) == (before, after, "")
    assert stage_of(story.edition, "scoring").closes_at == after
    assert Round.objects.get().closes_at == after
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "extend_stage",
        "extend_round",
    ]


def test_extension_for_one_municipality_leaves_the_stage_alone(story):
    stage = stage_of(story.call, "call")
    until = stage.closes_at + timedelta(days=1)
    extend_stage(
        stage=stage,
        closes_at=until,
        municipality_code=ESKILSTUNA,
        reason="Strömavbrott",
        now=story.now,
        by=story.organiser,
    )

    assert stage_of(story.call, "call").closes_at == stage.closes_at
    assert list(StageExtension.objects.values_list("municipality_code", "closed_before", "closes_at")) == [
        (ESKILSTUNA, stage.closes_at, until)
    ]


def test_scoring_is_not_extended_for_one_municipality(story):
    stage = stage_of(story.edition, "scoring")
    with pytest.raises(PermissionDenied, match="där kommunerna skriver"):
        extend_stage(
            stage=stage,
            closes_at=stage.closes_at + timedelta(days=1),
            municipality_code=ESKILSTUNA,
            reason="x",
            now=story.now,
            by=story.organiser,
        )

    assert StageExtension.objects.count() == 0


def test_deadline_moved_earlier_shuts_earlier_after_an_extension(story, client_of):
    stage = stage_of(story.call, "call")
    later, sooner = stage.closes_at + timedelta(days=3), story.now + timedelta(days=1)
    extend_stage(stage=stage, closes_at=later, reason="x", now=story.now, by=story.organiser)
    times = Times(stage.opens_at, sooner)
    set_times(stage=stage, times=times, now=story.now, by=story.organiser)

    assert list(StageExtension.objects.values_list("closes_at", flat=True)) == [later, sooner]
    page = client_of(story.contact).get("/applications/").content.decode()
    assert f"{local(sooner):%H:%M}" in page


def test_impossible_order_is_refused_and_nothing_written(story):
    stage = stage_of(story.edition, "consensus")
    times = Times(story.now - timedelta(days=90), story.now - timedelta(days=80))
    with pytest.raises(PermissionDenied, match="kan inte öppna före"):
        set_times(stage=stage, times=times, now=story.now, by=story.organiser)

    assert stage_of(story.edition, "consensus").opens_at == stage.opens_at
    assert JournalEntry.objects.count() == 0


def test_stage_closes_in_spite_of_what_remains_only_with_a_reason(story):
    stage = stage_of(story.edition, "scoring")
    with pytest.raises(PermissionDenied):
        close_stage(stage=stage, by=story.organiser)
    opened = advance_edition(stage=stage, in_spite_of="Juryn hinner inte mer", by=story.organiser)

    assert (opened.kind, opened.state) == ("consensus", "open")
    assert stage_of(story.edition, "scoring").state == "closed"
    assert Round.objects.get().state == "closed"
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", "data__reason")) == [
        ("close_stage", "Juryn hinner inte mer"),
        ("close_round", None),
        ("open_stage", None),
    ]


def test_stage_taken_up_again_takes_its_round_along(story):
    stage = stage_of(story.edition, "scoring")
    close_stage(stage=stage, in_spite_of="x", by=story.organiser)
    Stage.objects.filter(pk=stage.pk).update(closes_at=story.now - timedelta(hours=1))
    stage = stage_of(story.edition, "scoring")
    with pytest.raises(PermissionDenied, match="Välj en ny stängningstid"):
        reopen_stage(stage=stage, reason="y", now=story.now, by=story.organiser)
    until = story.now + timedelta(days=1)
    stage = stage_of(story.edition, "scoring")
    reopen_stage(stage=stage, reason="y", closes_at=until, now=story.now, by=story.organiser)

    assert (Round.objects.get().state, Round.objects.get().closes_at) == ("open", until)
    assert StageExtension.objects.get().closes_at == until


def test_stage_is_not_taken_up_again_after_the_reveal(story):
    stage = stage_of(story.edition, "scoring")
    close_stage(stage=stage, in_spite_of="x", by=story.organiser)
    Round.objects.update(state="revealed")
    with pytest.raises(PermissionDenied, match="sett varandras poäng"):
        reopen_stage(stage=stage, reason="y", now=story.now, by=story.organiser)

    assert stage_of(story.edition, "scoring").state == "closed"


def test_clock_closes_the_round_and_then_its_stage(story):
    now = story.now + timedelta(days=7)
    Stage.objects.filter(edition=story.edition, kind="scoring").update(advances_by_itself=True)
    due.run(now)
    assert Round.objects.get().state == "closed"
    due.run(now)

    assert stage_of(story.edition, "scoring").state == "closed"
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", "person_id")) == [
        ("close_round", None),
        ("close_stage", None),
    ]


def test_clock_leaves_the_round_of_a_paused_edition(story):
    type(story.edition).objects.filter(pk=story.edition.pk).update(state="paused")
    due.run(story.now + timedelta(days=7))

    assert Round.objects.get().state == "open"


def test_clock_closes_the_call_though_drafts_remain(story):
    Stage.objects.filter(edition=story.call, kind="call").update(advances_by_itself=True)
    due.run(story.now + timedelta(days=6, minutes=1))

    assert stage_of(story.call, "call").state == "closed"


def test_stages_stand_still_in_a_cancelled_edition(story):
    type(story.call).objects.filter(pk=story.call.pk).update(state="cancelled")
    with pytest.raises(PermissionDenied, match="inställd"):
        open_stage(stage=stage_of(story.call, "scoring"), by=story.organiser)


def test_concluded_edition_moves_only_what_comes_after_it(story):
    type(story.call).objects.filter(pk=story.call.pk).update(state="concluded")
    call, ceremony = stage_of(story.call, "call"), stage_of(story.call, "ceremony")
    later = call.closes_at + timedelta(days=1)
    with pytest.raises(PermissionDenied, match="bara ceremoni, återkoppling och arkivering"):
        close_stage(stage=call, in_spite_of="x", by=story.organiser)
    with pytest.raises(PermissionDenied, match="bara ceremoni, återkoppling och arkivering"):
        open_stage(stage=stage_of(story.call, "scoring"), by=story.organiser)
    for code in ("", "0484"):
        with pytest.raises(PermissionDenied, match="bara ceremoni, återkoppling och arkivering"):
            extend_stage(
                stage=call, closes_at=later, municipality_code=code, reason="x", now=story.now,
                by=story.organiser,
            )  # fmt: skip
    open_stage(stage=ceremony, by=story.organiser)
    close_stage(stage=stage_of(story.call, "ceremony"), in_spite_of="x", by=story.organiser)

    assert stage_of(story.call, "ceremony").state == "closed"


def test_postponing_keeps_old_and_new_days_and_moves_what_remains(story):
    stage = stage_of(story.edition, "ceremony")
    was = local(stage.opens_at).date()
    postpone_edition(
        edition=story.edition,
        reason="Lokalen",
        ceremony_was=was,
        ceremony_is=was + timedelta(days=14),
        move_stages=True,
        by=story.organiser,
    )

    assert story.edition.state == "postponed"
    assert list(EditionDate.objects.values_list("what", "status", "date").order_by("date")) == [
        ("ceremony", "planned", was),
        ("ceremony", "moved", was + timedelta(days=14)),
    ]
    moved = stage_of(story.edition, "ceremony")
    assert local(moved.opens_at).replace(tzinfo=None) == local(stage.opens_at).replace(
        tzinfo=None
    ) + timedelta(days=14)
    assert stage_of(story.edition, "call").closes_at < story.now
    assert StageExtension.objects.count() == 4


def test_postponing_a_second_time_keeps_the_first_plan(story):
    first, second, third = date(2027, 11, 16), date(2028, 3, 7), date(2028, 5, 2)
    postpone_edition(edition=story.edition, ceremony_was=first, ceremony_is=second, by=story.organiser)
    postpone_edition(edition=story.edition, ceremony_was=second, ceremony_is=third, by=story.organiser)

    assert list(EditionDate.objects.values_list("status", "date").order_by("date")) == [
        ("planned", first),
        ("moved", second),
        ("moved", third),
    ]


def test_paused_edition_is_postponed_before_the_clock_goes_on(story):
    was = local(stage_of(story.edition, "ceremony").opens_at).date()
    pause_edition(edition=story.edition, by=story.organiser)
    postpone_edition(
        edition=story.edition, ceremony_was=was, ceremony_is=was + timedelta(days=28), move_stages=True,
        by=story.organiser,
    )  # fmt: skip
    resume_edition(edition=story.edition, by=story.organiser)
    due.run(story.now + timedelta(days=7))

    assert (story.edition.state, Round.objects.get().state) == ("running", "open")


def test_edition_postponed_before_it_opened_is_planned_again(story):
    type(story.call).objects.filter(pk=story.call.pk).update(state="planned")
    story.call.stages.update(state="ahead")
    story.call.refresh_from_db()
    postpone_edition(edition=story.call, by=story.organiser)
    resume_edition(edition=story.call, by=story.organiser)
    assert story.call.state == "planned"

    open_edition(edition=story.call, by=story.organiser)
    postpone_edition(edition=story.call, by=story.organiser)
    resume_edition(edition=story.call, by=story.organiser)
    assert story.call.state == "running"
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "postpone_edition", "resume_edition", "open_edition", "postpone_edition", "resume_edition",
    ]  # fmt: skip


def test_stage_whose_time_has_passed_opens_only_until_a_new_time(story):
    stage = stage_of(story.edition, "consensus")
    past, until = story.now - timedelta(hours=1), story.now + timedelta(days=8)
    Stage.objects.filter(pk=stage.pk).update(opens_at=None, closes_at=past, advances_by_itself=True)
    stage.refresh_from_db()
    with pytest.raises(PermissionDenied, match="Välj en ny stängningstid"):
        open_stage(stage=stage, now=story.now, by=story.organiser)

    stage = stage_of(story.edition, "consensus")
    open_stage(stage=stage, closes_at=until, now=story.now, by=story.organiser)
    extension = StageExtension.objects.get()
    assert (stage.state, extension.closed_before, extension.closes_at) == ("open", past, until)


def test_clock_opens_no_stage_whose_closing_time_has_passed(story):
    stage = stage_of(story.edition, "consensus")
    opens, closes = story.now - timedelta(hours=2), story.now - timedelta(hours=1)
    Stage.objects.filter(pk=stage.pk).update(opens_at=opens, closes_at=closes, advances_by_itself=True)
    due.run(story.now)
    assert stage_of(story.edition, "consensus").state == "ahead"

    Stage.objects.filter(pk=stage.pk).update(closes_at=story.now + timedelta(hours=1))
    due.run(story.now)
    assert stage_of(story.edition, "consensus").state == "open"


def test_clock_moves_what_comes_after_a_concluded_edition_and_nothing_else(story):
    type(story.call).objects.filter(pk=story.call.pk).update(state="concluded")
    story.call.stages.update(
        advances_by_itself=True, state="ahead", opens_at=story.now, closes_at=story.now + timedelta(days=1)
    )
    due.run(story.now)

    assert list(story.call.stages.filter(state="open").values_list("kind", flat=True)) == ["ceremony"]


def test_own_time_of_a_municipality_becomes_longer_and_never_shorter(story):
    stage = stage_of(story.call, "call")
    times = [stage.closes_at + timedelta(days=number) for number in (5, 2, 6)]
    given = {"stage": stage, "municipality_code": ESKILSTUNA, "reason": "x", "now": story.now}
    extend_stage(closes_at=times[0], by=story.organiser, **given)
    with pytest.raises(PermissionDenied, match="Kommunen har redan tid till"):
        extend_stage(closes_at=times[1], by=story.organiser, **given)
    extend_stage(closes_at=times[2], by=story.organiser, **given)

    assert list(stage.extensions.values_list("closes_at", flat=True)) == [times[0], times[2]]


def test_call_closed_early_by_hand_is_lengthened_for_one_before_its_old_time(story):
    stage = stage_of(story.call, "call")
    close_stage(stage=stage, in_spite_of="x", by=story.organiser)
    until = story.now + timedelta(days=1)
    assert until < stage.closes_at
    extend_stage(
        stage=stage, closes_at=until, municipality_code=ESKILSTUNA, reason="x", now=story.now,
        by=story.organiser,
    )  # fmt: skip

    assert stage.extensions.get().closes_at == until


def test_time_of_the_day_is_kept_over_the_change_of_clocks():
    before = datetime(2027, 3, 20, 22, 59, tzinfo=UTC)  # 23:59 in winter

    assert days_later(before, 14) == datetime(2027, 4, 3, 21, 59, tzinfo=UTC)


def test_day_moved_into_the_missing_hour_is_refused():
    with pytest.raises(PermissionDenied, match="finns inte"):
        days_later(datetime(2027, 3, 21, 1, 30, tzinfo=UTC), 7)
