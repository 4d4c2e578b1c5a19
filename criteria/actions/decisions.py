"""A decision from draft to frozen: proposed, confirmed, replaced by another. Telling it comes later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Person
from awards.verdicts import no
from criteria import pen, permissions
from criteria.actions.announcements import move_decision
from criteria.actions.publications import stop_waiting
from criteria.actions.rounds import hold_round
from criteria.attendance import Table, table_of
from criteria.decided import TWO_WINNERS, Row, gaps, proposal, wins_alone
from criteria.models import ConsensusMeeting, Decision, DecisionRow, Round
from criteria.record import inputs_sum, record_of
from criteria.standings import Standings, standings_of
from criteria.states import DecisionState, StopReason
from nominees.models import Nomination
from nominees.submission_content import fingerprint


@dataclass(frozen=True)
class Draft:
    """What a draft is to say: a row for each entry (by nomination id), or that no award is given."""

    rows: Mapping[int, Row]
    no_award: bool = False
    no_award_reason: str = ""


def draft_decision(*, scoring_round: Round, now: datetime, by: Person) -> Decision:
    """Begin the edition's decision with the places of the standings as a proposal; with a journal row.

    A second click finds the draft that is there.
    """
    latest = latest_decision(scoring_round)
    if latest is not None and latest.state == DecisionState.DRAFT and latest.replaces_id is None:
        return latest
    standings, table = _seen_whole(scoring_round)
    nominations = list(standings.readings.entries)
    pen.may_draft_decision(by, scoring_round, latest, nominations, table).require()
    rows = proposal(standings)
    return _create(scoring_round, rows, {"number": 1, "created_at": now}, by)


@transaction.atomic
def correct_decision(
    *, decision: Decision, scoring_round: Round | None = None, reason: str, now: datetime, by: Person
) -> Decision:
    """Begin a new decision that replaces a frozen one and says why; with a journal row.

    The frozen one stays as it is; it is replaced once the new one is confirmed. Where it waits to be
    published, it no longer does. The new one rests on `scoring_round`, or else on the same round.
    """
    scoring_round = scoring_round or decision.round
    latest = latest_decision(scoring_round)
    if latest is not None and latest.replaces_id == decision.pk and latest.state == DecisionState.DRAFT:
        return latest
    table = table_of(scoring_round.edition, _meeting(scoring_round))
    standings = standings_of(scoring_round)
    pen.may_correct_decision(by, latest, scoring_round, list(standings.readings.entries), table).require()
    if latest.pk != decision.pk:
        no(_("The decision has been replaced by a new one.")).require()
    if not reason.strip():
        no(_("Write why the decision is replaced.")).require()
    before = {row.nomination_id: Row.of(row) for row in decision.rows.all()}
    fields = {
        "number": latest.number + 1,
        "created_at": now,
        "replaces": decision,
        "replaces_reason": reason.strip(),
        "four_eyes": decision.four_eyes,
        "no_award": decision.no_award,
        "no_award_reason": decision.no_award_reason,
    }
    rows = {key: before.get(key, row) for key, row in proposal(standings).items()}
    stop_waiting(scoring_round.edition, StopReason.CORRECTED, now=now, by=by)
    return _create(scoring_round, rows, fields, by)


@transaction.atomic
def save_decision(*, decision: Decision, draft: Draft, version: int | None, by: Person) -> bool:
    """Keep what the draft says, with a journal row. False, and nothing written, when `version` is stale."""
    _pen(decision, by)
    if wins_alone(draft.rows.values()) > 1:
        no(TWO_WINNERS).require()
    rows = Decision.objects.filter(pk=decision.pk, state=DecisionState.DRAFT)
    if version is not None:
        rows = rows.filter(version=version)
    fields = {"no_award": draft.no_award, "no_award_reason": draft.no_award_reason.strip()}
    if not rows.update(version=F("version") + 1, **fields):
        decision.refresh_from_db()
        _pen(decision, by)
        return False
    DecisionRow.objects.filter(decision=decision).delete()
    _write_rows(decision, draft.rows)
    decision.refresh_from_db()
    journal.record("save_decision", decision, by=by, edition=decision.edition, version=decision.version)
    return True


@transaction.atomic
def discard_decision(*, decision: Decision, by: Person) -> None:
    """Throw a draft away; the journal says so."""
    _pen(decision, by)
    journal.record("discard_decision", decision, by=by, edition=decision.edition, number=decision.number)
    if not Decision.objects.filter(pk=decision.pk, state=DecisionState.DRAFT).delete()[0]:
        no(_("Only a draft can be changed.")).require()


@transaction.atomic
def set_four_eyes(*, decision: Decision, four_eyes: bool, by: Person) -> None:
    """Say whether another person than the proposer must confirm, with a journal row: the organiser's word."""
    pen.may_set_four_eyes(by, decision.edition).require()
    rows = Decision.objects.filter(pk=decision.pk, state=DecisionState.DRAFT)
    if rows.exclude(four_eyes=four_eyes).update(four_eyes=four_eyes):
        journal.record("set_four_eyes", decision, by=by, edition=decision.edition, four_eyes=four_eyes)
    decision.refresh_from_db()


