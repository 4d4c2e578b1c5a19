"""Inviting everybody in a pasted list: all of them or nobody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import permissions
from awards.actions.invitations import invite
from awards.journal import record
from awards.models import Edition, Person
from awards.states import RoleKind
from awards.verdicts import no
from nominees.actions.contacts import invite_contact
from nominees.people_list import Checked, Line, checked
from nominees.states import ContactLevel


class ListMovedError(Exception):
    """What the list would do is no longer what was shown; holds what it would do now."""

    def __init__(self, now: Checked) -> None:
        super().__init__("The list has changed.")
        self.now = now


@transaction.atomic
def invite_list(
    *, edition: Edition, text: str, seen: str, greeting: str = "", now: datetime, by: Person | None
) -> int:
    """Invite everybody who is new in the list; gives how many. `seen` is the fingerprint of what was seen."""
    permissions.may_invite(by, edition).require()
    Edition.objects.select_for_update().get(pk=edition.pk)  # one list at a time
    found = checked(text, edition, now)
    if found.fingerprint != seen:
        raise ListMovedError(found)
    if not found.may_be_written:
        no(_("The list must be mended before anybody is invited.")).require()
    for line in found.new:
        _invite(line, edition, greeting, now, by)
    record("invite_list", edition, by=by, edition=edition, invited=len(found.new))
    return len(found.new)


def _invite(line: Line, edition: Edition, greeting: str, now: datetime, by: Person | None) -> None:
    if line.kind == RoleKind.CONTACT and line.municipality:
        invite_contact(
            email=line.email,
            edition=edition,
            municipality=line.municipality,
            level=ContactLevel.SUBMITTER,
            name=line.name,
            greeting=greeting,
            now=now,
            by=by,
        )
        return
    details = {"seat": line.seat, "organisation": line.place, "panel": line.panel, "name": line.name}
    invite(
        email=line.email,
        edition=edition,
        kind=line.kind,
        details=details,
        greeting=greeting,
        now=now,
        by=by,
    )
