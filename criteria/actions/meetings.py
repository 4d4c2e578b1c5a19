"""The consensus meeting: opened, attended, agreed on entry by entry, ties settled, closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards import journal, moves
from awards.models import Person
from awards.verdicts import no
from criteria import pen
from criteria.attendance import Table, table_of
from criteria.definitions import tree_of
from criteria.models import (
    Attendance,
    ChairsOrder,
    Consensus,
    ConsensusMeeting,
    Decision,
    Departure,
    Round,
)
from criteria.plan import plan_for
from criteria.scoring import Mark, ScoringModel
from criteria.sheets import mark_of
from criteria.states import MEETING_MOVES, SEALED, MeetingState, ScoreSource
from criteria.tally import read_marks
from nominees.models import Nomination


@dataclass(frozen=True)
class Wish:
    """What is to stand on a criterion: a mark with its reason, or no mark to take the agreement back."""

    mark: Mark | None
    reason: str = ""


@dataclass(frozen=True)
class Agreement:
    """What stands on an entry. `token` is what the next save must know: how many versions there are."""

    lines: Mapping[str, Wish]
    token: int
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgreementConflict:
    """Somebody agreed in between: nothing was written, and both are here."""

    saved: Agreement
    written: Mapping[str, Wish]


def open_meeting(*, scoring_round: Round, now: datetime, by: Person) -> ConsensusMeeting:
    """Open the round's meeting and write the journal; a second click finds it open."""
    standing = ConsensusMeeting.objects.filter(round=scoring_round).first()
    if standing is not None and standing.state == MeetingState.OPEN:
        return standing
    pen.may_open_meeting(by, scoring_round, standing).require()
    try:
        with transaction.atomic():
            _still_closed(scoring_round)
            meeting = ConsensusMeeting.objects.create(round=scoring_round, opened_at=now, opened_by=by)
            journal.record("open_meeting", meeting, by=by, edition=scoring_round.edition)
            return meeting
    except IntegrityError:
        return ConsensusMeeting.objects.get(round=scoring_round)


@transaction.atomic
def close_meeting(*, meeting: ConsensusMeeting, now: datetime, by: Person) -> ConsensusMeeting:
    """End the meeting and write the journal; its minutes are then whole."""
    pen.may_close_meeting(by, meeting).require()
    return _move("close_meeting", meeting, by, closed_at=now)


@transaction.atomic
def reopen_meeting(*, meeting: ConsensusMeeting, by: Person) -> ConsensusMeeting:
    """Take the meeting up again and write the journal; refused while a decision lies proposed."""
    decision = Decision.objects.filter(round=meeting.round).order_by("-number").first()
    pen.may_reopen_meeting(by, meeting, decision).require()
    return _move("reopen_meeting", meeting, by, closed_at=None)


@transaction.atomic
def note_attendance(
    *, meeting: ConsensusMeeting, present: Collection[int], note: str, version: int | None = None, by: Person
) -> bool:
    """Say which seats (by id) are taken and keep the chair's note, with a journal row.

    False, and nothing written, when somebody has saved another note in between (`version` is the token).
    """
    pen.may_keep_minutes(by, meeting).require()
    rows = ConsensusMeeting.objects.filter(pk=meeting.pk, state=MeetingState.OPEN)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(note=note.strip(), version=F("version") + 1):
        meeting.refresh_from_db()
        pen.may_keep_minutes(by, meeting).require()
        return False
    edition = meeting.round.edition
    seats = table_of(edition, meeting).seats
    for seat in seats:
        values = {"present": seat.role in present}
        Attendance.objects.update_or_create(meeting=meeting, seat_id=seat.role, defaults=values)
    there = sorted(seat.role for seat in seats if seat.role in present)
    journal.record("note_attendance", meeting, by=by, edition=edition, present=there)
    meeting.refresh_from_db()
    return True


@transaction.atomic
def agree(
    *,
    meeting: ConsensusMeeting,
    nomination: Nomination,
    written: Mapping[str, Wish],
    token: int | None,
    left: Collection[int] = (),
    now: datetime,
    by: Person,
) -> Agreement | AgreementConflict:
    """Append a version of every criterion that changed, with journal; individual scores stay as they are.

    `token` is the entry's number of versions as the writer knew it; a stale one with other values writes
    nothing and answers with a conflict; the same values again are no change. `left` are the seats (by id)
    that have left the room: everybody there who stands aside must have. Marks must be on the model's scales
    (ValueError) and have a reason.
    """
    table = table_of(meeting.round.edition, meeting)
    pen.may_agree(by, meeting, nomination.pk, table).require()
    if not ConsensusMeeting.objects.filter(pk=meeting.pk, state=MeetingState.OPEN).update(state=F("state")):
        meeting.refresh_from_db()
        pen.may_agree(by, meeting, nomination.pk, table).require()
    model = tree_of(meeting.round.scoring_model)
    read_marks(plan_for(model), {code: wish.mark for code, wish in written.items() if wish.mark})
    _note_departures(meeting, nomination, table, left, now)
    standing = standing_agreement(meeting, nomination.pk)
    changed = tuple(code for code, wish in written.items() if standing.lines.get(code, Wish(None)) != wish)
    if not changed:
        return standing
    if token is not None and token != standing.token:
        return AgreementConflict(standing, written)
    _require_reasons(model, written, changed)
    _append(meeting, nomination, {code: written[code] for code in changed}, now, by)
    journal.record(
        "agree", nomination, by=by, edition=meeting.round.edition, meeting=meeting.pk, criteria=list(changed)
    )
    after = standing_agreement(meeting, nomination.pk)
    return Agreement(after.lines, after.token, changed)


