"""Who may score, run rounds, stand aside and look: one verdict a verb, for actions, pages and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards import permissions as ground
from awards.models import Edition, Person, Role
from awards.moves import Move, find
from awards.states import EditionState, RoleKind, StageKind, StageState
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria.models import (
    Assignment,
    ConsensusMeeting,
    Decision,
    FeedbackReport,
    Recusal,
    Round,
    ScoringModel,
)
from criteria.readings import hidden_from
from criteria.states import (
    FEEDBACK_MOVES,
    IN_HAND,
    LEADS,
    MODEL_MOVES,
    ROUND_MOVES,
    SEALED,
    SHEET_MOVES,
    FeedbackState,
    ModelState,
    RoundState,
    SheetState,
)
from nominees.models import Contact
from nominees.states import LEFT, ContactLevel, NominationState

GONE = {
    NominationState.WITHDRAWN: _("The entry has been withdrawn."),
    NominationState.DECLINED: _("The municipality has declined the nomination."),
}
STOPPED = {
    EditionState.PAUSED: _("The edition is paused, so nothing can be scored now."),
    EditionState.POSTPONED: _("The edition is postponed, so nothing can be scored now."),
    EditionState.CANCELLED: _("The edition is cancelled, so nothing more can be scored."),
    EditionState.CONCLUDED: _("The edition is concluded, so nothing more can be scored."),
    EditionState.ARCHIVED: _("The edition is archived, so nothing more can be scored."),
}


# The juror's own sheet ------------------------------------------------------------------------------
def may_write_in(user: Person, assignment: Assignment, now: datetime) -> Verdict:
    """Whether the juror may write at all: the own sheet, an entry that is still in, an open round."""
    return first_refusal(_is_own(user, assignment), _entry_is_in(assignment), is_open(assignment.round, now))


def may_save_sheet(user: Person, assignment: Assignment, now: datetime) -> Verdict:
    """Whether scores and texts may be saved: as `may_write_in`, and the sheet is not marked as done."""
    return first_refusal(may_write_in(user, assignment, now), _is_not_done(assignment))


def may_finish_sheet(
    user: Person, assignment: Assignment, now: datetime, lacking: Sequence[object] = ()
) -> Verdict:
    """Whether the juror may say "I am done". `lacking` names what is still missing, in words."""
    move = find(SHEET_MOVES, "finish_sheet")
    state = _sheet_state(assignment) or SheetState.DRAFT
    return first_refusal(may_write_in(user, assignment, now), _in_source(move, state), _complete(lacking))


def may_reopen_sheet(user: Person, assignment: Assignment, now: datetime) -> Verdict:
    """Whether a sheet that is done may be changed again: until the round closes."""
    move = find(SHEET_MOVES, "reopen_sheet")
    return first_refusal(may_write_in(user, assignment, now), _in_source(move, _sheet_state(assignment)))


def is_open(scoring_round: Round, now: datetime) -> Verdict:
    """Whether the round takes scores at this instant: its state, its clock and its edition say so."""
    edition_state = scoring_round.edition.state
    if edition_state in STOPPED:
        return no(STOPPED[edition_state])
    if scoring_round.state == RoundState.PLANNED:
        return no(_("The scoring has not opened yet."))
    if scoring_round.state != RoundState.OPEN:
        return no(_("The scoring has closed, so nothing more can be saved."))
    if scoring_round.closes_at and scoring_round.closes_at <= now:
        return no(
            format_lazy(
                _("The scoring closed {at}, so nothing more can be saved."),
                at=formats.deadline(scoring_round.closes_at, _language(), now=now),
            )
        )
    return YES


def _is_own(user: Person, assignment: Assignment) -> Verdict:
    if assignment.juror.person_id == user.pk:
        return YES
    return no(_("Only the juror whose sheet it is may write in it."))


def _entry_is_in(assignment: Assignment) -> Verdict:
    return no(GONE[assignment.nomination.state]) if assignment.nomination.state in LEFT else YES


def _is_not_done(assignment: Assignment) -> Verdict:
    if _sheet_state(assignment) == SheetState.DONE:
        return no(_("You have marked this entry as done. Open it again to change anything."))
    return YES


def _sheet_state(assignment: Assignment) -> str | None:
    sheet = getattr(assignment, "sheet", None)
    return sheet.state if sheet else None


def _complete(lacking: Sequence[object]) -> Verdict:
    if not lacking:
        return YES
    if len(lacking) == 1:
        return no(format_lazy(_("{what} is missing."), what=lacking[0]))
    first = ", ".join(str(each) for each in lacking[:3])
    if len(lacking) <= 3:
        return no(format_lazy(_("These are missing: {what}."), what=first))
    return no(format_lazy(_("{count} are missing: {what} and others."), count=len(lacking), what=first))


# Rounds, assignments, standing aside ----------------------------------------------------------------
def may_plan_round(user: Person, edition: Edition) -> Verdict:
    """Whether the person may set up a round."""
    return _holds(user, edition, RoleKind.ORGANISER)


def may_set_up_round(user: Person, edition: Edition, model: ScoringModel) -> Verdict:
    """Whether a round scored by this model may be planned: the organiser, until the edition ends.

    A model that has been put away may come with a copied edition; the round opens only with one in use.
    """
    if model.state == ModelState.DRAFT:
        return no(_("The scoring model must be activated first."))
    return first_refusal(may_plan_round(user, edition), ground.may_change_set_up(user, edition))


def may_change_round_model(user: Person, scoring_round: Round) -> Verdict:
    """Whether the round may be scored by another model: the organiser, before it opens for the first time."""
    if scoring_round.state != RoundState.PLANNED:
        return no(_("The scoring has been opened, so the model stays."))
    return ground.may_change_set_up(user, scoring_round.edition)


def may_open_round(user: Person, scoring_round: Round, now: datetime) -> Verdict:
    """Whether the round may open: the organiser, with an active scoring model and time left to score."""
    return first_refusal(_may_move(user, scoring_round, "open_round"), is_ready_to_open(scoring_round, now))


def is_ready_to_open(scoring_round: Round, now: datetime) -> Verdict:
    """Whether nothing keeps the scoring from beginning, be it by somebody's hand or by the clock.

    While a decision is in hand no other round opens: the decision rests on the figures of its own.
    """
    if scoring_round.scoring_model.state != ModelState.ACTIVE:
        return no(_("The scoring model must be activated first."))
    if scoring_round.closes_at and scoring_round.closes_at <= now:
        return no(_("The closing time has already passed. Choose a later one first."))
    if Decision.objects.filter(edition=scoring_round.edition_id, state__in=IN_HAND).exists():
        return no(_("A decision is in hand. Confirm it first, or throw the draft away."))
    return YES


def may_close_round(user: Person, scoring_round: Round) -> Verdict:
    """Whether the round may close: the chair or the organiser, also with sheets missing."""
    return _may_move(user, scoring_round, "close_round")


def may_reopen_round(user: Person, scoring_round: Round) -> Verdict:
    """Whether a closed round may take scores again: the organiser, before the reveal and the meeting."""
    verdict = _may_move(user, scoring_round, "reopen_round")
    return nothing_rests_on(scoring_round) if verdict else verdict


def nothing_rests_on(scoring_round: Round) -> Verdict:
    """Whether the round's scores may still change: no meeting has been opened, and no decision begun."""
    if Decision.objects.filter(round=scoring_round).exists():
        return no(_("A decision rests on these scores, so the scoring cannot be taken up again."))
    if ConsensusMeeting.objects.filter(round=scoring_round).exists():
        return no(_("The consensus meeting has been opened, so the scoring cannot be taken up again."))
    return YES


