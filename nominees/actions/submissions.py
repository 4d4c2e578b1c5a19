"""An entry is sent in, sent in again, reopened, withdrawn; a nomination by others is accepted or declined."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from awards import formats, journal, moves
from awards.models import Person, StageExtension
from awards.verdicts import YES, Verdict, no
from nominees import permissions
from nominees.actions.contributions import tell_partners
from nominees.application import application, find_entry
from nominees.deadlines import stage_to_extend, window
from nominees.frozen import content_of
from nominees.letters import send_receipt, tell_contacts, tell_organisers
from nominees.models import Material, Nomination, NominationEvent, Submission
from nominees.states import NOMINATION_MOVES, DatePrecision, EventKind, MaterialState, NominationState
from nominees.submission_content import fingerprint

LONGEST_REASON = 500
NEEDS_TIME = _("The application has closed. Say until when the municipality may write.")


# Sending in -----------------------------------------------------------------------------------------
@transaction.atomic
def submit(
    *, nomination: Nomination, awaits_check: bool = True, now: datetime, by: Person
) -> tuple[Submission, bool]:
    """Freeze what the entry says as its next version, with event, journal and receipt by letter.

    Gives the version and whether it is new: sending in the same again (a second click) keeps the old one.
    Without `awaits_check` files that are still being checked go along as they are: whoever is to read them
    does once they have been found sound.
    The entry's row is taken first, so that two who send in at once wait for each other on every database.
    """
    move = moves.find(NOMINATION_MOVES, "submit")
    Nomination.objects.filter(pk=nomination.pk, state__in=move.sources).update(version=F("version"))
    permissions.may_submit(by, nomination, now).require()
    entry = find_entry(by, nomination.pk, now)
    gaps = [gap for gap in application(entry).gaps if awaits_check or not gap.may_wait]
    permissions.may_submit(by, entry, now, gaps).require()
    last = entry.submissions.first()
    content = content_of(entry, unchecked=() if awaits_check else _unchecked(entry))
    if last and entry.state == NominationState.SUBMITTED and last.sha256 == fingerprint(content):
        return last, False
    _take(entry, "submit", now)
    submission = _freeze(entry, content, now, by)
    _tell(entry, EventKind.SUPPLEMENTED if last else EventKind.SUBMITTED, "", now, by)
    _journal(entry, "submit", by, submission=submission.pk, number=submission.number)
    send_receipt(submission, to=by, now=now)
    tell_partners(entry, now=now)
    nomination.refresh_from_db(fields=["state", "updated_at"])
    return submission, True


def freeze_version(*, nomination: Nomination, now: datetime, by: Person) -> Submission:
    """Write the next version, within the caller's transaction; asks nobody and tells nobody."""
    return _freeze(nomination, content_of(nomination), now, by)


def _unchecked(entry: Nomination) -> list[int]:
    """The files that are being checked."""
    waiting = Material.objects.current().filter(nomination=entry, state=MaterialState.CHECKING)
    return list(waiting.values_list("pk", flat=True))


def _freeze(nomination: Nomination, content: dict, now: datetime, by: Person) -> Submission:
    last = nomination.submissions.aggregate(last=Max("number"))["last"] or 0
    return Submission.objects.create(
        nomination=nomination,
        number=last + 1,
        content=content,
        sha256=fingerprint(content),
        submitted_at=now,
        submitted_by=by,
    )


@transaction.atomic
def reopen(
    *, nomination: Nomination, reason: str, until: datetime | None = None, now: datetime, by: Person
) -> None:
    """Let the municipality write again; with event, journal and a letter to its contacts.

    When the time has passed `until` is needed: this municipality alone gets an extension of the stage.
    """
    permissions.may_reopen(by, nomination).require()
    if until is not None:
        _extend(nomination, reason, until, now, by)
    elif not window(nomination).is_open(now):
        no(NEEDS_TIME).require()
    _move("reopen", YES, nomination, reason, now=now, by=by)
    tell_contacts(nomination, "reopened", reason, until=until, now=now)


