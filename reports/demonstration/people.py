"""The demonstration's accounts and what they are in each rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from awards.actions.people import create_person, take_seat
from awards.models import Edition, Person, Role
from awards.states import RoleKind
from nominees.models import Contact, Municipality
from nominees.states import ContactLevel
from reports.demonstration.script import CODES, JURORS, PASSWORD, SEATS, address, texts


@dataclass(frozen=True)
class Cast:
    """Everybody, and the seats they have taken in one rehearsal."""

    people: dict[str, Person]  # by the name before the @
    seats: dict[str, Role]  # the jurors', the chair's and the deputy's, by the same name

    @property
    def organiser(self) -> Person:
        """Who sets everything up."""
        return self.people["organiser"]


def accounts() -> dict[str, Person]:
    """All accounts, made where they are missing, each with the public password (hashed once: it is slow)."""
    names = ["organiser", "chair", "deputy", *JURORS, *(f"contact-{code}" for code in CODES), "outsider"]
    people = {
        name: create_person(email=address(name), name=_called(name), is_demonstration=True, by=None)
        for name in names
    }
    fresh = [person for person in people.values() if not person.has_usable_password()]
    if fresh:
        hashed = make_password(PASSWORD)
        for person in fresh:
            person.password = hashed
        Person.objects.bulk_update(fresh, ["password"])
    return people


def seat(edition: Edition, people: dict[str, Person], now: datetime) -> Cast:
    """Give everybody but the outsider a role in this rehearsal."""
    take_seat(person=people["organiser"], edition=edition, kind=RoleKind.ORGANISER, now=now, by=None)
    by = people["organiser"]
    leads = (("chair", RoleKind.CHAIR, "Ordförande"), ("deputy", RoleKind.DEPUTY, "Vice ordförande"))
    seats = {
        name: take_seat(
            person=people[name],
            edition=edition,
            kind=kind,
            seat=seat,
            organisation=texts()[f"{name}_organisation"],
            panel="Jury",
            now=now,
            by=by,
        )
        for name, kind, seat in leads
    }
    for name, organisation in zip(JURORS, texts()["organisations"], strict=True):
        seats[name] = take_seat(
            person=people[name],
            edition=edition,
            kind=RoleKind.JUROR,
            seat=f"Ledamot {SEATS[name]}",
            organisation=organisation,
            panel="Jury",
            now=now,
            by=by,
        )
    for municipality in Municipality.objects.filter(code__in=CODES):
        _let_write(edition, people[f"contact-{municipality.code}"], municipality, now, by)
    return Cast(people, seats)


def _let_write(
    edition: Edition, person: Person, municipality: Municipality, now: datetime, by: Person
) -> None:
    take_seat(
        person=person,
        edition=edition,
        kind=RoleKind.CONTACT,
        organisation=municipality.full_name,
        now=now,
        by=by,
    )
    Contact.objects.get_or_create(
        person=person,
        municipality=municipality,
        edition=edition,
        ended_at=None,
        defaults={"level": ContactLevel.SUBMITTER, "title": "Strateg (övning)", "began_at": now},
    )


def _called(name: str) -> str:
    """What the site calls an account: a part, never a person's name."""
    if name in SEATS:
        return f"Ledamot {SEATS[name]}"
    if name.startswith("contact-"):
        return f"Kontakt {name.removeprefix('contact-')}"
    parts = {"organiser": "Arrangör", "chair": "Ordförande", "deputy": "Vice ordförande"}
    return parts.get(name, "Utomstående")