def may_extend_round(user: Person, scoring_round: Round) -> Verdict:
    """Whether the closing time may move: the organiser, before the round has closed."""
    if not (verdict := _holds(user, scoring_round.edition, RoleKind.ORGANISER)):
        return verdict
    if scoring_round.state not in SEALED:
        return no(_("The scoring has closed. Reopen the round instead."))
    return YES


def may_reveal_round(user: Person, scoring_round: Round) -> Verdict:
    """Whether the jurors may see one another's scores: the chair or the organiser says so after closing."""
    return _may_move(user, scoring_round, "reveal_round")


def may_assign(user: Person, edition: Edition, nomination: int | None = None) -> Verdict:
    """Whether the person may give jurors entries to read; `nomination` only where they do not stand aside."""
    verdict = _holds(user, edition, *LEADS)
    if verdict and nomination is not None and nomination in hidden_from(user, edition):
        return no(_("You stand aside from this entry."))
    return verdict


def may_recuse(user: Person, juror: Role, nomination: int | None = None) -> Verdict:
    """Whether somebody may let this juror stand aside: the juror, the chair or the organiser.

    `nomination`: the two latter only where they do not stand aside themselves.
    """
    if juror.person_id == user.pk:
        return YES
    return may_assign(user, juror.edition, nomination)


