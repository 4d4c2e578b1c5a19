"""People and the roles they hold."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import permissions
from awards.journal import record
from awards.models import Edition, Person, Role
from awards.verdicts import no


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str = "",
    language: str = "sv",
    password: str | None = None,
    is_demonstration: bool = False,
    by: Person | None,
) -> Person:
    """The person with this address, made when there is none. Callers bring the verdict that lets them in."""
    address = email.strip().lower()
    known = Person.objects.filter(email=address).first()
    if known:
        return known
    person = Person.objects.create_user(
        address, password, name=name, language=language, is_demonstration=is_demonstration
    )
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    record("create_person", person, by=by)
    return person


@transaction.atomic
def make_administrator(*, person: Person, by: Person | None) -> None:
    """Let somebody organise every edition. Only administrators and the operator may."""
    permissions.may_organise(by, None).require()
    if not person.is_superuser:
        person.is_superuser = True
        person.save(update_fields=["is_superuser"])
        record("make_administrator", person, by=by)


@transaction.atomic
def appoint(
    *,
    person: Person,
    edition: Edition,
    kind: str,
    seat: str = "",
    organisation: str = "",
    panel: str = "",
    now: datetime,
    by: Person | None,
) -> Role:
    """Give `person` a role in `edition`; the same role twice is one role."""
    permissions.may_appoint(by, edition).require()
    return take_seat(
        person=person,
        edition=edition,
        kind=kind,
        seat=seat,
        organisation=organisation,
        panel=panel,
        now=now,
        by=by,
    )


@transaction.atomic
def take_seat(
    *,
    person: Person,
    edition: Edition,
    kind: str,
    seat: str = "",
    organisation: str = "",
    panel: str = "",
    now: datetime,
    by: Person | None,
) -> Role:
    """The role itself, journalled. An accepted invitation comes straight here: it is its own verdict."""
    role, is_new = Role.objects.get_or_create(
        edition=edition,
        person=person,
        kind=kind,
        ended_at=None,
        defaults={"seat": seat, "organisation": organisation, "panel": panel, "began_at": now},
    )
    if is_new:
        record("appoint", role, by=by, person=person.pk, kind=kind)
        person.__dict__.pop("roles_held", None)
    return role


@transaction.atomic
def correct_seat(*, role: Role, seat: str, organisation: str, panel: str, by: Person | None) -> Role:
    """Say anew which seat, organisation and panel a role stands for; its holder stays."""
    permissions.may_appoint(by, role.edition).require()
    if not Role.objects.filter(pk=role.pk, ended_at=None).update(
        seat=seat, organisation=organisation, panel=panel
    ):
        no(_("This role has already ended.")).require()
    role.refresh_from_db()
    record("correct_seat", role, by=by, person=role.person_id, kind=role.kind)
    return role


@transaction.atomic
def end_role(*, role: Role, now: datetime, by: Person | None) -> Role:
    """End a role; the row stays, so that who sat where is never forgotten."""
    permissions.may_end_role(by, role).require()
    changed = Role.objects.filter(pk=role.pk, ended_at=None).update(ended_at=now)
    if not changed:
        no(_("This role has already ended.")).require()
    role.refresh_from_db()
    record("end_role", role, by=by, person=role.person_id, kind=role.kind)
    return role
