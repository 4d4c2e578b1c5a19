"""The decision: drafted, proposed, frozen, told later, replaced; its record can be checked by a stranger."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from awards.models import Edition, JournalEntry
from criteria import actions, triggers
from criteria.actions.decisions import Draft
from criteria.actions.rounds import follow_scoring_stage
from criteria.decided import Row, gaps
from criteria.models import ChairsOrder, Decision, DecisionRow, Round, Score
from criteria.record import recomputed
from criteria.standings import standings_of
from nominees.models import Nomination, NominationEvent
from nominees.submission_content import canonical
from tests.criteria.meeting import (
    BORAS,
    ESKILSTUNA,
    HELSINGBORG,
    KARLSTAD,
    KAVLINGE,
    VASTERAS,
    agree,
    closed_round,
    confirmed,
    drafted,
    opened,
    second_round,
    stand_aside,
    wishes,
)

pytestmark = pytest.mark.django_db


def said(decision) -> dict:
    """code -> (outcome, place)."""
    rows = decision.rows.values_list("nomination__municipality__code", "outcome", "place")
    return {code: (outcome, place) for code, outcome, place in rows}


def save(story, decision, *, version=None, no_award=False, reason="", by=None, **rows):
    """Save the draft with these rows changed: code -> Row."""
    standing = {row.nomination_id: Row.of(row) for row in decision.rows.all()}
    changed = {story.nominations[code].pk: row for code, row in rows.get("rows", {}).items()}
    draft = Draft({**standing, **changed}, no_award, reason)
    return actions.save_decision(decision=decision, draft=draft, version=version, by=by or story.chair)


def public(story) -> None:
    """Let the edition and its entries be what everybody sees, as if it were no rehearsal."""
    edition = {"is_rehearsal": False, "published_at": story.history.published_at, "key": "2027"}
    Edition.objects.filter(pk=story.edition.pk).update(**edition)
    Nomination.objects.filter(edition=story.edition).update(published_at=story.history.published_at)
    story.edition.refresh_from_db()


def test_draft_takes_its_places_from_the_standings(story):
    closed_round(story)

    assert said(drafted(story)) == {
        KAVLINGE: ("winner", 1),
        HELSINGBORG: ("ranked", 2),
        ESKILSTUNA: ("ranked", 3),
        VASTERAS: ("ranked", 4),
        KARLSTAD: ("ranked", 5),
        BORAS: ("ranked", 6),
    }


def test_draft_takes_its_places_after_the_meeting_where_it_agreed(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5))
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)

    assert said(drafted(story))[ESKILSTUNA] == ("winner", 1)


def test_draft_waits_for_the_meeting_to_close(story, english):
    opened(story)
    with pytest.raises(PermissionDenied, match="still under way"):
        drafted(story)


def test_two_clicks_make_one_draft(story):
    closed_round(story)

    assert (drafted(story).pk, Decision.objects.count()) == (drafted(story).pk, 1)


def test_stale_draft_is_not_written_over(story):
    closed_round(story)
    decision = drafted(story)
    first = save(story, decision, version=1, rows={BORAS: Row("honoured", 2, "Växer.")})
    late = save(story, decision, version=1, rows={BORAS: Row("not_nominated")})

    assert (first, late, said(decision)[BORAS]) == (True, False, ("honoured", 2))


@pytest.mark.parametrize(
    ("rows", "no_award", "says"),
    [
        ({KAVLINGE: Row("ranked", 1)}, False, "Choose a winner, or say that no award is given."),
        ({KAVLINGE: Row("winner", 1)}, False, "Write the jury's motivation for Kävlinge."),
        ({BORAS: Row("honoured")}, False, "Write the jury's motivation for Borås."),
        ({BORAS: Row("ranked")}, False, "Give Borås a place, or another outcome."),
        (
            {KAVLINGE: Row("shared_winner", 1, "Ja.")},
            False,
            "A shared win has at least two winners, and none that wins alone.",
        ),
        ({}, True, "Write why no award is given."),
    ],
)
def test_draft_with_a_gap_is_not_proposed(story, english, rows, no_award, says):
    closed_round(story)
    decision = drafted(story)
    save(story, decision, rows=rows, no_award=no_award)
    with pytest.raises(PermissionDenied) as refused:
        actions.propose_decision(decision=decision, now=story.now, by=story.chair)

    assert str(refused.value) == says


def test_shared_win_and_no_award_can_be_decided(story):
    closed_round(story)
    decision = drafted(story)
    both = {KAVLINGE: Row("shared_winner", 1, "Ett."), HELSINGBORG: Row("shared_winner", 1, "Två.")}
    save(story, decision, rows=both)
    shared = gaps(decision, list(decision.rows.all()), standings_of(decision.round))
    none = dict.fromkeys((KAVLINGE, HELSINGBORG), Row("nominated"))
    save(story, decision, rows=none, no_award=True, reason="Ingen höll måttet.")
    nobody = gaps(decision, list(decision.rows.all()), standings_of(decision.round))

    assert (shared, nobody) == ([], [])


def test_another_person_confirms_where_four_eyes_are_asked(story, english):
    closed_round(story)
    decision = drafted(story)
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    with pytest.raises(PermissionDenied, match="another person must confirm"):
        actions.confirm_decision(decision=decision, now=story.now, by=story.chair)

    assert actions.confirm_decision(decision=decision, now=story.now, by=story.deputy).state == "confirmed"


def test_same_person_confirms_where_the_organiser_allows_it(story, english):
    closed_round(story)
    decision = drafted(story)
    with pytest.raises(PermissionDenied, match="Only the organiser"):
        actions.set_four_eyes(decision=decision, four_eyes=False, by=story.chair)
    actions.set_four_eyes(decision=decision, four_eyes=False, by=story.organiser)
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)

    assert actions.confirm_decision(decision=decision, now=story.now, by=story.chair).state == "confirmed"


def test_record_has_its_sum_and_is_recomputed_to_the_same_figures(story):
    meeting = opened(story)
    agree(story, meeting, KARLSTAD, wishes(4, codes=["A1", "B2"]))
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    decision = confirmed(story)
    record = json.loads(canonical(Decision.objects.get(pk=decision.pk).record))

    assert hashlib.sha256(canonical(record)).hexdigest() == decision.sha256
    assert recomputed(record) == record["standings"]
    assert [line["entry"] for line in record["standings"]][:2] == [KAVLINGE, HELSINGBORG]
    assert (len(record["inputs"]["sheets"]), len(record["inputs"]["consensus"])) == (24, 2)
    assert sorted(record["libraries"]) == ["django", "krippendorff", "numpy", "python", "scipy"]
    assert (record["proposed"]["kind"], record["confirmed"]["kind"]) == ("chair", "organiser")


def test_record_names_seats_and_no_addresses(story):
    closed_round(story)
    record = json.dumps(confirmed(story).record)

    assert ("@" in record, "Ledamot A" in record) == (False, True)


def test_changed_score_shows_in_the_recomputed_figures(story):
    closed_round(story)
    record = confirmed(story).record
    for sheet in record["inputs"]["sheets"]:
        if sheet["entry"] == BORAS:
            sheet["marks"] = {code: {"value": "5"} for code in sheet["marks"]}

    assert recomputed(record)[0]["entry"] == BORAS


def test_frozen_decision_is_not_changed_by_any_verb(story, english):
    closed_round(story)
    decision = confirmed(story)
    with pytest.raises(PermissionDenied, match="Only a draft can be changed"):
        save(story, decision, rows={})
    with pytest.raises(PermissionDenied, match="Only a draft can be changed"):
        actions.discard_decision(decision=decision, by=story.chair)
    with pytest.raises(PermissionDenied, match="Only a proposed decision can be sent back"):
        actions.return_decision(decision=decision, by=story.chair)
    with pytest.raises(PermissionDenied):
        decision.save()


def test_frozen_decision_of_a_real_edition_is_never_deleted(story):
    closed_round(story)
    decision = confirmed(story)
    Edition.objects.filter(pk=story.edition.pk).update(is_rehearsal=False)
    with pytest.raises(PermissionDenied):
        Decision.objects.all().delete()
    with pytest.raises(PermissionDenied):
        Decision.objects.get(pk=decision.pk).delete()


@pytest.fixture
def guarded():
    """The database's own triggers, which test databases are without."""
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.mark.parametrize(
    "change",
    [
        lambda pk: Decision.objects.filter(pk=pk).update(no_award_reason="Annat."),
        lambda pk: Decision.objects.filter(pk=pk).update(record={"format": "other"}),
        lambda pk: DecisionRow.objects.filter(decision=pk).update(outcome="nominated"),
        lambda pk: DecisionRow.objects.filter(decision=pk).delete(),
        lambda pk: DecisionRow.objects.filter(decision=pk)._raw_delete("default"),  # noqa: SLF001 - past guards
    ],
    ids=["reason", "record", "row", "delete", "raw"],
)
def test_database_itself_refuses_to_change_what_is_frozen(story, guarded, change):
    closed_round(story)
    decision = confirmed(story)
    Edition.objects.filter(pk=story.edition.pk).update(is_rehearsal=False)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change(decision.pk)


