"""Letters about a published decision: to whom, how many, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import formats
from awards.actions.letters import WAITING, queue_letter
from awards.letters import LetterText, paragraphs
from awards.models import Edition, Letter, Person, Role
from awards.states import LetterState, RoleKind
from criteria.decided import LEFT
from criteria.models import DecisionRow, Publication
from criteria.states import DecidedOutcome, StopReason
from nominees.models import Contact

OUTCOME, PUBLISHED, STOPPED = "decision-outcome", "decision-published", "decision-stopped"
LABELS = {
    OUTCOME: gettext_lazy("To the contacts: what the jury has decided about their entry"),
    PUBLISHED: gettext_lazy("To the jury: the decision is public"),
}
JURY = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.JUROR)


@dataclass(frozen=True)
class LetterCount:
    """How many letters of one purpose there are to send, and whether they are to go."""

    purpose: str
    label: object
    count: int
    is_chosen: bool


def counted(
    edition: Edition, rows: Sequence[DecisionRow], chosen: Sequence[str], now: datetime
) -> tuple[LetterCount, ...]:
    """The letters by purpose: two queries."""
    numbers = {OUTCOME: len(list(_contacts(edition, rows, now))), PUBLISHED: len(_jury(edition, now))}
    return tuple(
        LetterCount(purpose, label, numbers[purpose], purpose in chosen) for purpose, label in LABELS.items()
    )


def send_letters(publication: Publication, *, now: datetime) -> int:
    """Put the chosen letters into the outbox, each once; answers how many."""
    edition = publication.edition
    sent = 0
    if OUTCOME in publication.letters:
        rows = list(publication.decision.rows.select_related("nomination__municipality"))
        for person, row in _contacts(edition, rows, now):
            sent += _queue(publication, OUTCOME, person, now, row=row)
    if PUBLISHED in publication.letters:
        for person in _jury(edition, now):
            sent += _queue(publication, PUBLISHED, person, now)
    return sent


def tell_of_stop(publication: Publication, *, now: datetime) -> None:
    """Tell the organisers that what they planned did not happen, and why."""
    roles = Role.objects.in_force(now).filter(edition=publication.edition, kind=RoleKind.ORGANISER)
    for role in roles.select_related("person").order_by("pk"):
        _queue(publication, STOPPED, role.person, now)


def cancel_unsent(edition: Edition) -> int:
    """Stop what has not left of the letters about the edition's publications; answers how many."""
    letters = Letter.objects.filter(edition=edition, purpose__in=LABELS, state__in=WAITING)
    return letters.filter(once_key__startswith="publication:").update(state=LetterState.CANCELLED)


def _contacts(
    edition: Edition, rows: Sequence[DecisionRow], now: datetime
) -> Iterator[tuple[Person, DecisionRow]]:
    """Everybody who works with a decided entry that has not left, with the row about it."""
    about = {row.nomination.municipality_id: row for row in rows if row.nomination.state not in LEFT}
    contacts = Contact.objects.in_force(now).filter(edition=edition, municipality__in=about)
    for contact in contacts.select_related("person").order_by("pk"):
        yield contact.person, about[contact.municipality_id]


def _jury(edition: Edition, now: datetime) -> list[Person]:
    """Everybody with a seat in the jury, once."""
    roles = Role.objects.in_force(now).filter(edition=edition, kind__in=JURY)
    return list(
        {role.person_id: role.person for role in roles.select_related("person").order_by("pk")}.values()
    )


def _queue(
    publication: Publication,
    purpose: str,
    to: Person,
    now: datetime,
    row: DecisionRow | None = None,
) -> bool:
    language = formats.written_language(to.language)
    with translation.override(language):
        text = _WRITERS[purpose](publication, row, language)
    about = row.nomination_id if row else 0
    letter = queue_letter(
        text=text,
        purpose=purpose,
        to=to,
        edition=publication.edition,
        language=language,
        once_key=f"publication:{publication.pk}:{purpose}:{about}:{to.pk}",
        due_at=now,
    )
    return letter is not None


def _outcome(publication: Publication, row: DecisionRow, language: str) -> LetterText:
    edition = publication.edition
    words = {
        "municipality": row.nomination.municipality.name,
        "edition": edition.title,
        "outcome": DecidedOutcome(row.outcome).label.lower(),
    }
    motivation = row.motivation_en if language == "en" and row.motivation_en else row.motivation_sv
    page = reverse("nomination_page", args=[edition.key, row.nomination.municipality.code])
    body = paragraphs(
        _("Hello,"),
        _("The jury's decision on %(municipality)s in %(edition)s: %(outcome)s.") % words,
        _("The jury's motivation: %(text)s") % {"text": motivation} if motivation else "",
        _("Read more here:"),
        settings.BASE_URL + page,
    )
    return LetterText(_("The jury's decision on %(municipality)s") % words, body)


def _published(publication: Publication, _row: None, _language: str) -> LetterText:
    words = {"edition": publication.edition.title}
    body = paragraphs(
        _("Hello,"),
        _("The jury's decision in %(edition)s is now public. Thank you for your work.") % words,
        _("Read more here:"),
        settings.BASE_URL + publication.edition.get_absolute_url(),
    )
    return LetterText(_("The decision in %(edition)s is public") % words, body)


def _stopped(publication: Publication, _row: None, language: str) -> LetterText:
    words = {"edition": publication.edition.title, "at": formats.deadline(publication.at, language)}
    body = paragraphs(
        _("Hello,"),
        _("The decision in %(edition)s was to become public %(at)s. It did not.") % words,
        str(StopReason(publication.why).label),
        _("Choose a new time here:"),
        settings.BASE_URL + reverse("publish_page", args=[publication.edition.key]),
    )
    return LetterText(_("The decision in %(edition)s was not published") % words, body)


_WRITERS = {OUTCOME: _outcome, PUBLISHED: _published, STOPPED: _stopped}
