"""Who may do what at the meeting and over the decision: one readable table of verbs, people and states.

A line is: verb | who | state of meeting or decision | what else is so | yes, or the reason in English.
`chair aside`, `chair absent`: so is the chair; `nobody`: the deputy too. `one person`: no four eyes asked.
`meeting`: it goes on, since before decisions held it back.
"""

import pytest

from criteria import actions, pen
from criteria.attendance import table_of
from criteria.models import ConsensusMeeting, Decision, Round
from criteria.states import DECISION_MOVES, MEETING_MOVES
from tests.criteria.meeting import BORAS, ESKILSTUNA, closed_round, drafted, stand_aside

pytestmark = pytest.mark.django_db

TABLE = """
read_consensus     | chair     | open      | -            | yes
read_consensus     | organiser | open      | -            | yes
read_consensus     | juror1    | open      | -            | Only once the scores are revealed to the jurors can you see this.
read_consensus     | juror1    | open      | revealed     | yes
read_consensus     | observer  | open      | revealed     | Only the jury of the edition may see this.
read_consensus     | contact   | open      | revealed     | Only the jury of the edition may see this.
open_meeting       | chair     | none      | -            | yes
open_meeting       | organiser | none      | -            | yes
open_meeting       | juror1    | none      | -            | Only the chair or the organiser of the edition may do this.
open_meeting       | chair     | open      | -            | The meeting has already been opened.
open_meeting       | chair     | draft     | -            | yes
open_meeting       | chair     | proposed  | -            | A decision is proposed. Send it back first.
close_meeting      | chair     | open      | -            | yes
close_meeting      | deputy    | open      | -            | yes
close_meeting      | chair     | closed    | -            | Only a meeting under way can be closed.
close_meeting      | juror1    | open      | -            | Only the chair or the organiser of the edition may do this.
reopen_meeting     | chair     | closed    | -            | yes
reopen_meeting     | organiser | open      | -            | Only a closed meeting can be opened again.
keep_minutes       | organiser | open      | -            | yes
keep_minutes       | organiser | closed    | -            | The meeting is closed. Open it again first.
keep_minutes       | juror1    | open      | -            | Only the chair or the organiser of the edition may do this.
agree              | chair     | open      | -            | yes
agree              | chair     | closed    | -            | The meeting is closed. Open it again first.
agree              | deputy    | open      | -            | The pen lies with Ordförande.
agree              | organiser | open      | -            | The pen lies with Ordförande.
agree              | juror1    | open      | revealed     | The pen lies with Ordförande.
agree              | chair     | open      | chair aside  | You stand aside from this entry.
agree              | deputy    | open      | chair aside  | yes
agree              | deputy    | open      | chair absent | yes
agree              | organiser | open      | nobody       | Neither chair nor deputy can hold the pen. Let the organiser appoint somebody.
order_ties         | chair     | open      | -            | yes
order_ties         | chair     | open      | chair aside  | You stand aside from one of the entries, so others decide.
order_ties         | deputy    | open      | chair aside  | yes
draft_decision     | chair     | none      | -            | yes
draft_decision     | chair     | open      | -            | The consensus meeting is still under way. Close it first.
draft_decision     | chair     | closed    | -            | yes
draft_decision     | organiser | none      | -            | The pen lies with Ordförande.
draft_decision     | juror1    | none      | -            | Only the chair or the organiser of the edition may do this.
draft_decision     | deputy    | none      | chair aside  | yes
write_decision     | chair     | draft     | -            | yes
write_decision     | chair     | proposed  | -            | Only a draft can be changed.
write_decision     | chair     | confirmed | -            | Only a draft can be changed.
write_decision     | organiser | draft     | -            | The pen lies with Ordförande.
propose_decision   | chair     | draft     | -            | yes
propose_decision   | chair     | proposed  | -            | Only a draft can be proposed.
propose_decision   | chair     | draft     | meeting      | The consensus meeting is still under way. Close it first.
propose_decision   | deputy    | draft     | -            | The pen lies with Ordförande.
propose_decision   | juror1    | draft     | -            | Only the chair or the organiser of the edition may do this.
return_decision    | organiser | proposed  | -            | yes
return_decision    | chair     | draft     | -            | Only a proposed decision can be sent back.
confirm_decision   | deputy    | proposed  | -            | yes
confirm_decision   | organiser | proposed  | -            | yes
confirm_decision   | organiser | proposed  | meeting      | The consensus meeting is still under way. Close it first.
confirm_decision   | chair     | proposed  | -            | You proposed it, so another person must confirm it.
confirm_decision   | chair     | proposed  | one person   | yes
confirm_decision   | chair     | proposed  | chair aside  | You stand aside from one of the entries, so others decide.
confirm_decision   | deputy    | draft     | -            | Only a proposed decision can be confirmed.
confirm_decision   | juror1    | proposed  | -            | Only the chair or the organiser of the edition may do this.
announce_decision  | organiser | confirmed | -            | yes
announce_decision  | organiser | proposed  | -            | Only a confirmed decision can be announced, and once.
announce_decision  | chair     | confirmed | -            | Only the organiser of the edition may do this.
correct_decision   | chair     | confirmed | -            | yes
correct_decision   | chair     | draft     | -            | The decision is not frozen yet. Change the draft instead.
correct_decision   | organiser | confirmed | -            | The pen lies with Ordförande.
set_four_eyes      | organiser | draft     | -            | yes
set_four_eyes      | chair     | draft     | -            | Only the organiser of the edition may do this.
read_record        | chair     | confirmed | -            | yes
read_record        | organiser | draft     | -            | The record is made when the decision is confirmed.
read_record        | chair     | confirmed | chair aside  | You stand aside from one of the entries, so others decide.
read_record        | juror1    | confirmed | -            | Only the chair or the organiser of the edition may do this.
"""  # noqa: E501 - a table
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]
OF_MEETING = ("none", "open", "closed")


