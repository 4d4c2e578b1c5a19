"""Who writes for a municipality: invited, given more or less to do, succeeded, and never forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards.actions.invitations import invite
from awards.journal import record
from awards.models import Edition, Invitation, Person, Role
from awards.states import RoleKind
from awards.verdicts import no
from nominees import permissions
from nominees.models import Contact, Municipality
from nominees.states import ContactLevel


def invite_contact(
    *,
    email: str,
    edition: Edition,
    municipality: Municipality,
    level: str = ContactLevel.EDITOR,
    title: str = "",
    name: str = "",
    succeeds: Contact | None = None,
    greeting: str = "",
    language: str = "sv",
    now: datetime,
    by: Person | None,
) -> Invitation:
    """Invite somebody to write for a municipality; whom they succeed ends when they accept.

    A successor may do at least what the predecessor may, so that nobody leaves without a submitter behind.
    """
    if succeeds and (succeeds.edition_id, succeeds.municipality_id) != (edition.pk, municipality.pk):
        no(_("The contact belongs to another municipality.")).require()
    if succeeds:
        level = _higher(level, succeeds.level)
    details = {
        "municipality": municipality.code,
        "level": str(ContactLevel(level)),
        "title": title.strip(),
        "place": municipality.full_name,
        "organisation": municipality.full_name,
        "name": name.strip(),
    }
    if succeeds:
        details["succeeds"] = succeeds.pk
    return invite(
        email=email,
        edition=edition,
        kind=RoleKind.CONTACT,
        details=details,
        greeting=greeting,
        language=language,
        verdict=permissions.may_invite_contact(by, edition, municipality),
        now=now,
        by=by,
    )


def welcome_contact(role: Role, details: dict, now: datetime) -> None:
    """Make the contact that an accepted invitation promised, and let a predecessor go.

    Whoever is a contact already is given more to do, never less: less is said by `change_level`.
    """
    municipality = Municipality.objects.filter(code=details.get("municipality", "")).first()
    if municipality is None:
        return
    contact, is_new = Contact.objects.get_or_create(
        person=role.person,
        municipality=municipality,
        edition=role.edition,
        ended_at=None,
        defaults={"level": details["level"], "title": details.get("title", ""), "began_at": now},
    )
    if not is_new:
        Contact.objects.filter(pk=contact.pk).update(level=_higher(contact.level, details["level"]))
    record("begin_contact", contact, by=role.person, municipality=municipality.pk)
    gone = Contact.objects.in_force(now).filter(
        pk=details.get("succeeds"), municipality=municipality, edition=role.edition
    )
    for predecessor in gone.exclude(pk=contact.pk):
        _end(predecessor, now, role.person)


def _higher(*levels: str) -> str:
    order = list(ContactLevel)
    return max((ContactLevel(level) for level in levels), key=order.index)


@transaction.atomic
def change_level(*, contact: Contact, level: str, by: Person | None) -> Contact:
    """Let a contact read, write, or write and submit."""
    allowed = permissions.may_change_contact(by, contact)
    if ContactLevel(level) == ContactLevel.SUBMITTER:
        allowed = permissions.may_invite_contact(by, contact.edition, contact.municipality)
    allowed.require()
    contact.level = ContactLevel(level)
    contact.save(update_fields=["level"])
    record("change_contact", contact, by=by, level=str(contact.level))
    return contact


@transaction.atomic
def correct_contact(*, contact: Contact, level: str, title: str, by: Person | None) -> Contact:
    """What a contact may do and what they are called, as a list says; nothing where it says the same."""
    if level != contact.level:
        change_level(contact=contact, level=level, by=by)
    if title != contact.title:
        permissions.may_invite_contact(by, contact.edition, contact.municipality).require()
        contact.title = title
        contact.save(update_fields=["title"])
        record("change_contact", contact, by=by, title=True)
    return contact


@transaction.atomic
def end_contact(*, contact: Contact, now: datetime, by: Person | None) -> Contact:
    """Let a contact go: the doors shut at once, the row and all they wrote stay."""
    permissions.may_change_contact(by, contact).require()
    return _end(contact, now, by)


def _end(contact: Contact, now: datetime, by: Person | None) -> Contact:
    if not Contact.objects.filter(pk=contact.pk, ended_at=None).update(ended_at=now):
        no(_("This contact has already left.")).require()
    contact.refresh_from_db()
    still = Contact.objects.standing(now).filter(person=contact.person, edition=contact.edition)
    if not still.exists():
        Role.objects.filter(
            person=contact.person, edition=contact.edition, kind=RoleKind.CONTACT, ended_at=None
        ).update(ended_at=now)
    record("end_contact", contact, by=by, municipality=contact.municipality_id)
    return contact