@transaction.atomic
def propose_decision(*, decision: Decision, now: datetime, by: Person) -> Decision:
    """Put the draft forward for confirmation and write the journal; refused with what is missing."""
    decision.round = hold_round(decision.round)
    standings, table = _seen_whole(decision.round)
    nominations = list(standings.readings.entries)
    lacking = gaps(decision, list(decision.rows.all()), standings)
    pen.may_propose_decision(by, decision, nominations, table, lacking).require()
    proposed = {"proposed_at": now, "proposed_by": by, "proposed_inputs": inputs_sum(standings)}
    return move_decision("propose_decision", decision, by, **proposed)


@transaction.atomic
def return_decision(*, decision: Decision, by: Person) -> Decision:
    """Send a proposed decision back to be changed and write the journal."""
    pen.may_return_decision(by, decision, _table(decision)).require()
    nobody = {"proposed_at": None, "proposed_by": None, "proposed_inputs": None}
    return move_decision("return_decision", decision, by, **nobody)


@transaction.atomic
def confirm_decision(*, decision: Decision, now: datetime, by: Person) -> Decision:
    """Freeze the decision: the record with all its inputs is made and summed, and the journal written.

    Refused where the figures are not those that it was proposed on.
    """
    decision.round = hold_round(decision.round)
    list(Decision.objects.select_for_update().filter(pk=decision.pk))  # nobody sends it back meanwhile
    standings, table = _seen_whole(decision.round)
    pen.may_confirm_decision(by, decision, table).require()
    rows = list(decision.rows.all())
    lacking = gaps(decision, rows, standings)
    if lacking:
        no(lacking[0]).require()
    record = record_of(decision, rows, standings, table, now=now, by=by)
    if decision.proposed_inputs not in (None, record["inputs_sha256"]):
        no(_("The figures have changed since the decision was proposed. Send it back.")).require()
    frozen = {"record": record, "sha256": fingerprint(record), "confirmed_at": now, "confirmed_by": by}
    return move_decision("confirm_decision", decision, by, **frozen)


def latest_decision(scoring_round: Round) -> Decision | None:
    """The edition's decision with the highest number."""
    found = Decision.objects.filter(edition=scoring_round.edition_id).select_related("replaced_by")
    return found.order_by("-number").first()


def _create(scoring_round: Round, rows: Mapping[int, Row], fields: dict, by: Person) -> Decision:
    if not rows:
        no(_("There is no entry to decide on.")).require()
    try:
        with transaction.atomic():
            held = hold_round(scoring_round)
            permissions.may_see_standings(by, held).require()
            pen.meeting_is_over(held).require()
            decision = Decision.objects.create(
                edition=scoring_round.edition, round=scoring_round, created_by=by, **fields
            )
            _write_rows(decision, rows)
            ids = {"number": decision.number, "replaces": decision.replaces_id}
            journal.record("draft_decision", decision, by=by, edition=decision.edition, **ids)
            return decision
    except IntegrityError:
        no(_("There is a decision already. Replace it by a new one.")).require()
        raise


def _write_rows(decision: Decision, rows: Mapping[int, Row]) -> None:
    DecisionRow.objects.bulk_create(
        DecisionRow(
            decision=decision,
            nomination_id=nomination,
            outcome=row.outcome,
            place=row.place,
            motivation_sv=row.motivation_sv.strip(),
            motivation_en=row.motivation_en.strip(),
        )
        for nomination, row in rows.items()
    )


def _seen_whole(scoring_round: Round) -> tuple[Standings, Table]:
    return standings_of(scoring_round), table_of(scoring_round.edition, _meeting(scoring_round))


def _table(decision: Decision) -> Table:
    return table_of(decision.edition, _meeting(decision.round))


def _meeting(scoring_round: Round) -> ConsensusMeeting | None:
    return getattr(scoring_round, "meeting", None)


def _pen(decision: Decision, by: Person) -> None:
    nominations: Sequence[int] = list(
        Nomination.objects.filter(pk__in=decision.rows.values("nomination")).values_list("pk", flat=True)
    )
    pen.may_write_decision(by, decision, nominations, _table(decision)).require()
