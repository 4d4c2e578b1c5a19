"""What a list of contacts would do: who is invited to write for which municipality, and who is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Invitation
from awards.states import RoleKind
from nominees.models import Contact
from nominees.recognition import Gazetteer, gazetteer
from nominees.states import ContactLevel
from reports.importing import values
from reports.importing.rows import CHANGED, PROBLEM, Cells, Row, Sheet, differing, each_row

LEVELS = {
    "läser": ContactLevel.VIEWER,
    "skriver": ContactLevel.EDITOR,
    "skriver och skickar in": ContactLevel.SUBMITTER,
    "reads": ContactLevel.VIEWER,
    "writes": ContactLevel.EDITOR,
    "writes and submits": ContactLevel.SUBMITTER,
    "viewer": ContactLevel.VIEWER,
    "editor": ContactLevel.EDITOR,
    "submitter": ContactLevel.SUBMITTER,
    "läsa": ContactLevel.VIEWER,
    "skriva": ContactLevel.EDITOR,
    "skicka in": ContactLevel.SUBMITTER,
    "skickar in": ContactLevel.SUBMITTER,
}


@dataclass(frozen=True)
class ContactWanted:
    """One contact as it is to be: changed where `contact` is set, else invited."""

    email: str
    municipality: int
    level: str
    title: str
    contact: int | None = None
    was: str = ""  # the level before


@dataclass(frozen=True)
class _Known:
    contacts: Mapping[tuple[str, int], Contact]
    invited: Mapping[tuple[str, str], Invitation]
    places: Gazetteer


def plan(sheet: Sheet, edition: Edition, now: datetime) -> Iterator[Row]:
    """Each row's effect: four queries."""
    contacts = Contact.objects.in_force(now).filter(edition=edition).select_related("person")
    waiting = Invitation.objects.filter(
        edition=edition, kind=RoleKind.CONTACT, accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    known = _Known(
        {(each.person.email, each.municipality_id): each for each in contacts},
        {(each.email, each.details.get("municipality", "")): each for each in waiting},
        gazetteer(),
    )
    rows = list(each_row(sheet, lambda cells: _row(cells, sheet, known)))
    return _without_orphans(rows, known)


def _row(cells: Cells, sheet: Sheet, known: _Known) -> Row:
    municipality = cells.municipality(known.places, sheet.rings)
    email = cells.need("email", values.address)
    level = cells.take("level", values.chosen, LEVELS)
    title = cells.take("title", values.plain, 120)
    if municipality and email:
        sheet.twice(cells, (municipality.pk, email))
    if cells.problems or municipality is None or email is None:
        return cells.problem(f"{municipality.name}, {email or ''}" if municipality else "")
    contact = known.contacts.get((email, municipality.pk))
    invitation = known.invited.get((email, municipality.code))
    old_level, old_title = _standing(contact, invitation)
    wanted = ContactWanted(
        email,
        municipality.pk,
        str(level or old_level or ContactLevel.EDITOR),
        (old_title or "") if title is None else title,
        contact.pk if contact else None,
        str(old_level or ""),
    )
    changes = differing(
        {
            _("May"): (_level(old_level), _level(wanted.level)),
            _("Job title"): (old_title or None, wanted.title or None),
        }
    )
    is_new = contact is None and invitation is None
    whom = f"{municipality.name}, {email}"
    return cells.row(whom, changes, wanted, is_new=is_new, sends_letter=contact is None)


def _standing(contact: Contact | None, invitation: Invitation | None) -> tuple[str | None, str | None]:
    if contact:
        return contact.level, contact.title
    if invitation:
        return invitation.details.get("level"), invitation.details.get("title", "")
    return None, None


def _without_orphans(rows: list[Row], known: _Known) -> Iterator[Row]:
    """A row that would leave its municipality without anybody who submits is a problem."""
    submitters: dict[int, set[int]] = defaultdict(set)
    for each in known.contacts.values():
        if each.level == ContactLevel.SUBMITTER:
            submitters[each.municipality_id].add(each.pk)
    changed = [row.act for row in rows if row.status == CHANGED and row.act.contact]
    for act in changed:
        if act.level == ContactLevel.SUBMITTER:
            submitters[act.municipality].add(act.contact)
        else:
            submitters[act.municipality].discard(act.contact)
    for row in rows:
        lowers = row.status == CHANGED and row.act.contact and row.act.was == ContactLevel.SUBMITTER
        if lowers and row.act.level != ContactLevel.SUBMITTER and not submitters[row.act.municipality]:
            says = _("Somebody must be able to submit for the municipality. Invite a successor first.")
            yield replace(row, status=PROBLEM, changes=(), problems=(says,), act=None, sends_letter=False)
        else:
            yield row


def _level(level: str | None) -> str | None:
    return capfirst(str(ContactLevel(level).label)) if level else None