def test_database_lets_drafts_live_and_a_frozen_decision_be_announced(story, guarded):
    closed_round(story)
    decision = confirmed(story)

    assert (
        actions.announce_decision(decision=decision, now=story.now, by=story.organiser).state == "announced"
    )


def test_database_lets_a_rehearsal_be_wiped(story, guarded):
    closed_round(story)
    confirmed(story)
    DecisionRow.objects.all().delete()
    Decision.objects.all().delete()

    assert Decision.objects.count() == 0


def test_constraints_hold_one_draft_and_one_sole_winner(story):
    closed_round(story)
    decision = drafted(story)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(edition=story.edition, round=decision.round, number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionRow.objects.filter(decision=decision).update(outcome="winner")


def test_nothing_is_told_before_the_decision_is_announced(story, client):
    closed_round(story)
    public(story)
    page = "/editions/2027/1261/"
    decision = confirmed(story)
    before = client.get(page).content.decode()
    told = set(NominationEvent.objects.filter(kind="won").values_list("nomination__edition", flat=True))
    actions.announce_decision(decision=decision, now=story.now, by=story.organiser)
    after = client.get(page).content.decode()

    assert told == {story.history.pk}
    assert ("lär av varandra" in before, "lär av varandra" in after) == (False, True)


def test_announcing_tells_every_outcome_with_the_decision_as_its_source(story):
    closed_round(story)
    decision = drafted(story)
    save(
        story,
        decision,
        rows={BORAS: Row("honoured", None, "För resan."), KARLSTAD: Row("not_nominated")},
    )
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    actions.confirm_decision(decision=decision, now=story.now, by=story.organiser)
    actions.announce_decision(decision=decision, now=story.now, by=story.organiser)

    events = NominationEvent.objects.exclude(source=None).filter(nomination__edition=story.edition)
    told = sorted(events.values_list("nomination__municipality__code", "kind"))
    entry = Nomination.objects.get(pk=story.nominations[BORAS].pk)
    assert told == sorted([(KAVLINGE, "won"), (BORAS, "honoured"), (KARLSTAD, "not_nominated")])
    assert (entry.motivation, decision.sha256 in entry.motivation_source.text) == ("För resan.", True)


def test_rehearsal_is_not_public_even_when_announced(story, client):
    closed_round(story)
    actions.announce_decision(decision=confirmed(story), now=story.now, by=story.organiser)

    assert client.get("/editions/rehearsal-2027/1261/").status_code == 404
    assert "lär av varandra" not in client.get("/municipalities/1261/").content.decode()


def test_only_the_organiser_announces_and_once(story, english):
    closed_round(story)
    decision = confirmed(story)
    with pytest.raises(PermissionDenied, match="Only the organiser"):
        actions.announce_decision(decision=decision, now=story.now, by=story.chair)
    actions.announce_decision(decision=decision, now=story.now, by=story.organiser)
    with pytest.raises(PermissionDenied, match="and once"):
        actions.announce_decision(decision=decision, now=story.now, by=story.organiser)

    assert NominationEvent.objects.filter(kind="won", nomination__edition=story.edition).count() == 1


def test_correction_is_a_new_decision_that_says_what_it_replaces(story):
    closed_round(story)
    first = confirmed(story)
    actions.announce_decision(decision=first, now=story.now, by=story.organiser)
    second = actions.correct_decision(
        decision=first, reason="Fel kommun stod som vinnare.", now=story.now, by=story.chair
    )
    save(story, second, rows={KAVLINGE: Row("ranked", 2), HELSINGBORG: Row("winner", 1, "För helheten.")})
    actions.propose_decision(decision=second, now=story.now, by=story.chair)
    actions.confirm_decision(decision=second, now=story.now, by=story.organiser)
    first_then = Decision.objects.get(pk=first.pk)
    actions.announce_decision(decision=second, now=story.now, by=story.organiser)

    assert (first_then.sha256, first_then.is_replaced) == (first.sha256, True)
    replaced = {"number": 1, "sha256": first.sha256, "reason": "Fel kommun stod som vinnare."}
    assert second.record["replaces"] == replaced
    won = NominationEvent.objects.filter(kind="won", nomination__edition=story.edition)
    assert list(won.values_list("nomination__municipality__code", flat=True)) == [HELSINGBORG]
    assert Nomination.objects.get(pk=story.nominations[KAVLINGE].pk).motivation == ""
    taken = JournalEntry.objects.get(verb="take_outcome_back")
    assert (taken.thing_id, taken.data["event"]) == (story.nominations[KAVLINGE].pk, "won")


def test_correction_needs_a_reason_and_a_frozen_decision(story, english):
    closed_round(story)
    decision = drafted(story)
    with pytest.raises(PermissionDenied, match="not frozen yet"):
        actions.correct_decision(decision=decision, reason="Fel.", now=story.now, by=story.chair)
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    actions.confirm_decision(decision=decision, now=story.now, by=story.organiser)
    with pytest.raises(PermissionDenied, match="Write why the decision is replaced"):
        actions.correct_decision(decision=decision, reason=" ", now=story.now, by=story.chair)


def test_deputy_decides_where_the_chair_stands_aside_from_an_entry(story, english):
    scoring_round = closed_round(story)
    stand_aside(story, story.seats["chair"], BORAS)
    with pytest.raises(PermissionDenied, match="You stand aside from one of the entries"):
        actions.draft_decision(scoring_round=scoring_round, now=story.now, by=story.chair)
    decision = actions.draft_decision(scoring_round=scoring_round, now=story.now, by=story.deputy)
    decision.rows.filter(outcome="winner").update(motivation_sv="Ja.")
    actions.propose_decision(decision=decision, now=story.now, by=story.deputy)
    with pytest.raises(PermissionDenied, match="You stand aside from one of the entries"):
        actions.confirm_decision(decision=decision, now=story.now, by=story.chair)

    assert actions.confirm_decision(decision=decision, now=story.now, by=story.organiser).state == "confirmed"


def test_decisions_are_visible_to_those_who_lead_alone(story):
    closed_round(story)
    drafted(story)
    seen = {
        who: Decision.objects.visible_to(story.people[who]).count()
        for who in (
            "chair", "deputy", "organiser", "administrator", "juror1", "observer", "contact",
            "other_organiser", "outsider",
        )
    }  # fmt: skip

    assert {who for who, count in seen.items() if count} == {"chair", "deputy", "organiser", "administrator"}


def test_chairs_order_stands_in_the_record(story):
    rows = {
        KAVLINGE: (5, 5, 5), HELSINGBORG: (4, 3, 4), ESKILSTUNA: (4, 3, 4), VASTERAS: (3, 3, 3),
        KARLSTAD: (2, 2, 2), BORAS: (1, 1, 1),
    }  # fmt: skip
    story.scoring_model.definition["tie_break"] = ["chair", "shared"]
    story.scoring_model.version = 9
    story.scoring_model.save()
    meeting = opened(story, rows)
    order = [story.nominations[code].pk for code in (ESKILSTUNA, HELSINGBORG)]
    actions.order_ties(meeting=meeting, nominations=order, reason="Bredd.", now=story.now, by=story.chair)
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    record = confirmed(story).record

    assert ChairsOrder.objects.count() == 1
    assert record["inputs"]["chairs_orders"] == [{"entries": [ESKILSTUNA, HELSINGBORG], "reason": "Bredd."}]
    assert recomputed(record) == record["standings"]
    assert record["standings"][1]["decided_by"] == ["chair"]


def test_every_move_of_the_decision_stands_in_the_journal(story):
    closed_round(story)
    decision = drafted(story)
    save(story, decision, rows={})
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    actions.return_decision(decision=decision, by=story.organiser)
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    actions.confirm_decision(decision=decision, now=story.now, by=story.organiser)
    verbs = JournalEntry.objects.filter(thing="decision").order_by("pk").values_list("verb", flat=True)

    assert list(verbs) == [
        "draft_decision", "save_decision", "propose_decision", "return_decision", "propose_decision",
        "confirm_decision",
    ]  # fmt: skip


def test_scores_that_change_afterwards_leave_the_record_alone(story):
    closed_round(story)
    decision = confirmed(story)
    Round.objects.filter(pk=story.round.pk).update(state="revealed")
    stand_aside(story, story.seats["juror1"], KAVLINGE)

    assert recomputed(Decision.objects.get(pk=decision.pk).record) == decision.record["standings"]


def test_scores_that_a_meeting_or_a_decision_rests_on_are_not_taken_up_again(story, english):
    meeting = opened(story)
    again = Round.objects.select_related("edition", "scoring_model").get(pk=story.round.pk)
    words = {"scoring_round": again, "closes_at": None, "now": story.now, "by": story.organiser}
    with pytest.raises(PermissionDenied, match="consensus meeting has been opened"):
        actions.reopen_round(**words)
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    drafted(story)
    with pytest.raises(PermissionDenied, match="A decision rests on these scores"):
        actions.reopen_round(**words)

    assert Round.objects.values_list("state", flat=True).get(pk=again.pk) == "closed"


def test_the_scoring_stage_does_not_reopen_the_round_under_a_meeting(story, english):
    opened(story)
    stage = story.edition.stages.get(kind="scoring")
    with pytest.raises(PermissionDenied, match="consensus meeting has been opened"):
        follow_scoring_stage(stage, "reopen_stage", story.organiser)

    assert Round.objects.values_list("state", flat=True).get(pk=story.round.pk) == "closed"


def test_figures_that_changed_since_the_proposal_are_not_confirmed(story, english):
    closed_round(story)
    decision = drafted(story)
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    score = Score.objects.filter(is_latest=True, value=5).first()
    Score.objects.filter(pk=score.pk).update(value=1)
    with pytest.raises(PermissionDenied, match="figures have changed since the decision was proposed"):
        actions.confirm_decision(decision=decision, now=story.now, by=story.organiser)
    actions.return_decision(decision=decision, by=story.organiser)
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)

    confirmed = actions.confirm_decision(decision=decision, now=story.now, by=story.organiser)
    assert confirmed.record["inputs_sha256"] == confirmed.proposed_inputs


