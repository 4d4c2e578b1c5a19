"""What each kind of letter says: our usual words, or the edition's own, with named places to fill."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from awards import placeholders
from awards.letters import LetterText, paragraphs
from awards.models import Edition, LetterTemplate
from awards.states import LetterPurpose

P = LetterPurpose
LANGUAGES = ("sv", "en")
LINK = "{link}"
HELLO, HELLO_NAME = gettext_noop("Hello,"), gettext_noop("Hello {name},")

# What stands for each name in braces.
NAMES = {
    "name": gettext_lazy("the reader's name"),
    "municipality": gettext_lazy("the municipality"),
    "seat": gettext_lazy("the juror's seat"),
    "role": gettext_lazy("what the reader is invited to be"),
    "organisation": gettext_lazy("the organisation of the seat"),
    "edition": gettext_lazy("the award and its edition"),
    "deadline": gettext_lazy("the last day and time"),
    "remaining": gettext_lazy("how many entries the juror has left"),
    "greeting": gettext_lazy("your own lines from the page of people"),
    "until": gettext_lazy("until when the invitation holds"),
    "link": gettext_lazy("the address of the reader's own page"),
    "edition_link": gettext_lazy("the address of the edition's public page"),
    "outcome": gettext_lazy("what was decided, such as: honourable mention"),
    "motivation": gettext_lazy("the jury's motivation, or nothing where there is none"),
}
INVITED = ("role", "edition", "greeting", "link", "until")
ENTERED = ("name", "municipality", "edition", "link", "edition_link")


@dataclass(frozen=True, slots=True)
class Usual:
    """One kind of letter: the names it may use, those it must, and our usual words for it."""

    names: tuple[str, ...]
    subject: str
    body: tuple[str, ...]
    must: tuple[str, ...] = ()


_OPEN = gettext_noop(
    "Open this address to accept. A code is then sent to this e-mail address, and that is all:"
)
_HOLDS = gettext_noop("The invitation is yours alone and holds until {until}.")
_NOTHING = gettext_noop("If you did not expect this letter, you need do nothing.")
_READ_MORE = gettext_noop("Read more here:")
_INVITATION = gettext_noop("Your invitation to Sveriges KvalitetsKommun")
USUAL = {
    P.INVITATION_CONTACT: Usual(
        (*INVITED, "municipality"),
        _INVITATION,
        (
            HELLO,
            gettext_noop("You are invited to take part as {role} for {municipality} in {edition}."),
            "{greeting}",
            _OPEN,
            LINK,
            _HOLDS,
            _NOTHING,
        ),
        must=("link",),
    ),
    P.INVITATION_JURY: Usual(
        (*INVITED, "organisation"),
        _INVITATION,
        (
            HELLO,
            gettext_noop("You are invited to take part as {role} in {edition}."),
            "{greeting}",
            _OPEN,
            LINK,
            _HOLDS,
            _NOTHING,
        ),
        must=("link",),
    ),
    P.REMINDER_CONTACT: Usual(
        (*ENTERED, "deadline"),
        gettext_noop("The application of {municipality} has not been sent in"),
        (
            HELLO,
            gettext_noop("The application of {municipality} to {edition} has not been sent in yet."),
            gettext_noop("The last time is {deadline}. Everything you have written is saved. Go on here:"),
            LINK,
            gettext_noop("If you do not take part this time, tell the organiser, and we stop reminding you."),
        ),
    ),
    P.REMINDER_JUROR: Usual(
        ("name", "seat", "edition", "deadline", "remaining", "link", "edition_link"),
        gettext_noop("Entries left to score"),
        (
            HELLO,
            gettext_noop("You have {remaining} left to score in {edition}. The scoring closes {deadline}."),
            gettext_noop("Your list is here, and it opens where you left it:"),
            LINK,
            gettext_noop("If you cannot score an entry, let the organiser know, so that nobody waits."),
        ),
    ),
    P.NOMINATED: Usual(
        ENTERED,
        gettext_noop("{municipality} is nominated"),
        (
            HELLO,
            gettext_noop("Congratulations! {municipality} is nominated in {edition}."),
            gettext_noop("What happens now, and what you can do, stands on your own page:"),
            LINK,
        ),
    ),
    P.NOT_NOMINATED: Usual(
        ENTERED,
        gettext_noop("The nominations in {edition}"),
        (
            HELLO,
            gettext_noop(
                "Thank you for taking part in {edition}. This time {municipality} is not among the nominees."
            ),
            gettext_noop("Your entry is kept, and can be carried over the next time. It is here:"),
            LINK,
        ),
    ),
    P.RESULT: Usual(
        ENTERED,
        gettext_noop("The result of {edition}"),
        (
            HELLO,
            gettext_noop("The jury of {edition} has decided. Read the result and its motivation here:"),
            "{edition_link}",
            gettext_noop("Thank you for what {municipality} has contributed."),
        ),
    ),
    P.DECISION_OUTCOME: Usual(
        ("name", "municipality", "edition", "outcome", "motivation", "link", "edition_link"),
        gettext_noop("The jury's decision on {municipality}"),
        (
            HELLO,
            gettext_noop("The jury's decision on {municipality} in {edition}: {outcome}."),
            "{motivation}",
            _READ_MORE,
            LINK,
        ),
        must=("outcome",),
    ),
    P.DECISION_PUBLISHED: Usual(
        ("name", "edition", "edition_link"),
        gettext_noop("The decision in {edition} is public"),
        (
            HELLO,
            gettext_noop("The jury's decision in {edition} is now public. Thank you for your work."),
            _READ_MORE,
            "{edition_link}",
        ),
    ),
    P.FREE: Usual(
        ("name", "municipality", "seat", "edition", "deadline", "link", "edition_link"),
        gettext_noop("About {edition}"),
        (HELLO_NAME,),
    ),
}


@dataclass(frozen=True)
class Texts:
    """Every text of an edition, its own and our usual ones: one query for all of them."""

    own: Mapping[tuple[str, str], LetterTemplate]

    def template(self, purpose: str, language: str) -> LetterText:
        """The text with its names still in braces."""
        own = self.own.get((purpose, language))
        return LetterText(own.subject, own.body) if own else usual_text(purpose, language)

    def written(self, purpose: str, language: str, words: Mapping[str, str]) -> LetterText:
        """The letter as it is read."""
        return written(self.template(purpose, language), words)


def texts_of(edition: Edition) -> Texts:
    """The texts that hold in an edition: one query."""
    own = LetterTemplate.objects.filter(edition=edition)
    return Texts({(each.purpose, each.language): each for each in own})


def usual_text(purpose: str, language: str) -> LetterText:
    """Our usual words, in the language of the letter."""
    usual = USUAL[LetterPurpose(purpose)]
    with translation.override(language):
        return LetterText(_(usual.subject), paragraphs(*(_said(text) for text in usual.body)))


def mark_of(text: LetterText) -> str:
    """What stands for a text that a page shows."""
    return hashlib.sha256(f"{text.subject}\n{text.body}".encode()).hexdigest()


def written(text: LetterText, words: Mapping[str, str]) -> LetterText:
    """A text with its names filled."""
    subject = " ".join(placeholders.fill(text.subject, words).split())
    return LetterText(subject, placeholders.fill(text.body, words).strip() + "\n")


def problems(text: LetterText, names: Sequence[str], must: Sequence[str] = ()) -> list[object]:
    """What is wrong with a text, each in a sentence; nothing when it can be sent."""
    found: list[object] = [
        format_lazy(gettext_lazy("There is nothing to put in place of {name}."), name=written)
        for written in placeholders.unknown(names, text.subject, text.body)
    ]
    asked = placeholders.names_in(text.body)
    found += [
        format_lazy(gettext_lazy("The letter must contain {name}."), name="{" + name + "}")
        for name in must
        if name not in asked
    ]
    return found


def _said(text: str) -> str:
    return text if text.startswith("{") else _(text)