def may_clear_conflict(user: Person, juror: Role) -> Verdict:
    """Whether somebody may answer that a tie is no conflict: only the juror whose tie it is."""
    if juror.person_id == user.pk:
        return YES
    return no(_("Only the juror whose tie it is answers for it."))


def may_lift_recusal(user: Person, recusal: Recusal) -> Verdict:
    """Whether a juror who stood aside may come back: the chair or the organiser decides, never the juror."""
    if recusal.juror.person_id == user.pk:
        return no(_("Only the chair or the organiser can let you back in."))
    if recusal.lifted_at is not None:
        return no(_("The juror is already back."))
    return may_assign(user, recusal.juror.edition, recusal.nomination_id)


def may_see_progress(user: Person, edition: Edition) -> Verdict:
    """Whether the person may see how far each juror has come; never what they gave."""
    return _holds(user, edition, *LEADS)


def may_remind(user: Person, scoring_round: Round, now: datetime) -> Verdict:
    """Whether jurors who are behind may be reminded: by those who lead, while the round takes scores."""
    return first_refusal(_holds(user, scoring_round.edition, *LEADS), is_open(scoring_round, now))


def may_lead(user: Person, edition: Edition) -> Verdict:
    """Whether the person leads the edition's jury work: organiser, chair or deputy."""
    return _holds(user, edition, *LEADS)


def may_see_standings(user: Person, scoring_round: Round) -> Verdict:
    """Whether the person may see values and places: those who lead, once individual scoring has closed."""
    if not (verdict := _holds(user, scoring_round.edition, *LEADS)):
        return verdict
    if scoring_round.state in SEALED:
        return no(_("The scores are sealed until the scoring has closed, so that nobody is led by others."))
    return YES


# What a juror undertakes ----------------------------------------------------------------------------
def may_issue_undertaking(user: Person, edition: Edition) -> Verdict:
    """Whether the person may write the text that jurors accept before they read."""
    return _holds(user, edition, RoleKind.ORGANISER)


def may_accept_undertaking(user: Person, edition: Edition) -> Verdict:
    """Whether the person is to accept it: the jurors of the edition."""
    if user.holds(edition, RoleKind.JUROR):
        return YES
    return no(_("Only jurors of the edition accept its undertaking."))


# Scoring models -------------------------------------------------------------------------------------
def may_manage_models(user: Person) -> Verdict:
    """Whether the person may bring in, activate and retire scoring models: organisers of any edition."""
    if user.is_superuser or any(role.kind == RoleKind.ORGANISER for role in user.roles_held):
        return YES
    return no(_("Only organisers look after scoring models."))


def may_activate_model(user: Person, model: ScoringModel) -> Verdict:
    """Whether a draft may become the version that rounds use."""
    return first_refusal(
        may_manage_models(user), _in_source(find(MODEL_MOVES, "activate_model"), model.state)
    )


def may_retire_model(user: Person, model: ScoringModel) -> Verdict:
    """Whether an active version may be put away; rounds that use it keep it."""
    return first_refusal(may_manage_models(user), _in_source(find(MODEL_MOVES, "retire_model"), model.state))


# Feedback to the municipalities ---------------------------------------------------------------------
def may_read_feedback(user: Person, edition: Edition) -> Verdict:
    """Whether the person may see every report before it is released: those who lead."""
    return _holds(user, edition, *LEADS)


def may_edit_feedback(user: Person, scoring_round: Round, report: FeedbackReport | None) -> Verdict:
    """Whether the texts may be written: the organiser, once scoring has closed, while it is a draft."""
    return first_refusal(
        _holds(user, scoring_round.edition, RoleKind.ORGANISER),
        _scores_are_open(scoring_round),
        _edition_is_kept(scoring_round.edition),
        _is_draft(report),
    )


