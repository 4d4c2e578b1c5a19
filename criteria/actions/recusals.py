"""Standing aside from an entry, and coming back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Person, Role
from awards.verdicts import no
from criteria import permissions
from criteria.models import Clearance, Recusal
from criteria.states import RecusalReason
from nominees.models import Nomination

LONGEST_REASON = 300


@transaction.atomic
def recuse(
    *,
    juror: Role,
    nomination: Nomination,
    reason: str,
    note: str = "",
    now: datetime,
    by: Person,
) -> Recusal:
    """Shut the entry to this juror at once and write the journal. Scores stay, but count nowhere any more.

    A juror who stands aside already keeps the first reason.
    """
    permissions.may_recuse(by, juror, nomination.pk).require()
    if juror.edition_id != nomination.edition_id:
        no(_("The juror and the entry belong to different editions.")).require()
    recusal, is_new = Recusal.objects.get_or_create(
        juror=juror,
        nomination=nomination,
        lifted_at=None,
        defaults={"reason": RecusalReason(reason), "note": note.strip(), "at": now, "by": by},
    )
    if is_new:
        ids = {"juror": juror.pk, "nomination": nomination.pk, "reason": str(recusal.reason)}
        journal.record("recuse", recusal, by=by, edition=juror.edition, **ids)
    return recusal


@transaction.atomic
def lift_recusal(*, recusal: Recusal, reason: str, now: datetime, by: Person) -> Recusal:
    """Let the juror back to the entry, for a reason, and write the journal; the recusal stays on record.

    What the juror had told of ties until then is answered by it.
    """
    permissions.may_lift_recusal(by, recusal).require()
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        no(_("Say why.")).require()
    if not Recusal.objects.filter(pk=recusal.pk, lifted_at=None).update(lifted_at=now):
        no(_("The juror is already back.")).require()
    recusal.refresh_from_db()
    Clearance.objects.create(juror=recusal.juror, nomination=recusal.nomination, at=now, by=by)
    ids = {"juror": recusal.juror_id, "nomination": recusal.nomination_id, "reason": reason}
    journal.record("lift_recusal", recusal, by=by, edition=recusal.juror.edition, **ids)
    return recusal


@transaction.atomic
def clear_conflict(*, juror: Role, nomination: Nomination, now: datetime, by: Person) -> Clearance:
    """Keep the juror's answer that a tie is no conflict with the entry, and write the journal: it opens."""
    permissions.may_clear_conflict(by, juror).require()
    clearance = Clearance.objects.create(juror=juror, nomination=nomination, at=now, by=by)
    ids = {"juror": juror.pk, "nomination": nomination.pk}
    journal.record("clear_conflict", clearance, by=by, edition=juror.edition, **ids)
    return clearance
