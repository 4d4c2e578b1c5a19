"""Who may plan, open, close, extend and reveal a round of scoring."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from awards import permissions as ground
from awards.models import Edition, Person
from awards.moves import find
from awards.states import RoleKind
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria.models import (
    ConsensusMeeting,
    Decision,
    Round,
    ScoringModel,
)
from criteria.permissions.roles import holds, in_source
from criteria.states import (
    IN_HAND,
    ROUND_MOVES,
    SEALED,
    ModelState,
    RoundState,
)


def may_plan_round(user: Person, edition: Edition) -> Verdict:
    """Whether the person may set up a round."""
    return holds(user, edition, RoleKind.ORGANISER)


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
    verdict = _may_move(user, scoring_round, "open_round")
    return is_ready_to_open(scoring_round, now) if verdict else verdict


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
    if not (verdict := holds(user, scoring_round.edition, RoleKind.ORGANISER)):
        return verdict
    if scoring_round.state not in SEALED:
        return no(_("The scoring has closed. Reopen the round instead."))
    return YES


def may_reveal_round(user: Person, scoring_round: Round) -> Verdict:
    """Whether the jurors may see one another's scores: the chair or the organiser says so after closing."""
    return _may_move(user, scoring_round, "reveal_round")


def _may_move(user: Person, scoring_round: Round, verb: str) -> Verdict:
    move = find(ROUND_MOVES, verb)
    return first_refusal(holds(user, scoring_round.edition, *move.by), in_source(move, scoring_round.state))
