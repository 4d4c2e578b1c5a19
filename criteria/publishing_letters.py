"""Letters about a published decision: to whom, how many, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import formats
from awards.actions.letters import WAITING, queue_letter
from awards.letter_texts import Texts, texts_of
from awards.letters import LetterText, paragraphs
from awards.models import Edition, Letter, Person, Role
from awards.states import LetterPurpose, LetterState, RoleKind
from criteria.models import DecisionRow, Publication
from criteria.states import DecidedOutcome, StopReason
from nominees.models import Contact
from nominees.states import LEFT

OUTCOME, PUBLISHED = LetterPurpose.DECISION_OUTCOME.value, LetterPurpose.DECISION_PUBLISHED.value
STOPPED = "decision-stopped"
LABELS = {
    OUTCOME: gettext_lazy("To the contacts: what the jury has decided about their entry"),
    PUBLISHED: gettext_lazy("To the jury: the decision is public"),
}
JURY = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.JUROR)


@dataclass(frozen=True)
class Ready:
    """One letter as it will be read."""

    purpose: str
    to: Person
    about: int  # the entry (its id), or 0
    language: str
    text: LetterText


@dataclass(frozen=True)
class LetterCount:
    """How many letters of one purpose there are to send, whether they are to go, and the first of them."""

    purpose: str
    label: object
    count: int
    is_chosen: bool
    example: LetterText | None


def counted(
    edition: Edition, rows: Sequence[DecisionRow], chosen: Sequence[str], now: datetime
) -> tuple[LetterCount, ...]:
    """The letters by purpose: three queries."""
    texts = texts_of(edition)
    ready = {
        OUTCOME: list(_to_contacts(edition, rows, texts, now)),
        PUBLISHED: list(_to_jury(edition, texts, now)),
    }
    return tuple(
        LetterCount(purpose, label, len(found), purpose in chosen, found[0].text if found else None)
        for purpose, label in LABELS.items()
        for found in [ready[purpose]]
    )


def send_letters(publication: Publication, *, now: datetime) -> int:
    """Put the chosen letters into the outbox, each once; answers how many."""
    edition, texts = publication.edition, texts_of(publication.edition)
    ready: list[Ready] = []
    if OUTCOME in publication.letters:
        rows = list(publication.decision.rows.select_related("nomination__municipality"))
        ready += _to_contacts(edition, rows, texts, now)
    if PUBLISHED in publication.letters:
        ready += _to_jury(edition, texts, now)
    return sum(_queue(publication, letter, now) for letter in ready)


def tell_of_stop(publication: Publication, *, now: datetime) -> None:
    """Tell the organisers that what they planned has been stopped, and why."""
    roles = Role.objects.in_force(now).filter(edition=publication.edition, kind=RoleKind.ORGANISER)
    for role in roles.select_related("person").order_by("pk"):
        language = formats.written_language(role.person.language)
        with translation.override(language):
            text = _stopped(publication, language)
        _queue(publication, Ready(STOPPED, role.person, 0, language, text), now)


def cancel_unsent(edition: Edition) -> int:
    """Stop what has not left of the letters about the edition's publications; answers how many."""
    letters = Letter.objects.filter(edition=edition, purpose__in=LABELS, state__in=WAITING)
    return letters.filter(once_key__startswith="publication:").update(state=LetterState.CANCELLED)


def _to_contacts(
    edition: Edition, rows: Sequence[DecisionRow], texts: Texts, now: datetime
) -> Iterator[Ready]:
    """A letter to everybody who works with a decided entry that has not left."""
    about = {row.nomination.municipality_id: row for row in rows if row.nomination.state not in LEFT}
    contacts = Contact.objects.in_force(now).filter(edition=edition, municipality__in=about)
    for contact in contacts.select_related("person").order_by("pk"):
        row = about[contact.municipality_id]
        yield _written(texts, OUTCOME, contact.person, edition, row)


def _to_jury(edition: Edition, texts: Texts, now: datetime) -> Iterator[Ready]:
    """A letter to everybody with a seat in the jury, once."""
    roles = Role.objects.in_force(now).filter(edition=edition, kind__in=JURY)
    persons = {role.person_id: role.person for role in roles.select_related("person").order_by("pk")}
    for person in persons.values():
        yield _written(texts, PUBLISHED, person, edition)


def _written(
    texts: Texts, purpose: str, to: Person, edition: Edition, row: DecisionRow | None = None
) -> Ready:
    language = formats.written_language(to.language)
    with translation.override(language):
        words = _words(edition, to) | (_outcome(edition, row, language) if row else {})
    about = row.nomination_id if row else 0
    return Ready(purpose, to, about, language, texts.written(purpose, language, words))


def _words(edition: Edition, to: Person) -> Mapping[str, str]:
    return {
        "name": to.get_full_name(),
        "edition": f"{edition.award} {edition.title}",
        "edition_link": settings.BASE_URL + edition.get_absolute_url(),
    }


def _outcome(edition: Edition, row: DecisionRow, language: str) -> Mapping[str, str]:
    motivation = row.motivation_en if language == "en" and row.motivation_en else row.motivation_sv
    municipality = row.nomination.municipality
    page = reverse("nomination_page", args=[edition.key, municipality.code])
    return {
        "municipality": municipality.name,
        "outcome": DecidedOutcome(row.outcome).label.lower(),
        "motivation": _("The jury's motivation: %(text)s") % {"text": motivation} if motivation else "",
        "link": settings.BASE_URL + page,
    }


def _queue(publication: Publication, ready: Ready, now: datetime) -> bool:
    letter = queue_letter(
        text=ready.text,
        purpose=ready.purpose,
        to=ready.to,
        edition=publication.edition,
        language=ready.language,
        once_key=f"publication:{publication.pk}:{ready.purpose}:{ready.about}:{ready.to.pk}",
        due_at=now,
    )
    return letter is not None


def _stopped(publication: Publication, language: str) -> LetterText:
    words = {"edition": publication.edition.title, "at": formats.deadline(publication.at, language)}
    body = paragraphs(
        _("Hello,"),
        _("The decision in %(edition)s was to become public %(at)s. That has been stopped.") % words,
        str(StopReason(publication.why).label),
        _("Choose a new time here:"),
        settings.BASE_URL + reverse("publish_page", args=[publication.edition.key]),
    )
    return LetterText(_("The planned publication in %(edition)s has been stopped") % words, body)
