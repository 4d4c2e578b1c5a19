"""Who may do what with rounds, sheets, recusals and models: one table, read by one test."""

from datetime import timedelta

import pytest

from awards.states import EditionState
from criteria import permissions
from criteria.models import Assignment, Recusal, Round, ScoreSheet, ScoringModel
from criteria.states import MODEL_MOVES, ROUND_MOVES, SHEET_MOVES, ModelState, RoundState, SheetState
from tests.story import BORAS, ESKILSTUNA

# verb | who | the round is | the sheet or model is | yes, or the reason why not
TABLE = """
save_sheet      | juror3    | planned  | draft   | The scoring has not opened yet.
save_sheet      | juror3    | open     | draft   | yes
save_sheet      | juror3    | open     | none    | yes
save_sheet      | juror3    | open     | done    | You have marked this entry as done. Open it again to change anything.
save_sheet      | juror3    | closed   | draft   | The scoring has closed, so nothing more can be saved.
save_sheet      | juror3    | revealed | draft   | The scoring has closed, so nothing more can be saved.
save_sheet      | juror3    | paused   | draft   | The edition is paused, so nothing can be scored now.
save_sheet      | juror1    | open     | draft   | Only the juror whose sheet it is may write in it.
save_sheet      | chair     | open     | draft   | Only the juror whose sheet it is may write in it.
save_sheet      | organiser | open     | draft   | Only the juror whose sheet it is may write in it.
finish_sheet    | juror3    | open     | draft   | yes
finish_sheet    | juror3    | open     | done    | This sheet is already marked as done.
finish_sheet    | juror3    | closed   | draft   | The scoring has closed, so nothing more can be saved.
finish_sheet    | chair     | open     | draft   | Only the juror whose sheet it is may write in it.
reopen_sheet    | juror3    | open     | done    | yes
reopen_sheet    | juror3    | open     | draft   | This sheet is not marked as done.
reopen_sheet    | juror3    | closed   | done    | The scoring has closed, so nothing more can be saved.
reopen_sheet    | organiser | open     | done    | Only the juror whose sheet it is may write in it.
open_round      | organiser | planned  | -       | yes
open_round      | organiser | open     | -       | The round has already opened.
open_round      | chair     | planned  | -       | Only the organiser of the edition may do this.
open_round      | juror1    | planned  | -       | Only the organiser of the edition may do this.
close_round     | organiser | open     | -       | yes
close_round     | chair     | open     | -       | yes
close_round     | deputy    | open     | -       | yes
close_round     | chair     | closed   | -       | Only an open round can be closed.
close_round     | juror1    | open     | -       | Only the chair or the organiser of the edition may do this.
close_round     | observer  | open     | -       | Only the chair or the organiser of the edition may do this.
reopen_round    | organiser | closed   | -       | yes
reopen_round    | organiser | revealed | -       | Only a closed round that is not revealed can be reopened.
reopen_round    | chair     | closed   | -       | Only the organiser of the edition may do this.
reveal_round    | chair     | closed   | -       | yes
reveal_round    | chair     | open     | -       | Only a closed round can be revealed.
reveal_round    | other_organiser | closed | -   | Only the chair or the organiser of the edition may do this.
extend_round    | organiser | open     | -       | yes
extend_round    | organiser | closed   | -       | The scoring has closed. Reopen the round instead.
extend_round    | chair     | open     | -       | Only the organiser of the edition may do this.
assign          | organiser | planned  | -       | yes
assign          | chair     | planned  | -       | yes
assign          | juror1    | planned  | -       | Only the chair or the organiser of the edition may do this.
recuse          | juror3    | open     | -       | yes
recuse          | chair     | open     | -       | yes
recuse          | juror1    | open     | -       | Only the chair or the organiser of the edition may do this.
lift_recusal    | chair     | open     | -       | yes
lift_recusal    | juror2    | open     | -       | Only the chair or the organiser can let you back in.
lift_recusal    | juror1    | open     | -       | Only the chair or the organiser of the edition may do this.
see_progress    | chair     | open     | -       | yes
see_progress    | observer  | open     | -       | Only the chair or the organiser of the edition may do this.
see_progress    | contact   | open     | -       | Only the chair or the organiser of the edition may do this.
activate_model  | organiser | open     | draft   | yes
activate_model  | other_organiser | open | draft | yes
activate_model  | organiser | open     | active  | This version is already active.
activate_model  | chair     | open     | draft   | Only organisers look after scoring models.
retire_model    | organiser | open     | active  | yes
retire_model    | organiser | open     | draft   | Only an active version can be retired.
retire_model    | juror1    | open     | active  | Only organisers look after scoring models.
issue_undertaking  | organiser | open  | -       | yes
issue_undertaking  | chair     | open  | -       | Only the organiser of the edition may do this.
accept_undertaking | juror1    | open  | -       | yes
accept_undertaking | chair     | open  | -       | Only jurors of the edition accept its undertaking.
"""  # noqa: E501 - a table
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]
OF_ROUNDS = {
    "open_round": True,
    "close_round": False,
    "reopen_round": False,
    "reveal_round": False,
    "extend_round": False,
}


