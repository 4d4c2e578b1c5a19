"""The municipalities' contacts as readers of letters: all, those who have not sent in, by what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import formats
from awards.addressees import Addressee, Group
from awards.models import Edition
from awards.reminders import Source
from awards.states import EntryMode, LetterPurpose, StageState
from nominees.deadlines import WRITING_STAGES, deadline
from nominees.models import Contact, Nomination
from nominees.states import WRITERS, NominationState, Outcome

N = NominationState
NOT_SENT_IN = (N.DRAFT, N.REOPENED, N.ACCEPTED)
NAMES = ("name", "municipality", "edition", "deadline", "link", "edition_link")
NOMINATED = (Outcome.NOMINATED, Outcome.WON, Outcome.HONOURED)


@dataclass(frozen=True, slots=True)
class _Place:
    """A contact with the municipality's entry, which may not have been begun."""

    contact: Contact
    entry: Nomination | None


def contacts(edition: Edition, now: datetime) -> list[Addressee]:
    """Every contact in force: four queries."""
    return [_reader(place, edition, now) for place in _places(edition, now)]


def unsubmitted(edition: Edition, now: datetime) -> list[Addressee]:
    """Those who write for a municipality whose entry has not been sent in, begun or not."""
    return [
        _reader(place, edition, now)
        for place in _places(edition, now)
        if place.contact.level in WRITERS and _is_awaited(place.entry, edition)
    ]


def writers_for(edition: Edition, code: str, now: datetime) -> list[Addressee]:
    """Those who write for one municipality."""
    return [
        _reader(place, edition, now)
        for place in _places(edition, now)
        if place.contact.level in WRITERS and place.contact.municipality.code == code
    ]


def nominated(edition: Edition, now: datetime) -> list[Addressee]:
    """The contacts of the municipalities that have been told to be nominated."""
    return [_reader(each, edition, now) for each in _places(edition, now) if _came_to(each, NOMINATED)]


def not_nominated(edition: Edition, now: datetime) -> list[Addressee]:
    """The contacts of those that have been told not to be."""
    return [
        _reader(each, edition, now)
        for each in _places(edition, now)
        if _came_to(each, (Outcome.NOT_NOMINATED,))
    ]


def deadlines_of(edition: Edition) -> Iterator[datetime]:
    """Every instant at which some municipality's door closes: two queries."""
    for stage in edition.stages.filter(kind__in=WRITING_STAGES).prefetch_related("extensions"):
        if stage.state != StageState.AHEAD:
            yield from (each.closes_at for each in stage.extensions.all())
            if stage.closes_at:
                yield stage.closes_at


GROUPS = (
    Group("contacts", gettext_lazy("All contacts"), contacts, NAMES, 10, is_whole=True),
    Group("contacts-unsubmitted", gettext_lazy("Contacts who have not sent in"), unsubmitted, NAMES, 20),
    Group("contacts-nominated", gettext_lazy("Contacts of the nominees"), nominated, NAMES, 30),
    Group("contacts-others", gettext_lazy("Contacts of those not nominated"), not_nominated, NAMES, 40),
)
REMINDERS = Source(LetterPurpose.REMINDER_CONTACT, "contacts-unsubmitted", deadlines_of)


def _places(edition: Edition, now: datetime) -> Iterable[_Place]:
    prefetch_related_objects([edition], "stages__extensions")
    entries = Nomination.objects.filter(edition=edition).select_related("municipality").with_outcome()
    by_municipality = {entry.municipality_id: entry for entry in entries}
    for entry in by_municipality.values():
        entry.edition = edition
    people = Contact.objects.in_force(now).filter(edition=edition, person__is_active=True)
    people = people.select_related("person", "municipality").order_by("municipality__sort_key", "pk")
    return [_Place(each, by_municipality.get(each.municipality_id)) for each in people]


def _is_awaited(entry: Nomination | None, edition: Edition) -> bool:
    if entry is None:
        return edition.entry_mode == EntryMode.APPLICATION
    return entry.state in NOT_SENT_IN


def _came_to(place: _Place, outcomes: tuple[str, ...]) -> bool:
    return place.entry is not None and place.entry.outcome in outcomes


def _reader(place: _Place, edition: Edition, now: datetime) -> Addressee:
    contact, language = place.contact, formats.written_language(place.contact.person.language)
    entry = place.entry or Nomination(edition=edition, municipality=contact.municipality)
    closes_at = deadline(entry)
    own = reverse("application_page", args=[entry.pk]) if entry.pk else reverse("application_list")
    with translation.override(language):
        later = _("on a day that is told later")
        words = {
            "name": contact.person.get_full_name(),
            "municipality": contact.municipality.full_name,
            "edition": f"{edition.award} {edition.title}",
            "deadline": formats.deadline(closes_at, language, now=now) or later,
            "link": settings.BASE_URL + own,
            "edition_link": settings.BASE_URL + edition.get_absolute_url(),
        }
    return Addressee(
        key=f"contact:{contact.pk}",
        person=contact.person,
        about=contact.municipality.name,
        words=words,
        deadline=closes_at,
        since=contact.began_at,
    )