def test_two_entries_cannot_win_alone(story, english):
    closed_round(story)
    decision = drafted(story)
    with pytest.raises(PermissionDenied, match="Only one entry can win alone"):
        save(story, decision, rows={BORAS: Row("winner", 1, "För resan.")})

    assert said(decision)[BORAS] == ("ranked", 6)


@pytest.mark.parametrize(
    ("rows", "gap"),
    [
        ({KAVLINGE: Row("winner", 6, "Bra.")}, ["Kävlinge has won, so the place must be 1."]),
        (
            {HELSINGBORG: Row("ranked", 1)},
            ["More than one entry has place 1, and the win is not shared between them."],
        ),
        (
            {KAVLINGE: Row("shared_winner", 1, "Bra."), HELSINGBORG: Row("shared_winner", 1, "Bra.")},
            [],
        ),
        ({KAVLINGE: Row("winner", None, "Bra.")}, []),
    ],
)
def test_winners_are_first_and_nobody_else_is(story, english, rows, gap):
    decision = drafted_with(story, rows)

    assert [
        str(each) for each in gaps(decision, list(decision.rows.all()), standings_of(decision.round))
    ] == gap


def drafted_with(story, rows) -> Decision:
    closed_round(story)
    decision = drafted(story)
    save(story, decision, rows=rows)
    return decision


