"""Who may write in a sheet, and until when: the juror whose it is, while the round takes scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.models import Person
from awards.moves import find
from awards.states import EditionState
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria.models import (
    Assignment,
    Round,
)
from criteria.permissions.roles import in_source
from criteria.states import (
    SHEET_MOVES,
    RoundState,
    SheetState,
)
from nominees.states import LEFT, NominationState

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
    return first_refusal(may_write_in(user, assignment, now), in_source(move, state), _complete(lacking))


def may_reopen_sheet(user: Person, assignment: Assignment, now: datetime) -> Verdict:
    """Whether a sheet that is done may be changed again: until the round closes."""
    move = find(SHEET_MOVES, "reopen_sheet")
    return first_refusal(may_write_in(user, assignment, now), in_source(move, _sheet_state(assignment)))


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


def _language() -> str:
    return formats.written_language(get_language())
