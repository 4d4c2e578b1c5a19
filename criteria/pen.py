"""Who may open the meeting, agree, settle ties and decide: one verdict a verb, for actions, pages, buttons.

The chair holds the pen; the deputy does for an entry that the chair stands aside from, and where the chair is
absent. The organiser reads, opens and closes, confirms and publishes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Person
from awards.moves import Move, find
from awards.states import EditionState, RoleKind
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria import permissions
from criteria.attendance import Table
from criteria.decided import left_with_honour
from criteria.models import ConsensusMeeting, Decision, Publication, Round, Undertaking
from criteria.states import (
    DECISION_MOVES,
    IN_HAND,
    MEETING_MOVES,
    PUBLICATION_MOVES,
    DecisionState,
    MeetingState,
    RoundState,
)

ASIDE = _("You stand aside from this entry.")
PROPOSED = _("A decision is proposed. Send it back first.")
ASIDE_FROM_ONE = _("You stand aside from one of the entries, so others decide.")


# The meeting ----------------------------------------------------------------------------------------
def may_read_consensus(user: Person, scoring_round: Round) -> Verdict:
    """Whether the person may see what was agreed: those who lead, and jurors once the scores are revealed."""
    if permissions.may_lead(user, scoring_round.edition):
        return permissions.may_see_standings(user, scoring_round)
    if not user.holds(scoring_round.edition, RoleKind.JUROR):
        return no(_("Only the jury of the edition may see this."))
    if scoring_round.state != RoundState.REVEALED:
        return no(_("Only once the scores are revealed to the jurors can you see this."))
    if Undertaking.objects.pending_for(user).filter(edition=scoring_round.edition_id).exists():
        return no(_("Accept the jury's undertaking first."))
    return YES


def may_open_meeting(
    user: Person, scoring_round: Round, meeting: ConsensusMeeting | None, decision: Decision | None
) -> Verdict:
    """Whether the meeting may open: those who lead, scoring has closed, no decision lies proposed."""
    if meeting is not None:
        return no(_("The meeting has already been opened."))
    if decision is not None and decision.state == DecisionState.PROPOSED:
        return no(PROPOSED)
    return permissions.may_see_standings(user, scoring_round)


def may_close_meeting(user: Person, meeting: ConsensusMeeting) -> Verdict:
    """Whether the meeting may close, also with entries that were not agreed on."""
    return _may_move_meeting(user, meeting, "close_meeting")


def may_reopen_meeting(user: Person, meeting: ConsensusMeeting, decision: Decision | None) -> Verdict:
    """Whether a closed meeting may go on: while no decision lies proposed."""
    if decision is not None and decision.state == DecisionState.PROPOSED:
        return no(PROPOSED)
    return _may_move_meeting(user, meeting, "reopen_meeting")


def may_keep_minutes(user: Person, meeting: ConsensusMeeting) -> Verdict:
    """Whether the person may say who is there and write the note: those who lead, while it goes on."""
    return first_refusal(permissions.may_lead(user, meeting.round.edition), _goes_on(meeting))


def may_agree(user: Person, meeting: ConsensusMeeting, nomination: int, table: Table) -> Verdict:
    """Whether the person writes down what is agreed on this entry: who holds the pen, while it goes on."""
    return first_refusal(holds_pen(user, [nomination], table), _goes_on(meeting))


def may_order_ties(
    user: Person, meeting: ConsensusMeeting, nominations: Collection[int], table: Table
) -> Verdict:
    """Whether the person may settle which of these equals goes first: who holds the pen for all of them."""
    return first_refusal(holds_pen(user, nominations, table), _goes_on(meeting))


def holds_pen(user: Person, nominations: Collection[int], table: Table) -> Verdict:
    """Whether the person holds the pen for all of these entries."""
    if table.hidden_from(user) & set(nominations):
        return no(ASIDE if len(nominations) == 1 else ASIDE_FROM_ONE)
    able = table.pen_of(nominations)
    if any(seat.person == user.pk for seat in able):
        return YES
    if not able:
        return no(_("Neither chair nor deputy can hold the pen. Let the organiser appoint somebody."))
    return no(format_lazy(_("The pen lies with {seat}."), seat=able[0].name))


def _may_move_meeting(user: Person, meeting: ConsensusMeeting, verb: str) -> Verdict:
    move = find(MEETING_MOVES, verb)
    return first_refusal(permissions.may_lead(user, meeting.round.edition), _in_source(move, meeting.state))


def _goes_on(meeting: ConsensusMeeting) -> Verdict:
    return YES if meeting.state == MeetingState.OPEN else no(_("The meeting is closed. Open it again first."))


# The decision ---------------------------------------------------------------------------------------
def may_draft_decision(
    user: Person, scoring_round: Round, latest: Decision | None, nominations: Collection[int], table: Table
) -> Verdict:
    """Whether a decision may be begun: who holds the pen for all entries, once the meeting is over."""
    return first_refusal(
        permissions.may_see_standings(user, scoring_round),
        no(_("There is a decision already. Replace it by a new one.")) if latest else YES,
        meeting_is_over(scoring_round),
        holds_pen(user, nominations, table),
    )


def may_correct_decision(
    user: Person, latest: Decision, scoring_round: Round, nominations: Collection[int], table: Table
) -> Verdict:
    """Whether the latest decision, once frozen, may be replaced by a new one that rests on this round."""
    if latest.state in IN_HAND:
        return no(_("The decision is not frozen yet. Change the draft instead."))
    return first_refusal(
        permissions.may_see_standings(user, scoring_round),
        meeting_is_over(scoring_round),
        holds_pen(user, nominations, table),
    )


def may_write_decision(
    user: Person, decision: Decision, nominations: Collection[int], table: Table
) -> Verdict:
    """Whether a draft may be changed or thrown away."""
    if decision.state != DecisionState.DRAFT:
        return no(_("Only a draft can be changed."))
    return first_refusal(permissions.may_lead(user, decision.edition), holds_pen(user, nominations, table))


def may_set_four_eyes(user: Person, edition: Edition) -> Verdict:
    """Whether the person may say if another person must confirm: the organiser."""
    return permissions.may_plan_round(user, edition)


def may_propose_decision(
    user: Person,
    decision: Decision,
    nominations: Collection[int],
    table: Table,
    lacking: Sequence[object] = (),
) -> Verdict:
    """Whether a draft may be proposed. `lacking` says in sentences what is still missing."""
    move = find(DECISION_MOVES, "propose_decision")
    return first_refusal(
        permissions.may_lead(user, decision.edition),
        _in_source(move, decision.state),
        meeting_is_over(decision.round),
        holds_pen(user, nominations, table),
        no(lacking[0]) if lacking else YES,
    )


def may_return_decision(user: Person, decision: Decision, table: Table) -> Verdict:
    """Whether a proposed decision may be sent back to be changed."""
    return _may_move_decision(user, decision, table, "return_decision")


def may_confirm_decision(user: Person, decision: Decision, table: Table) -> Verdict:
    """Whether a proposed decision may be confirmed and frozen: by another person, if four eyes are asked."""
    verdict = first_refusal(
        _may_move_decision(user, decision, table, "confirm_decision"), meeting_is_over(decision.round)
    )
    if verdict and decision.four_eyes and decision.proposed_by_id == user.pk:
        return no(_("You proposed it, so another person must confirm it."))
    return verdict


def may_announce_decision(user: Person, decision: Decision, table: Table) -> Verdict:
    """Whether a confirmed decision may be announced: the organiser says when."""
    if not (verdict := permissions.may_plan_round(user, decision.edition)):
        return verdict
    if decision.is_replaced:
        return no(_("The decision has been replaced by a new one."))
    return _may_move_decision(user, decision, table, "announce_decision")


def may_read_record(user: Person, decision: Decision, table: Table) -> Verdict:
    """Whether the person may fetch the whole record: those who lead and stand aside from nothing."""
    return first_refusal(
        permissions.may_lead(user, decision.edition),
        YES if decision.is_frozen else no(_("The record is made when the decision is confirmed.")),
        no(ASIDE_FROM_ONE) if table.hidden_from(user) else YES,
    )


# Publishing ---------------------------------------------------------------------------------------------
def may_read_publishing(user: Person, edition: Edition) -> Verdict:
    """Whether the person may see what is published and what is planned: the organiser."""
    return permissions.may_plan_round(user, edition)


def may_publish_decision(
    user: Person, decision: Decision, table: Table, latest: Decision, waiting: Publication | None = None
) -> Verdict:
    """Whether the decision may be published, now or later: confirmed, the latest, in an edition that runs."""
    return first_refusal(
        permissions.may_plan_round(user, decision.edition),
        no(_("A new decision is in hand. Confirm it, or throw the draft away."))
        if latest.state in IN_HAND
        else YES,
        no(_("The decision has been replaced by a new one.")) if latest.pk != decision.pk else YES,
        may_announce_decision(user, decision, table),
        edition_runs(decision.edition),
        nobody_honoured_left(decision),
        no(_("A publication is planned already. Stop it first.")) if waiting else YES,
    )


def may_stop_publication(user: Person, publication: Publication) -> Verdict:
    """Whether a planned publication may be stopped: by the organiser, while it waits."""
    move = find(PUBLICATION_MOVES, "stop_publication")
    return first_refusal(
        permissions.may_plan_round(user, publication.edition), _in_source(move, publication.state)
    )


def may_unpublish(user: Person, publication: Publication) -> Verdict:
    """Whether what is published may be taken back: by any organiser, for it takes no sight of entries."""
    move = find(PUBLICATION_MOVES, "unpublish")
    return first_refusal(
        permissions.may_plan_round(user, publication.edition),
        _in_source(move, publication.state),
        no(_("The edition has been archived."))
        if publication.edition.state == EditionState.ARCHIVED
        else YES,
    )


def nobody_honoured_left(decision: Decision) -> Verdict:
    """Whether every entry that the decision lets win or honours is still in."""
    if not (names := left_with_honour(decision)):
        return YES
    sentence = _(
        "{name} wins or is honoured in the decision, and has left since. Replace the decision first."
    )
    return no(format_lazy(sentence, name=", ".join(names)))


def edition_runs(edition: Edition) -> Verdict:
    """Whether anything may be published in the edition: it is running, or has been concluded."""
    if edition.state in (EditionState.RUNNING, EditionState.CONCLUDED):
        return YES
    return no(
        format_lazy(_("The edition is {state}, so nothing is published."), state=edition.get_state_display())
    )


def _may_move_decision(user: Person, decision: Decision, table: Table, verb: str) -> Verdict:
    move = find(DECISION_MOVES, verb)
    return first_refusal(
        permissions.may_lead(user, decision.edition),
        _in_source(move, decision.state),
        no(ASIDE_FROM_ONE) if table.hidden_from(user) else YES,
    )


def meeting_is_over(scoring_round: Round) -> Verdict:
    """Whether no meeting of the round is under way, so that what is decided rests on what it agreed."""
    meeting = getattr(scoring_round, "meeting", None)
    if meeting is not None and meeting.state == MeetingState.OPEN:
        return no(_("The consensus meeting is still under way. Close it first."))
    return YES


def _in_source(move: Move, state: str) -> Verdict:
    return YES if state in move.sources else no(move.says)
