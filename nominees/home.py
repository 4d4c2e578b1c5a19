"""My municipality: every entry one writes for, what is missing, until when, and the years behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Subquery

from awards.models import Edition, Person
from awards.states import EntryMode, RoleKind, StageState
from awards.verdicts import Verdict
from nominees import afterwards, permissions
from nominees.application import Application, applications, with_surroundings
from nominees.deadlines import WRITING_STAGES, Window, window
from nominees.models import Contact, Municipality, Nomination
from nominees.parts import Gap, part_url
from nominees.section_page import Year, public_years
from nominees.states import NominationState, Route


@dataclass(frozen=True)
class Line:
    """One entry of one's municipality."""

    entry: Nomination
    application: Application
    window: Window
    may_write: Verdict

    @property
    def deadline(self) -> datetime | None:
        """When the door closes, while it stands open."""
        return self.window.closes_at if self.window.has_begun else None

    @property
    def is_open(self) -> bool:
        """Whether there is something to write now."""
        return bool(self.may_write)

    @property
    def is_submitted(self) -> bool:
        """Whether a version has been sent in and nothing asks for another."""
        return self.entry.state == NominationState.SUBMITTED

    @property
    def has_left(self) -> bool:
        """Whether it was withdrawn or declined, or belongs to the history."""
        return self.entry.state in permissions.GONE

    @property
    def needs_answer(self) -> bool:
        """Whether others nominated it and nobody has answered."""
        return self.entry.route != Route.APPLICATION and self.entry.state == NominationState.DRAFT

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing."""
        return self.application.gaps

    @property
    def url(self) -> str:
        """Where to go on writing."""
        part = self.application.next_part
        return part.url if part else part_url(self.entry.pk, "submit")

    @property
    def questions_url(self) -> str:
        """Where the jury's questions are answered."""
        return part_url(self.entry.pk, "questions")


@dataclass(frozen=True)
class Opening:
    """An edition where the municipality could apply and has not."""

    edition: Edition
    municipality: Municipality
    closes_at: datetime | None
    may_start: Verdict


@dataclass(frozen=True)
class Home:
    """The lines that can be written first."""

    lines: tuple[Line, ...]
    openings: tuple[Opening, ...]
    years: tuple[Year, ...]

    @property
    def first(self) -> Line | None:
        """The entry to go on with, or the newest."""
        return next((line for line in self.lines if line.is_open), next(iter(self.lines), None))

    @property
    def later(self) -> tuple[Line, ...]:
        """The other ones."""
        return tuple(line for line in self.lines if line is not self.first)

    @property
    def municipality(self) -> Municipality | None:
        """Whose home this is."""
        if self.first:
            return self.first.entry.municipality
        return self.openings[0].municipality if self.openings else None


def home(person: Person, now: datetime) -> Home:
    """Six queries however many entries; another when one of this person's places has no entry yet."""
    here = Contact.objects.in_force(now).filter(person=person, edition=OuterRef("edition"))
    own = here.filter(municipality=OuterRef("municipality"))
    places = here.order_by().values("edition").annotate(number=Count("pk")).values("number")
    entries = list(
        with_surroundings(Nomination.objects.filter(Exists(own)), person, now)
        .annotate(places=Subquery(places))
        .prefetch_related("edition__stages__extensions")
    )
    read = applications(entries) if entries else {}
    lines = []
    for entry in entries:
        entry.levels = {person.pk: entry.own_level}
        entry.links = afterwards.links(entry)
        verdict = permissions.may_write(person, entry, now)
        lines.append(Line(entry, read[entry.pk], window(entry), verdict))
    lines.sort(key=lambda line: (not line.is_open, line.is_submitted, -line.entry.edition.year))
    openings = _openings(person, entries, now)
    years = public_years(lines[0].entry, now) if lines else ()
    return Home(tuple(lines), openings, years)


def _openings(person: Person, entries: Sequence[Nomination], now: datetime) -> tuple[Opening, ...]:
    """Where one of this person's municipalities could apply and has no entry."""
    begun = Counter(entry.edition_id for entry in entries)
    whole = {entry.edition_id for entry in entries if entry.places == begun[entry.edition_id]}
    contact_in = {role.edition_id for role in person.roles_held if role.kind == RoleKind.CONTACT}
    if not contact_in - whole:
        return ()
    entered = Nomination.objects.filter(edition=OuterRef("edition"), municipality=OuterRef("municipality"))
    contacts = (
        Contact.objects.in_force(now)
        .filter(
            ~Exists(entered),
            person=person,
            edition__in=contact_in - whole,
            edition__entry_mode=EntryMode.APPLICATION,
            edition__stages__kind__in=WRITING_STAGES,
            edition__stages__state=StageState.OPEN,
        )
        .select_related("edition__fair", "edition__award", "municipality")
        .prefetch_related("edition__stages__extensions")
        .order_by("edition", "municipality__sort_key")
        .distinct()
    )
    return tuple(
        Opening(
            contact.edition,
            contact.municipality,
            window(Nomination(edition=contact.edition, municipality=contact.municipality)).closes_at,
            permissions.may_start_entry(person, contact.edition, contact.municipality, now),
        )
        for contact in contacts
    )