def world(story, state: str, thing: str) -> Round:
    """The closed round with its meeting or decision in this state, and what else is so."""
    scoring_round = closed_round(story)
    if state in ("open", "closed"):
        meeting = actions.open_meeting(scoring_round=scoring_round, now=story.now, by=story.chair)
        if thing in ("chair absent", "nobody"):
            absent = ("chair",) if thing == "chair absent" else ("chair", "deputy")
            there = {seat.pk for name, seat in story.seats.items() if name not in absent}
            actions.note_attendance(meeting=meeting, present=there, note="", by=story.organiser)
        if state == "closed":
            actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    if state not in OF_MEETING:
        _decision(story, state, four_eyes=thing != "one person")
    if thing == "meeting":
        ConsensusMeeting.objects.create(round=scoring_round, opened_by=story.chair)
    if thing == "chair aside":
        stand_aside(story, story.seats["chair"], ESKILSTUNA)
    if thing == "revealed":
        Round.objects.filter(pk=scoring_round.pk).update(state="revealed")
    return Round.objects.select_related("edition", "scoring_model", "meeting").get(pk=scoring_round.pk)


def _decision(story, state: str, *, four_eyes: bool) -> None:
    decision = drafted(story)
    actions.set_four_eyes(decision=decision, four_eyes=four_eyes, by=story.organiser)
    if state != "draft":
        actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    if state == "confirmed":
        actions.confirm_decision(decision=decision, now=story.now, by=story.organiser)


def verdict_of(story, verb: str, who: str, scoring_round: Round):
    person, may = story.people[who], getattr(pen, f"may_{verb}")
    meeting = ConsensusMeeting.objects.select_related("round__edition").first()
    decision = Decision.objects.select_related("edition", "round").first()
    table = table_of(scoring_round.edition, meeting)
    entries = [entry.pk for entry in story.nominations.values()]
    rest = {
        "read_consensus": (scoring_round,),
        "open_meeting": (scoring_round, meeting, decision),
        "close_meeting": (meeting,),
        "reopen_meeting": (meeting, None),
        "keep_minutes": (meeting,),
        "agree": (meeting, story.nominations[ESKILSTUNA].pk, table),
        "order_ties": (meeting, [story.nominations[code].pk for code in (ESKILSTUNA, BORAS)], table),
        "draft_decision": (scoring_round, decision, entries, table),
        "write_decision": (decision, entries, table),
        "propose_decision": (decision, entries, table),
        "correct_decision": (decision, scoring_round, entries, table),
        "set_four_eyes": (scoring_round.edition,),
    }.get(verb, (decision, table))
    return may(person, *rest)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_verdict(story, english, row):
    verb, who, state, thing, answer = row
    verdict = verdict_of(story, verb, who, world(story, state, thing))

    assert ("yes" if verdict else str(verdict.reason)) == answer


def test_every_move_is_in_the_table():
    verbs = {move.verb for move in (*MEETING_MOVES, *DECISION_MOVES)}

    # Only `unpublish` takes an announcement back: its verdicts stand in test_publishing.
    assert verbs - {row[0] for row in ROWS} == {"take_announcement_back"}


def test_meeting_stays_closed_while_a_decision_lies_proposed(story, english):
    scoring_round = world(story, "closed", "-")
    _decision(story, "proposed", four_eyes=True)
    verdict = pen.may_reopen_meeting(story.chair, scoring_round.meeting, Decision.objects.get())

    assert str(verdict.reason) == "A decision is proposed. Send it back first."