def _extend(nomination: Nomination, reason: str, until: datetime, now: datetime, by: Person) -> None:
    stage = stage_to_extend(nomination)
    if stage is None:
        no(_("The edition has no stage for applications yet.")).require()
    if until <= now:
        no(_("The new time must lie ahead.")).require()
    extension = StageExtension.objects.create(
        stage=stage,
        municipality_code=nomination.municipality.code,
        closed_before=window(nomination).closes_at,
        closes_at=until,
        reason=reason.strip()[:300],
        by=by,
    )
    journal.record(
        "extend_stage", extension, by=by, edition=nomination.edition, stage=stage.pk, nomination=nomination.pk
    )


@transaction.atomic
def withdraw(*, nomination: Nomination, reason: str, now: datetime, by: Person) -> None:
    """Take the entry back for good; with event, journal and a letter to the organisers."""
    _move("withdraw", permissions.may_withdraw(by, nomination), nomination, reason, now=now, by=by)
    tell_organisers(nomination, "withdrawn", reason, now=now)


# Nominated by others --------------------------------------------------------------------------------
@transaction.atomic
def accept_nomination(*, nomination: Nomination, now: datetime, by: Person) -> None:
    """Say yes to a nomination; with event, journal and a letter to the organisers."""
    verdict = permissions.may_answer_nomination(by, nomination, now)
    _move("accept", verdict, nomination, "", now=now, by=by)
    tell_organisers(nomination, "accepted", "", now=now)


@transaction.atomic
def decline_nomination(*, nomination: Nomination, reason: str, now: datetime, by: Person) -> None:
    """Say no, with a reason; that it was nominated stays in its events. A letter to the organisers."""
    verdict = permissions.may_decline_nomination(by, nomination, now)
    _move("decline", verdict, nomination, reason, now=now, by=by)
    tell_organisers(nomination, "declined", reason, now=now)


# The municipality's own register ----------------------------------------------------------------------
@transaction.atomic
def set_diary_number(*, nomination: Nomination, number: str, by: Person) -> None:
    """Note the municipality's own diary number, with a journal row."""
    permissions.may_set_diary_number(by, nomination).require()
    number = " ".join(number.split())[:60]
    if Nomination.objects.filter(pk=nomination.pk).exclude(diary_number=number).update(diary_number=number):
        _journal(nomination, "set_diary_number", by)
    nomination.diary_number = number


# What the moves share -------------------------------------------------------------------------------
_EVENTS = {
    "reopen": EventKind.REOPENED,
    "withdraw": EventKind.WITHDREW,
    "accept": EventKind.ACCEPTED,
    "decline": EventKind.DECLINED,
}


def _move(
    verb: str, verdict: Verdict, nomination: Nomination, reason: str, *, now: datetime, by: Person
) -> None:
    verdict.require()
    reason = reason.strip()[:LONGEST_REASON]
    if verb != "accept" and not reason:
        no(_("Say why.")).require()
    _take(nomination, verb, now)
    _tell(nomination, _EVENTS[verb], reason, now, by)
    _journal(nomination, verb, by)


def _take(nomination: Nomination, verb: str, now: datetime) -> None:
    """Move by one conditional update; refused when another was quicker."""
    move = moves.find(NOMINATION_MOVES, verb)
    rows = Nomination.objects.filter(pk=nomination.pk, state__in=move.sources)
    if not rows.update(state=move.target, updated_at=now):
        no(move.says).require()
    nomination.state, nomination.updated_at = move.target, now


def _tell(nomination: Nomination, kind: str, reason: str, now: datetime, by: Person) -> None:
    NominationEvent.objects.create(
        nomination=nomination,
        kind=kind,
        date=formats.local(now).date(),
        precision=DatePrecision.DAY,
        reason=reason,
        by=by,
        recorded_at=now,
    )


def _journal(nomination: Nomination, verb: str, by: Person, **ids: int) -> None:
    journal.record(verb, nomination, by=by, edition=nomination.edition, **ids)
