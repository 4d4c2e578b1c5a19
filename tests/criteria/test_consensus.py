"""The consensus meeting: values beside the scores, who holds the pen, who sees what."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from awards.models import JournalEntry
from criteria import actions, pen
from criteria.actions import AgreementConflict, Wish
from criteria.models import (
    Attendance,
    Consensus,
    ConsensusMeeting,
    Departure,
    Round,
    Score,
    ScoringModel,
    Tie,
)
from criteria.scoring import Mark
from criteria.standings import standings_of
from tests.criteria.meeting import (
    BORAS,
    ESKILSTUNA,
    HELSINGBORG,
    JURY,
    KARLSTAD,
    KAVLINGE,
    agree,
    closed_round,
    opened,
    stand_aside,
    wishes,
)
from tests.story import leaf_codes

pytestmark = pytest.mark.django_db


def lines_of(story):
    scoring_round = Round.objects.select_related("edition", "scoring_model").get(pk=story.round.pk)
    return {line.code: line for line in standings_of(scoring_round).lines}


def test_meeting_opens_once_however_often_it_is_clicked(story):
    first = opened(story)
    again = actions.open_meeting(scoring_round=first.round, now=story.now, by=story.organiser)

    assert (again.pk, ConsensusMeeting.objects.count()) == (first.pk, 1)


def test_agreement_leaves_the_individual_scores_as_they_are(story):
    meeting = opened(story)
    before = list(Score.objects.order_by("pk").values())
    saved = agree(story, meeting, ESKILSTUNA, wishes(5), token=0)

    assert (saved.token, len(saved.changed)) == (12, 12)
    assert list(Score.objects.order_by("pk").values()) == before
    assert set(Consensus.objects.values_list("source", "by", "version")) == {("consensus", story.chair.pk, 1)}


def test_standings_show_the_agreed_value_beside_the_official_one(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5))
    line, leader = lines_of(story)[ESKILSTUNA], lines_of(story)[KAVLINGE]

    assert (line.value, line.place, line.agreed, line.agreed_place) == (
        Decimal("3.50"),
        3,
        Decimal("5.00"),
        1,
    )
    assert (leader.value, leader.place, leader.agreed, leader.agreed_place) == (
        Decimal("4.75"), 1, Decimal("4.75"), 2,
    )  # fmt: skip


def test_one_agreed_criterion_takes_the_place_of_the_jurors_there_alone(story):
    meeting = opened(story)
    agree(story, meeting, KARLSTAD, wishes(5, codes=["A1"]))
    line = lines_of(story)[KARLSTAD]

    # A1 weighs 40 % of 30 %: 2.5 + 0.12 * (5 - 2.5)
    assert (line.value, line.agreed) == (Decimal("2.50"), Decimal("2.80"))


@pytest.mark.parametrize(("agreed_on", "expected"), [(1, (None, None)), (12, (Decimal("5.00"), 1))])
def test_half_an_agreement_on_an_entry_nobody_read_is_no_value(story, agreed_on, expected):
    rows = {KAVLINGE: (5, 4), ESKILSTUNA: (4, 3), BORAS: (None, None)}
    meeting = opened(story, rows)
    agree(story, meeting, BORAS, wishes(5, codes=leaf_codes()[:agreed_on]))
    line = lines_of(story)[BORAS]

    assert (line.place, line.agreed_on) == (None, agreed_on)
    assert (line.agreed, line.agreed_place) == expected


def test_rule_of_consensus_alone_gives_no_value_before_everything_is_agreed(story):
    definition = story.scoring_model.definition | {"juror_combine": "consensus_only"}
    ScoringModel.objects.filter(pk=story.scoring_model.pk).update(definition=definition, version=7)
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(4))
    agree(story, meeting, KAVLINGE, wishes(5, codes=leaf_codes()[:11]))
    lines = lines_of(story)

    assert (lines[ESKILSTUNA].value, lines[ESKILSTUNA].place) == (Decimal("4.00"), 1)
    assert (lines[KAVLINGE].value, lines[KAVLINGE].place) == (None, None)


def test_agreement_changes_by_a_new_version_and_is_taken_back_by_another(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5, codes=["A1"]))
    agree(story, meeting, ESKILSTUNA, wishes(4, "Efter ny läsning.", ["A1"]))
    agree(story, meeting, ESKILSTUNA, {"A1": Wish(None)})

    rows = Consensus.objects.order_by("version").values_list("version", "value", "reason", "is_latest")
    assert list(rows) == [
        (1, Decimal(5), "Vi enades.", False),
        (2, Decimal(4), "Efter ny läsning.", False),
        (3, None, "", True),
    ]
    assert lines_of(story)[ESKILSTUNA].agreed is None


def test_same_values_again_are_no_change(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5), token=0)
    again = agree(story, meeting, ESKILSTUNA, wishes(5), token=0)

    assert (again.changed, again.token, Consensus.objects.count()) == ((), 12, 12)


def test_stale_token_writes_nothing_and_shows_both(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5, codes=["A1"]), token=0)
    late = agree(story, meeting, ESKILSTUNA, wishes(2, codes=["A1"]), token=0)

    assert isinstance(late, AgreementConflict)
    assert (late.saved.lines["A1"].mark.value, late.written["A1"].mark.value) == (Decimal(5), Decimal(2))
    assert Consensus.objects.count() == 1


def test_value_without_reason_is_refused(story, english):
    meeting = opened(story)
    with pytest.raises(PermissionDenied, match="Write why for Demokrati 1"):
        agree(story, meeting, ESKILSTUNA, wishes(5, "", ["A1"]))

    assert Consensus.objects.count() == 0


def test_value_off_the_scale_is_refused(story):
    meeting = opened(story)
    with pytest.raises(ValueError, match="A1"):
        agree(story, meeting, ESKILSTUNA, wishes("5.5", codes=["A1"]))


def test_database_refuses_a_second_latest_value_and_a_value_without_reason(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5, codes=["A1"]))
    entry = story.nominations[ESKILSTUNA]
    for wrong in (
        {"criterion": "A1", "version": 2, "value": 3, "reason": "Igen."},
        {"criterion": "A2", "value": 3, "reason": ""},
        {"criterion": "A2", "value": 3, "blank": "no_evidence", "reason": "Båda."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consensus.objects.create(meeting=meeting, nomination=entry, **wrong)


def test_what_was_agreed_is_never_changed_in_place(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5, codes=["A1"]))
    row = Consensus.objects.get()
    row.value = 1
    with pytest.raises(PermissionDenied):
        row.save()


def test_closed_meeting_takes_no_values_until_it_is_opened_again(story, english):
    meeting = actions.close_meeting(meeting=opened(story), now=story.now, by=story.chair)
    with pytest.raises(PermissionDenied, match="The meeting is closed"):
        agree(story, meeting, ESKILSTUNA, wishes(5))
    actions.reopen_meeting(meeting=meeting, by=story.chair)

    assert len(agree(story, meeting, ESKILSTUNA, wishes(5)).changed) == 12


def test_deputy_holds_the_pen_where_the_chair_stands_aside(story, english):
    meeting = opened(story)
    stand_aside(story, story.seats["chair"], ESKILSTUNA)
    with pytest.raises(PermissionDenied, match="You stand aside from this entry"):
        agree(story, meeting, ESKILSTUNA, wishes(5))
    with pytest.raises(PermissionDenied, match="The pen lies with Ordförande"):
        agree(story, meeting, KARLSTAD, wishes(5), by=story.deputy)

    assert len(agree(story, meeting, ESKILSTUNA, wishes(5), by=story.deputy).changed) == 12


def test_deputy_holds_the_pen_where_the_chair_is_absent(story):
    meeting = opened(story)
    there = {seat.pk for name, seat in story.seats.items() if name != "chair"}
    actions.note_attendance(meeting=meeting, present=there, note="", by=story.organiser)

    assert len(agree(story, meeting, KARLSTAD, wishes(5), by=story.deputy).changed) == 12


def test_who_stands_aside_and_is_there_must_leave_the_room_first(story, english):
    meeting = opened(story)
    stand_aside(story, story.seats["juror2"], BORAS)
    there = {story.seats[name].pk for name in ("chair", "juror1", "juror2")}
    actions.note_attendance(meeting=meeting, present=there, note="Lokal: rådhuset.", by=story.chair)
    with pytest.raises(PermissionDenied, match="Ledamot B stands aside from this entry and must leave"):
        agree(story, meeting, BORAS, wishes(3), left=())
    agree(story, meeting, BORAS, wishes(3), left=[story.seats["juror2"].pk])

    gone = Departure.objects.values_list("seat", "nomination")
    assert list(gone) == [(story.seats["juror2"].pk, story.nominations[BORAS].pk)]
    assert Attendance.objects.filter(present=True).count() == 3


def test_who_stands_aside_must_leave_also_before_attendance_is_noted(story, english):
    meeting = opened(story)
    stand_aside(story, story.seats["juror2"], BORAS)
    with pytest.raises(PermissionDenied, match="Ledamot B stands aside from this entry and must leave"):
        agree(story, meeting, BORAS, wishes(3), left=())

    assert len(agree(story, meeting, BORAS, wishes(3), left=[story.seats["juror2"].pk]).changed) == 12


def test_stale_note_is_not_written_over(story):
    meeting = opened(story)
    first = actions.note_attendance(meeting=meeting, present=(), note="Först.", version=1, by=story.chair)
    late = actions.note_attendance(meeting=meeting, present=(), note="Sent.", version=1, by=story.organiser)
    meeting.refresh_from_db()

    assert (first, late, meeting.note) == (True, False, "Först.")


def test_consensus_is_seen_by_jurors_after_the_reveal_and_never_by_who_stands_aside(story):
    meeting = opened(story)
    stand_aside(story, story.seats["juror2"], BORAS)
    agree(story, meeting, BORAS, wishes(3, codes=["A1"]))
    agree(story, meeting, ESKILSTUNA, wishes(3, codes=["A1"]))

    def seen():
        return {
            who: Consensus.objects.seen_by(story.people[who]).count()
            for who in ("chair", "organiser", "juror1", "juror2", "observer", "contact", "other_juror")
        }

    sealed = seen()
    Round.objects.filter(pk=story.round.pk).update(state="revealed")
    assert sealed == dict.fromkeys(sealed, 0) | {"chair": 2, "organiser": 2}
    assert seen() == dict.fromkeys(sealed, 0) | {"chair": 2, "organiser": 2, "juror1": 2, "juror2": 1}


def revealed(story) -> None:
    """The meeting is over and the scores are revealed."""
    meeting = opened(story)
    agree(story, meeting, BORAS, wishes(3, codes=["A1"]))
    Round.objects.filter(pk=story.round.pk).update(state="revealed")


def closed_of(story) -> Round:
    return Round.objects.select_related("edition").get(pk=story.round.pk)


def consensus_pages(story) -> list[str]:
    return [reverse(name, args=[story.edition.key]) for name in ("consensus_page", "minutes_page")]


def test_a_tie_without_an_answer_hides_the_entry_after_the_reveal_too(story, client_of, english):
    revealed(story)
    client = client_of(story.juror1)
    before = ["Borås" in client.get(url).content.decode() for url in consensus_pages(story)]
    Tie.objects.create(person=story.juror1, kind="close", municipality=story.municipalities[BORAS])
    entry = reverse("consensus_entry", args=[story.edition.key, BORAS])
    own, other = (
        ["Borås" in client_of(person).get(url).content.decode() for url in consensus_pages(story)]
        for person in (story.juror1, story.juror3)
    )

    assert (before, own, other) == ([True, True], [False, False], [True, True])
    assert client.get(entry).headers["Location"] == reverse("conflict_page", args=[story.edition.key])
    seat, nomination = story.seats["juror1"], story.nominations[BORAS]
    actions.clear_conflict(juror=seat, nomination=nomination, now=timezone.now(), by=story.juror1)
    assert client.get(entry).status_code == 200


def test_a_juror_who_has_not_accepted_the_undertaking_reads_no_consensus(story, client_of, english):
    revealed(story)
    actions.issue_undertaking(
        edition=story.edition, text_sv="Jag lovar.", text_en="", now=story.now, by=story.organiser
    )
    answers = [client_of(story.juror1).get(url) for url in consensus_pages(story)]

    assert [answer.status_code for answer in answers] == [403, 403]
    said = pen.may_read_consensus(story.juror1, closed_of(story))
    assert str(said.reason) == "Accept the jury's undertaking first."
    assert client_of(story.chair).get(consensus_pages(story)[0]).status_code == 200


def test_chairs_order_parts_equals_and_is_named(story):
    tied = JURY | {HELSINGBORG: (4, 3, 4, 3), ESKILSTUNA: (4, 3, 4, 3)}
    definition = story.scoring_model.definition | {"tie_break": ["median", "chair", "shared"]}
    ScoringModel.objects.filter(pk=story.scoring_model.pk).update(definition=definition, version=8)
    meeting = opened(story, tied)
    before = [(lines_of(story)[code].place) for code in (HELSINGBORG, ESKILSTUNA)]
    order = [story.nominations[code].pk for code in (ESKILSTUNA, HELSINGBORG)]
    actions.order_ties(
        meeting=meeting, nominations=order, reason="Bredare resultat.", now=story.now, by=story.chair
    )
    lines = lines_of(story)

    assert before == [2, 2]
    assert [(lines[code].place, lines[code].decided_by[-1]) for code in (ESKILSTUNA, HELSINGBORG)] == [
        (2, "chair"),
        (3, "chair"),
    ]
    assert lines[ESKILSTUNA].chairs_reason == "Bredare resultat."


def test_order_of_ties_needs_a_reason_and_different_entries(story, english):
    meeting = opened(story)
    one = story.nominations[ESKILSTUNA].pk
    other = story.nominations[BORAS].pk
    for order, reason, says in (
        ([one, other], " ", "Write why"),
        ([one, one], "Nej.", "its own place"),
        ([one], "Nej.", "its own place"),
    ):
        with pytest.raises(PermissionDenied, match=says):
            actions.order_ties(
                meeting=meeting, nominations=order, reason=reason, now=story.now, by=story.chair
            )


def test_every_write_of_the_meeting_stands_in_the_journal(story):
    meeting = opened(story)
    actions.note_attendance(meeting=meeting, present=(), note="", by=story.chair)
    there = {seat.pk for seat in story.seats.values()}
    actions.note_attendance(meeting=meeting, present=there, note="", by=story.chair)
    agree(story, meeting, ESKILSTUNA, {"A1": Wish(Mark(value=Decimal(3)), "Enigt.")})
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)

    verbs = JournalEntry.objects.filter(edition_id=story.edition.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "open_meeting", "note_attendance", "note_attendance", "agree", "close_meeting",
    ]  # fmt: skip


def test_meeting_does_not_open_while_scores_are_sealed(story, english):
    with pytest.raises(PermissionDenied, match="sealed"):
        actions.open_meeting(scoring_round=story.round, now=story.now, by=story.chair)
    assert closed_round(story).state == "closed"
