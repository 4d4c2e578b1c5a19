"""The jury's seats: added, renamed, taken away, and offered to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import permissions
from awards.actions.invitations import invite
from awards.journal import record
from awards.models import Edition, Invitation, Person, Role, Seat
from awards.models.seat import SEATED
from awards.seats import SeatLine, seats_of
from awards.verdicts import no


@dataclass(frozen=True, slots=True)
class SeatWords:
    """What is written about a seat."""

    name: str
    kind: str
    organisation: str = ""
    panel: str = ""


@transaction.atomic
def add_seat(*, edition: Edition, seat: SeatWords, by: Person | None) -> Seat:
    """Put a seat at the table that nobody sits on yet."""
    permissions.may_change_set_up(by, edition).require()
    _is_free(edition, seat.name)
    added = Seat.objects.create(
        edition=edition, name=seat.name, kind=seat.kind, organisation=seat.organisation, panel=seat.panel
    )
    record("add_seat", added, by=by)
    return added


@transaction.atomic
def change_seat(*, edition: Edition, name: str, seat: SeatWords, by: Person | None) -> Seat:
    """Rename a seat, give it another organisation or panel; its holder and who is invited go along.

    Whoever sat there before keeps the name it had then. The role itself changes only while the seat is empty.
    """
    permissions.may_change_set_up(by, edition).require()
    line = _found(edition, name)
    if seat.name != name:
        _is_free(edition, seat.name)
    if seat.kind != line.kind and not line.is_empty:
        no(_("Somebody sits there or is invited, so the role stays. End that first.")).require()
    row, _new = Seat.objects.update_or_create(
        edition=edition,
        name=name,
        defaults={
            "name": seat.name,
            "kind": seat.kind,
            "organisation": seat.organisation,
            "panel": seat.panel,
        },
    )
    words = {"seat": seat.name, "organisation": seat.organisation, "panel": seat.panel}
    Role.objects.filter(edition=edition, seat=name, kind__in=SEATED, ended_at=None).update(**words)
    unused = Invitation.objects.filter(edition=edition, kind__in=SEATED, accepted_at=None, revoked_at=None)
    for invitation in unused:
        if invitation.details.get("seat") == name:
            invitation.details = {**invitation.details, **words}
            invitation.save(update_fields=["details"])
    record("change_seat", row, by=by)
    return row


@transaction.atomic
def remove_seat(*, edition: Edition, name: str, by: Person | None) -> None:
    """Take an empty seat away."""
    permissions.may_change_set_up(by, edition).require()
    if not _found(edition, name).is_empty:
        no(_("Somebody sits there or is invited. End the role or withdraw the invitation first.")).require()
    for seat in Seat.objects.filter(edition=edition, name=name):
        record("remove_seat", seat, by=by)
        seat.delete()


def offer_seat(
    *, edition: Edition, name: str, email: str, greeting: str = "", now: datetime, by: Person | None
) -> Invitation:
    """Invite somebody to an empty seat by letter."""
    permissions.may_change_set_up(by, edition).require()
    line = _found(edition, name)
    if not line.is_empty:
        no(_("Somebody sits there already, or is invited.")).require()
    details = {"seat": line.name, "organisation": line.organisation, "panel": line.panel}
    return invite(
        email=email, edition=edition, kind=line.kind, details=details, greeting=greeting, now=now, by=by
    )


def _found(edition: Edition, name: str) -> SeatLine:
    line = next((line for line in seats_of(edition) if line.name == name), None)
    if line is None:
        no(_("There is no such seat any more.")).require()
    return line


def _is_free(edition: Edition, name: str) -> None:
    """No seat has this name; nobody else takes it until the transaction ends."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    if any(line.name.casefold() == name.casefold() for line in seats_of(edition)):
        no(_("There is a seat of that name already.")).require()
