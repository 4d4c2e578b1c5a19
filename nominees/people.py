"""Who takes part in an edition: roles, the contacts of municipalities, and invitations under way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from awards.models import Edition, Invitation, Role, Seat
from awards.states import RoleKind
from nominees.models import Contact, Municipality

ORDER = list(RoleKind.values)


@dataclass(frozen=True)
class People:
    """Everything on the page of an edition's people."""

    roles: tuple[Role, ...]  # all but contacts, by weight
    contacts: tuple[Contact, ...]  # by municipality
    invitations: tuple[Invitation, ...]  # neither used nor withdrawn
    seats: tuple[Seat, ...]  # nobody sits there and nobody has been asked to
    absent: int  # how many of them all have never signed in

    @property
    def panels(self) -> tuple[tuple[str, tuple[Role, ...]], ...]:
        """The roles by panel, those of none first; within each by weight and seat."""
        names = sorted({role.panel for role in self.roles})
        return tuple((name, tuple(role for role in self.roles if role.panel == name)) for name in names)


def people_of(edition: Edition, now: datetime, *, only_absent: bool = False) -> People:
    """Four queries. `only_absent` leaves those who have never signed in, and unused invitations.

    Each role and contact knows its `successor`: the address of whoever has been invited to take over.
    """
    roles = Role.objects.filter(edition=edition, ended_at=None).exclude(kind=RoleKind.CONTACT)
    contacts = Contact.objects.in_force(now).filter(edition=edition)
    waiting = Invitation.objects.filter(edition=edition, accepted_at=None, revoked_at=None)
    invitations = tuple(waiting.order_by("-invited_at", "-pk"))
    by_weight = sorted(
        roles.select_related("person"), key=lambda role: (ORDER.index(role.kind), role.seat, role.pk)
    )
    by_place = contacts.select_related("person", "municipality").order_by("municipality__sort_key", "pk")
    here = _with_successors(by_weight, invitations, "succeeds_role")
    there = _with_successors(by_place, invitations, "succeeds")
    absent = [each for each in (*here, *there) if each.person.last_login is None]
    shown = [tuple(each for each in group if not only_absent or each in absent) for group in (here, there)]
    taken = {role.seat for role in here} | {each.details.get("seat") for each in invitations}
    empty = tuple(seat for seat in Seat.objects.filter(edition=edition) if seat.name not in taken)
    return People(shown[0], shown[1], invitations, empty, len(absent) + len(invitations))


def _with_successors(holders: Iterable, invitations: Iterable[Invitation], name: str) -> list:
    invited = {each.details.get(name): each.email for each in invitations}
    found = list(holders)
    for each in found:
        each.successor = invited.get(each.pk, "")
    return found


def colleagues_of(contact_edition: Edition, municipality_id: int, now: datetime) -> tuple[Contact, ...]:
    """The contacts of one municipality in an edition: one query."""
    contacts = Contact.objects.in_force(now).filter(edition=contact_edition, municipality=municipality_id)
    return tuple(contacts.select_related("person", "municipality", "edition").order_by("pk"))


def invited_to(edition: Edition, municipality: Municipality) -> tuple[Invitation, ...]:
    """The contacts invited for a municipality who have not answered, the latest first: one query."""
    waiting = Invitation.objects.filter(
        edition=edition, kind=RoleKind.CONTACT, accepted_at=None, revoked_at=None
    )
    rows = waiting.filter(details__municipality=municipality.code).order_by("-invited_at", "-pk")
    return tuple(rows.select_related("invited_by"))
