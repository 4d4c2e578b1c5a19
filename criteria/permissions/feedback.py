"""Who writes, releases and answers the feedback to a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Person
from awards.moves import find
from awards.states import EditionState, RoleKind, StageKind, StageState
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria.models import (
    FeedbackReport,
    Round,
)
from criteria.permissions.roles import holds, in_source
from criteria.states import (
    FEEDBACK_MOVES,
    LEADS,
    SEALED,
    FeedbackState,
)
from nominees.models import Contact
from nominees.states import ContactLevel


def may_read_feedback(user: Person, edition: Edition) -> Verdict:
    """Whether the person may see every report before it is released: those who lead."""
    return holds(user, edition, *LEADS)


def may_edit_feedback(user: Person, scoring_round: Round, report: FeedbackReport | None) -> Verdict:
    """Whether the texts may be written: the organiser, once scoring has closed, while it is a draft."""
    return first_refusal(
        holds(user, scoring_round.edition, RoleKind.ORGANISER),
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
        holds(user, edition, *move.by), _edition_is_kept(edition), in_source(move, report.state)
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