def may_review_feedback(user: Person, report: FeedbackReport, traces: Sequence[str] = ()) -> Verdict:
    """Whether a draft may be called ready: it says something, and nothing in it (`traces`) names a juror."""
    if not (verdict := _may_turn(user, report, "review_feedback")):
        return verdict
    if not report.texts and not report.general:
        return no(_("There is nothing in the feedback yet."))
    if traces:
        what = ", ".join(traces)
        sentence = _("The text names a juror: {what}. Write it in another way first.")
        return no(format_lazy(sentence, what=what))
    return YES


def may_reopen_feedback(user: Person, report: FeedbackReport) -> Verdict:
    """Whether reviewed feedback may be edited again: the organiser, before the release."""
    return _may_turn(user, report, "reopen_feedback")


def may_release_feedback(user: Person, report: FeedbackReport, reason: str = "") -> Verdict:
    """Whether the municipality may get it: reviewed, and the ceremony over, or a reason why not to wait."""
    if not (verdict := _may_turn(user, report, "release_feedback")):
        return verdict
    return YES if reason.strip() else ceremony_is_over(report.nomination.edition)


def may_withdraw_feedback(user: Person, report: FeedbackReport) -> Verdict:
    """Whether released feedback may be taken back, to be corrected: the organiser, with a reason."""
    return _may_turn(user, report, "withdraw_feedback")


def may_reply_to_feedback(user: Person, report: FeedbackReport, now: datetime) -> Verdict:
    """Whether the person may answer for the municipality: one who writes for it, to what was released."""
    if report.state != FeedbackState.RELEASED:
        return no(_("The feedback has not been released."))
    writes = Contact.objects.in_force(now).filter(
        person=user,
        municipality=report.nomination.municipality_id,
        level__in=[ContactLevel.EDITOR, ContactLevel.SUBMITTER],
    )
    if not writes.exists():
        return no(_("Only those who write for the municipality may reply."))
    return YES


def ceremony_is_over(edition: Edition) -> Verdict:
    """Whether the ceremony lies behind: its stage has closed, or the edition has been concluded."""
    stages = edition.stages.all()
    closed = any(each.kind == StageKind.CEREMONY and each.state == StageState.CLOSED for each in stages)
    if closed or edition.state == EditionState.CONCLUDED:
        return YES
    return no(_("The ceremony is not over. Feedback is released after it, or before it for a stated reason."))


def _may_turn(user: Person, report: FeedbackReport, verb: str) -> Verdict:
    move = find(FEEDBACK_MOVES, verb)
    edition = report.nomination.edition
    return first_refusal(
        _holds(user, edition, *move.by), _edition_is_kept(edition), _in_source(move, report.state)
    )


def _scores_are_open(scoring_round: Round) -> Verdict:
    if scoring_round.state in SEALED:
        return no(_("The jurors' texts can be read once the scoring has closed."))
    return YES


def _edition_is_kept(edition: Edition) -> Verdict:
    if edition.state == EditionState.ARCHIVED:
        return no(_("The edition is archived, so its feedback stays as it is."))
    return YES


def _is_draft(report: FeedbackReport | None) -> Verdict:
    if report is None or report.state == FeedbackState.DRAFT:
        return YES
    if report.state == FeedbackState.RELEASED:
        return no(_("The feedback has been released. Withdraw it first, with a reason."))
    return no(_("The feedback has been marked as reviewed. Open it again to change anything."))


# What the verdicts share ----------------------------------------------------------------------------
def _may_move(user: Person, scoring_round: Round, verb: str) -> Verdict:
    move = find(ROUND_MOVES, verb)
    return first_refusal(_holds(user, scoring_round.edition, *move.by), _in_source(move, scoring_round.state))


def _holds(user: Person, edition: Edition, *kinds: str) -> Verdict:
    if user.holds(edition, *kinds):
        return YES
    if RoleKind.CHAIR in kinds:
        return no(_("Only the chair or the organiser of the edition may do this."))
    return no(_("Only the organiser of the edition may do this."))


def _in_source(move: Move, state: str | None) -> Verdict:
    return YES if state in move.sources else no(move.says)


def _language() -> str:
    return formats.written_language(get_language())
