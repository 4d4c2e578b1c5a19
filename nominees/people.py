"""Who takes part in an edition: roles, the contacts of municipalities, and invitations under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from awards.models import Edition, Invitation, Role
from awards.states import RoleKind
from nominees.models import Contact, Municipality

ORDER = list(RoleKind.values)


@dataclass(frozen=True)
class People:
    """Everything on the page of an edition's people."""

    roles: tuple[Role, ...]  # all but contacts, by weight
    contacts: tuple[Contact, ...]  # by municipality
    invitations: tuple[Invitation, ...]  # neither used nor withdrawn


def people_of(edition: Edition, now: datetime) -> People:
    """Three queries."""
    roles = Role.objects.filter(edition=edition, ended_at=None).exclude(kind=RoleKind.CONTACT)
    contacts = Contact.objects.in_force(now).filter(edition=edition)
    waiting = Invitation.objects.filter(edition=edition, accepted_at=None, revoked_at=None)
    return People(
        roles=tuple(
            sorted(
                roles.select_related("person"), key=lambda role: (ORDER.index(role.kind), role.seat, role.pk)
            )
        ),
        contacts=tuple(
            contacts.select_related("person", "municipality").order_by("municipality__sort_key", "pk")
        ),
        invitations=tuple(waiting.order_by("-invited_at", "-pk")),
    )


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