def world(story, state: str, thing: str) -> Round:
    """The story with its round, juror3's sheet of Eskilstuna and the model in these states."""
    if state == "paused":
        story.edition.state = EditionState.PAUSED
        story.edition.save()
    Round.objects.update(state=RoundState.OPEN if state == "paused" else state)
    sheet = ScoreSheet.objects.filter(pk=story.sheets["juror3", ESKILSTUNA].pk)
    if thing == "none":
        sheet.delete()
    elif thing in SheetState.values:
        sheet.update(state=thing)
    if thing == ModelState.ACTIVE or (thing == ModelState.DRAFT and state == "open"):
        ScoringModel.objects.update(state=thing)
    return Round.objects.select_related("edition", "scoring_model").get(pk=story.round.pk)


def verdict_of(story, verb: str, who: str, scoring_round: Round):
    person = story.people[who]
    may = getattr(permissions, f"may_{verb}")
    if verb.endswith("_sheet"):
        found = Assignment.objects.select_related("round__edition", "nomination", "juror", "sheet")
        return may(person, found.get(pk=story.assignments["juror3", ESKILSTUNA].pk), story.now)
    if verb in OF_ROUNDS:
        return may(person, scoring_round, *([story.now] if OF_ROUNDS[verb] else []))
    if verb.endswith("_model"):
        return may(person, scoring_round.scoring_model)
    if verb == "recuse":
        return may(person, story.seats["juror3"])
    if verb == "lift_recusal":
        return may(
            person, Recusal.objects.select_related("juror__edition").get(nomination=story.nominations[BORAS])
        )
    return may(person, scoring_round.edition)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_verdict(story, english, row):
    verb, who, state, thing, answer = row
    verdict = verdict_of(story, verb, who, world(story, state, thing))

    assert ("yes" if verdict else str(verdict.reason)) == answer


def test_every_move_is_in_the_table():
    verbs = {move.verb for move in (*MODEL_MOVES, *ROUND_MOVES, *SHEET_MOVES)}

    assert verbs - {row[0] for row in ROWS} == set()


def test_round_does_not_open_without_time_or_model(story, english):
    scoring_round = world(story, "planned", "-")
    scoring_round.closes_at = story.now
    late = permissions.may_open_round(story.organiser, scoring_round, story.now)
    scoring_round.closes_at = story.now + timedelta(days=1)
    scoring_round.scoring_model.state = ModelState.DRAFT
    unready = permissions.may_open_round(story.organiser, scoring_round, story.now)

    assert (str(late.reason), str(unready.reason)) == (
        "The closing time has already passed. Choose a later one first.",
        "The scoring model must be activated first.",
    )


def test_missing_scores_are_named_in_the_reason(story, english):
    found = Assignment.objects.select_related("round__edition", "nomination", "juror", "sheet")
    assignment = found.get(pk=story.assignments["juror3", ESKILSTUNA].pk)

    reasons = [
        str(permissions.may_finish_sheet(story.juror3, assignment, story.now, lacking).reason)
        for lacking in (["A"], ["A", "B"], ["A", "B", "C", "D"])
    ]
    assert reasons == ["A is missing.", "These are missing: A, B.", "4 are missing: A, B, C and others."]