def test_decision_is_not_proposed_while_the_meeting_has_been_taken_up_again(story, english):
    meeting = opened(story)
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    decision = drafted(story)
    known = decision.round.meeting.state  # as it was when the page was read
    actions.reopen_meeting(meeting=meeting, by=story.chair)
    with pytest.raises(PermissionDenied, match="still under way"):
        actions.propose_decision(decision=decision, now=story.now, by=story.chair)

    assert (known, Decision.objects.get().state) == ("closed", "draft")


def test_nothing_is_drafted_on_a_round_that_was_reopened_meanwhile(story, english):
    stale = closed_round(story)
    Round.objects.filter(pk=stale.pk).update(state="open")
    with pytest.raises(PermissionDenied, match="sealed"):
        actions.draft_decision(scoring_round=stale, now=story.now, by=story.chair)

    assert Decision.objects.count() == 0


def test_no_other_round_opens_while_a_decision_is_in_hand(story, english):
    closed_round(story)
    second = second_round(story, "planned")
    decision = drafted(story)
    with pytest.raises(PermissionDenied, match="A decision is in hand"):
        actions.open_round(scoring_round=second, now=story.now, by=story.organiser)
    actions.discard_decision(decision=decision, by=story.chair)

    assert actions.open_round(scoring_round=second, now=story.now, by=story.organiser).state == "open"


def test_a_correction_may_rest_on_a_later_round(story):
    closed_round(story)
    first = confirmed(story)
    second = second_round(story, "closed")
    Round.objects.get(pk=story.round.pk).assignments.update(round=second)
    words = {"reason": "Efter besöken.", "now": story.now, "by": story.chair}
    new = actions.correct_decision(decision=first, scoring_round=second, **words)

    assert (new.round, Decision.objects.get(pk=first.pk).round_id) == (second, story.round.pk)
