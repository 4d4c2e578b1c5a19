"""Writing feedback, marking it as reviewed, releasing it, taking it back, and the municipality's reply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from awards import journal, moves
from awards.models import Person
from awards.verdicts import no
from criteria import permissions
from criteria.feedback.drafts import jury_marks, traces_in
from criteria.feedback.figures import as_json, figures_of
from criteria.feedback.letters import tell_of_release, tell_of_reply, tell_of_withdrawal
from criteria.feedback.texts import KINDS, Words, clean
from criteria.models import FeedbackReport, Round
from criteria.standings import standings_of
from criteria.states import FEEDBACK_MOVES, FeedbackState
from nominees.models import Nomination


@transaction.atomic
def save_feedback(
    *,
    nomination: Nomination,
    scoring_round: Round,
    words: Mapping[str, Words],
    general: str,
    version: int,
    now: datetime,
    by: Person,
) -> FeedbackReport | None:
    """Keep the texts of an entry's feedback as a draft and write the journal; the first save begins it.

    None, and nothing is written, when somebody else has saved since `version` (0: nothing was there).
    """
    report = FeedbackReport.objects.filter(nomination=nomination, round=scoring_round).first()
    permissions.may_edit_feedback(by, scoring_round, report).require()
    changes = {"texts": _kept(words), "general": clean(general), "saved_at": now}
    if report is None:
        if version:
            return None
        report, is_new = FeedbackReport.objects.get_or_create(
            nomination=nomination, round=scoring_round, defaults=changes
        )
        if not is_new:
            return None
    else:
        rows = FeedbackReport.objects.filter(pk=report.pk, version=version, state=FeedbackState.DRAFT)
        if not rows.update(version=F("version") + 1, **changes):
            return None
        report.refresh_from_db()
    _journal("save_feedback", report, scoring_round, by)
    return report


@transaction.atomic
def review_feedback(*, report: FeedbackReport, now: datetime, by: Person) -> FeedbackReport:
    """Call a draft ready and write the journal; refused while a text names a juror."""
    marks = jury_marks(report.nomination.edition)
    permissions.may_review_feedback(by, report, traces_in(report, marks)).require()
    return _move("review_feedback", report, by, reviewed_at=now)


@transaction.atomic
def reopen_feedback(*, report: FeedbackReport, by: Person) -> FeedbackReport:
    """Make a reviewed report a draft again and write the journal."""
    permissions.may_reopen_feedback(by, report).require()
    return _move("reopen_feedback", report, by, reviewed_at=None)


@transaction.atomic
def release_feedback(
    *, report: FeedbackReport, version: int, reason: str = "", now: datetime, by: Person
) -> int:
    """Give the municipality its feedback: freeze the figures, write the journal, tell its contacts.

    Before the ceremony is over a reason is needed, which the journal keeps. Refused when the report is no
    longer what `version` says. Answers how many letters are on their way.
    """
    permissions.may_release_feedback(by, report, reason).require()
    still = FeedbackReport.objects.filter(pk=report.pk, version=version)
    if not still.update(version=F("version")):  # held until all is written
        raise PermissionDenied(_("The feedback has been changed since you looked. Read it again first."))
    figures = figures_of(standings_of(report.round), report.nomination_id)
    early = "" if permissions.ceremony_is_over(report.nomination.edition) else reason.strip()
    _move(
        "release_feedback",
        report,
        by,
        released_at=now,
        released_by=by,
        releases=F("releases") + 1,
        figures=as_json(figures),
        reason=early[:500],
        journalled={"reason": early} if early else {},
    )
    return tell_of_release(report, now=now)


@transaction.atomic
def withdraw_feedback(*, report: FeedbackReport, reason: str, now: datetime, by: Person) -> FeedbackReport:
    """Take released feedback back, to be corrected; with journal, and word to the municipality's contacts.

    What the municipality has received stays a public record there; the letter says so.
    """
    permissions.may_withdraw_feedback(by, report).require()
    if not reason.strip():
        no(_("Give a reason.")).require()
    _move(
        "withdraw_feedback",
        report,
        by,
        reviewed_at=None,
        figures={},
        reason=reason.strip()[:500],
        journalled={"reason": reason.strip()},
    )
    tell_of_withdrawal(report, now=now)
    return report


@transaction.atomic
def reply_to_feedback(
    *, report: FeedbackReport, text: str, to_jury: bool, version: int, now: datetime, by: Person
) -> bool:
    """Keep the municipality's reply, write the journal and tell the organisers.

    False, and nothing is written, when somebody else has replied or it was withdrawn since `version`.
    """
    permissions.may_reply_to_feedback(by, report, now).require()
    rows = FeedbackReport.objects.filter(pk=report.pk, version=version, state=FeedbackState.RELEASED)
    changed = rows.update(
        version=F("version") + 1,
        reply=clean(text),
        reply_to_jury=to_jury,
        replied_at=now,
        replied_by=by,
    )
    if not changed:
        return False
    report.refresh_from_db()
    _journal("reply_to_feedback", report, report.round, by)
    tell_of_reply(report, now=now)
    return True


def _kept(words: Mapping[str, Words]) -> dict[str, dict[str, str]]:
    """Only what says something, cleaned."""
    found = {code: {kind: clean(getattr(each, kind)) for kind in KINDS} for code, each in words.items()}
    return {code: kinds for code, kinds in found.items() if any(kinds.values())}


def _move(
    verb: str, report: FeedbackReport, by: Person, journalled: Mapping[str, str] = {}, **changes: object
) -> FeedbackReport:
    move = moves.find(FEEDBACK_MOVES, verb)
    edition = report.nomination.edition
    if not moves.take(move, report, version=F("version") + 1, **changes):
        no(move.says).require()
    journal.record(verb, report, by=by, edition=edition, nomination=report.nomination_id, **journalled)
    return report


def _journal(verb: str, report: FeedbackReport, scoring_round: Round, by: Person) -> None:
    journal.record(
        verb, report, by=by, edition=scoring_round.edition, nomination=report.nomination_id,
        version=report.version,
    )  # fmt: skip
