"""An organiser begins and stops seeing the site as somebody else: nothing is written but the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from awards import journal
from awards.models import Person, Role
from nominees import permissions
from nominees.models import Contact


def parts_of(person: Person, now: datetime) -> tuple[list[Role], set[int]]:
    """(the roles in force, the editions, archived ones too, where the person is a contact): two queries."""
    roles = list(person.roles.in_force(now).select_related("edition__fair", "edition__award"))
    contacts = Contact.objects.standing(now).filter(person=person)
    return roles, set(contacts.values_list("edition_id", flat=True))


@transaction.atomic
def start_viewing(*, seat: Role, until: datetime, now: datetime, by: Person) -> None:
    """Write in the journal that an organiser sees the site as the holder of `seat`, and until when."""
    permissions.may_view_as(by, seat, *parts_of(seat.person, now), now).require()
    told = {"kind": seat.kind, "viewed": seat.person_id, "until": until.isoformat()}
    journal.record("start_viewing", seat, by=by, edition=seat.edition, **told)


@transaction.atomic
def stop_viewing(*, seat: Role, why: str, by: Person) -> None:
    """Write in the journal that it is over: asked for, by time, at sign-out, or as a right was lost."""
    told = {"kind": seat.kind, "viewed": seat.person_id, "why": why}
    journal.record("stop_viewing", seat, by=by, edition=seat.edition, **told)