def standing_agreement(meeting: ConsensusMeeting, nomination: int) -> Agreement:
    """What stands on the entry now."""
    rows = list(Consensus.objects.filter(meeting=meeting, nomination=nomination))
    lines = {row.criterion: Wish(mark_of(row.value, row.blank), row.reason) for row in rows if row.is_latest}
    return Agreement({code: wish for code, wish in lines.items() if wish.mark}, len(rows))


@transaction.atomic
def order_ties(
    *, meeting: ConsensusMeeting, nominations: Sequence[int], reason: str, now: datetime, by: Person
) -> ChairsOrder:
    """Keep the chair's reasoned order of equals (ids, best first) and write the journal."""
    table = table_of(meeting.round.edition, meeting)
    pen.may_order_ties(by, meeting, nominations, table).require()
    entries, reason = list(nominations), reason.strip()
    known = Nomination.objects.filter(pk__in=entries, edition=meeting.round.edition_id).count()
    if len(entries) < 2 or known != len(set(entries)) or len(set(entries)) != len(entries):
        no(_("Give each of the equals its own place.")).require()
    if not reason:
        no(_("Write why the order is such.")).require()
    latest = ChairsOrder.objects.filter(meeting=meeting).order_by("-pk").first()
    if latest is not None and (latest.entries, latest.reason) == (entries, reason):
        return latest
    made = ChairsOrder.objects.create(meeting=meeting, entries=entries, reason=reason, at=now, by=by)
    journal.record("order_ties", made, by=by, edition=meeting.round.edition, order=entries)
    return made


def _still_closed(scoring_round: Round) -> None:
    """Refuse where the round was taken up again meanwhile; its row stays locked until all is written."""
    states = Round.objects.select_for_update().filter(pk=scoring_round.pk).values_list("state", flat=True)
    if set(states) & set(SEALED):
        no(
            _("The scores are sealed until the scoring has closed, so that nobody is led by others.")
        ).require()


def _note_departures(
    meeting: ConsensusMeeting, nomination: Nomination, table: Table, left: Collection[int], now: datetime
) -> None:
    gone = set(
        Departure.objects.filter(meeting=meeting, nomination=nomination).values_list("seat", flat=True)
    )
    for seat in table.away_from(nomination.pk):
        if seat.role in left and seat.role not in gone:
            Departure.objects.create(meeting=meeting, seat_id=seat.role, nomination=nomination, at=now)
            gone.add(seat.role)
    still = [seat.name for seat in table.to_leave(nomination.pk) if seat.role not in gone]
    if still:
        text = _("{seat} stands aside from this entry and must leave the room first.")
        no(format_lazy(text, seat=", ".join(still))).require()


def _require_reasons(model: ScoringModel, written: Mapping[str, Wish], changed: Sequence[str]) -> None:
    for code in changed:
        if written[code].mark is not None and not written[code].reason:
            title = plan_for(model).by_code[code].node.title.in_language("sv")
            no(format_lazy(_("Write why for {criterion}."), criterion=title)).require()


def _append(
    meeting: ConsensusMeeting, nomination: Nomination, wishes: Mapping[str, Wish], now: datetime, by: Person
) -> None:
    rows = Consensus.objects.filter(meeting=meeting, nomination=nomination, criterion__in=wishes)
    last = dict(rows.filter(is_latest=True).values_list("criterion", "version"))
    rows.filter(is_latest=True).update(is_latest=False)
    for code, wish in wishes.items():
        mark = wish.mark or Mark()
        Consensus.objects.create(
            meeting=meeting,
            nomination=nomination,
            criterion=code,
            version=last.get(code, 0) + 1,
            value=mark.value,
            blank=mark.blank or "",
            reason=wish.reason if wish.mark else "",
            source=ScoreSource.CONSENSUS,
            at=now,
            by=by,
        )


def _move(verb: str, meeting: ConsensusMeeting, by: Person, **changes: object) -> ConsensusMeeting:
    move = moves.find(MEETING_MOVES, verb)
    edition = meeting.round.edition
    if not moves.take(move, meeting, **changes):
        no(move.says).require()
    journal.record(verb, meeting, by=by, edition=edition)
    return meeting
