"""Letters about entries: the receipt, and word to the other side when an entry is moved or asked about."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from awards import formats
from awards.actions.letters import queue_letter
from awards.letters import LetterText, paragraphs
from awards.models import Person, Role
from awards.states import RoleKind
from nominees import jurors
from nominees.models import (
    Contact,
    Contribution,
    JuryQuestion,
    Material,
    Municipality,
    Nomination,
    Submission,
)
from nominees.papers import PaperError, file_name, receipt_pdf
from nominees.receipt import receipt
from nominees.states import WRITERS
from nominees.uploads.inspecting import REFUSALS

logger = logging.getLogger(__name__)
# What is told about an entry: the subject, and the sentence; both with %(municipality)s and %(edition)s.
NEWS = {
    "reopened": (
        gettext_noop("Your entry is open again"),
        gettext_noop(
            "The organiser has opened the entry of %(municipality)s in %(edition)s again, so that you can "
            "change it. What you sent in remains until you send in again."
        ),
    ),
    "withdrawn": (
        gettext_noop("%(municipality)s has withdrawn"),
        gettext_noop("%(municipality)s has withdrawn its entry in %(edition)s."),
    ),
    "accepted": (
        gettext_noop("%(municipality)s accepts the nomination"),
        gettext_noop("%(municipality)s has accepted its nomination in %(edition)s."),
    ),
    "declined": (
        gettext_noop("%(municipality)s declines the nomination"),
        gettext_noop("%(municipality)s has declined its nomination in %(edition)s."),
    ),
    "joined": (
        gettext_noop("%(municipality)s names you in a joint contribution"),
        gettext_noop(
            "%(municipality)s has written a contribution to the fair together with you, in %(edition)s."
        ),
    ),
    "asked": (
        gettext_noop("A question from the jury waits for you"),
        gettext_noop(
            "A juror has asked %(municipality)s a question in %(edition)s. Release it or hold it back."
        ),
    ),
    "released": (
        gettext_noop("A question from the jury"),
        gettext_noop("The jury has a question about the entry of %(municipality)s in %(edition)s."),
    ),
    "answered": (
        gettext_noop("%(municipality)s has answered the jury's question"),
        gettext_noop(
            "%(municipality)s has answered the jury's question in %(edition)s. All jurors who read the entry "
            "see the answer."
        ),
    ),
}


def send_receipt(submission: Submission, *, to: Person, now: datetime) -> None:
    """The receipt to the person who sent in, with the same as PDF; once a version.

    A PDF that cannot be made stops nothing: the letter leaves without it and says where it will be.
    """
    language = formats.written_language(to.language)
    found = receipt(submission, language)
    entry = submission.nomination
    paper = _receipt_paper(submission, language)
    with translation.override(language):
        facts = "\n".join(f"{fact.label}: {fact.value}" for fact in found.facts)
        body = paragraphs(
            found.lead,
            f"{facts}\nSHA-256: {found.sha256}",
            _("You can change the entry and send it in again until the application closes. Your versions:"),
            settings.BASE_URL + reverse("application_history", args=[entry.pk]),
            "" if paper else _("The receipt as PDF could not be made just now. Fetch it there later."),
        )
        name = file_name(_("receipt"), submission, "pdf")
    queue_letter(
        text=LetterText(found.title, body),
        purpose="receipt",
        to=to,
        edition=entry.edition,
        language=language,
        once_key=f"receipt:{submission.pk}",
        due_at=now,
        attachment_name=name if paper else "",
        attachment=paper,
    )


def _receipt_paper(submission: Submission, language: str) -> bytes | None:
    try:
        return receipt_pdf(submission, language)
    except PaperError:
        logger.exception("the receipt of submission %s could not be typeset", submission.pk)
        return None


def tell_contacts(
    entry: Nomination, news: str, reason: str, *, until: datetime | None = None, now: datetime
) -> None:
    """Tell everybody who writes for the entry; `until` when they may write for a while longer."""
    url = reverse("application_page", args=[entry.pk])
    for person in _writers(entry, now):
        _queue(entry, news, person, now, (_reason(reason, person), _until(until, person, now), _address(url)))


def tell_organisers(entry: Nomination, news: str, reason: str, *, now: datetime) -> None:
    """Tell everybody who organises the edition."""
    url = reverse("application_history", args=[entry.pk])
    for person in _organisers(entry, now):
        _queue(entry, news, person, now, (_reason(reason, person), _address(url)))


def tell_of_question(question: JuryQuestion, *, now: datetime) -> None:
    """Tell the organisers that a juror asks; who it was stands on their page, not in the letter."""
    entry = question.nomination
    url = reverse("question_list", args=[entry.edition.key])
    for person in _organisers(entry, now):
        _queue(entry, "asked", person, now, (question.text, _address(url)))


def tell_of_release(question: JuryQuestion, *, now: datetime) -> None:
    """Pass the question on to those who write for the entry, without a word of who asked."""
    entry = question.nomination
    url = reverse("application_questions", args=[entry.pk])
    for person in _writers(entry, now):
        language = formats.written_language(person.language)
        with translation.override(language):
            until = _("Answer by %(at)s at the latest, here:") % {
                "at": formats.deadline(question.answer_by, language, now=now)
            }
        _queue(entry, "released", person, now, (question.text, until, _address(url)))


def tell_of_answer(question: JuryQuestion, *, now: datetime) -> None:
    """Tell the juror who asked, where the seat still reads the entry; the answer is read on the site."""
    if jurors.reads(question.asked_by, question.nomination, now):
        _queue(question.nomination, "answered", question.asked_by.person, now, ())


def tell_of_joining(
    contribution: Contribution, entry: Nomination, joined: Iterable[Municipality], *, now: datetime
) -> None:
    """Tell those who write for the municipalities that the entry's own has named as partners, each once."""
    writers = Contact.objects.in_force(now).filter(
        edition=entry.edition, municipality__in=list(joined), level__in=WRITERS
    )
    for contact in writers.select_related("person").order_by("pk"):
        with translation.override(formats.written_language(contact.person.language)):
            called = _("It is called “%(title)s”.") % {"title": contribution.title}
            leave = _("If that is not agreed, you leave it here, under Contributions to the fair:")
        parts = (called if contribution.title else "", leave, _address(reverse("application_list")))
        once = f"joined:{contribution.pk}:{contact.person_id}"
        _queue(entry, "joined", contact.person, now, parts, once_key=once)


def tell_of_refusal(material: Material, *, is_back: bool, now: datetime) -> None:
    """Tell whoever uploaded a file that it was refused, and why; the colleagues when that person has left.

    `is_back`: what the file was to replace stands again.
    """
    entry = material.nomination
    writers = _writers(entry, now)
    url = reverse("application_material", args=[entry.pk])
    for person in [each for each in writers if each.pk == material.uploaded_by_id] or writers:
        language = formats.written_language(person.language)
        with translation.override(language):
            words = {
                "name": material.name,
                "municipality": entry.municipality.name,
                "edition": entry.edition.title,
            }
            said = _("%(name)s was uploaded for %(municipality)s in %(edition)s, and refused by the check.")
            body = paragraphs(
                _("Hello,"),
                said % words,
                str(REFUSALS.get(material.refusal, material.refusal)),
                _("The version that it was to replace is still there.") if is_back else "",
                _("The file is not part of the entry. All else is as you left it. Upload it anew here:"),
                _address(url),
            )
            text = LetterText(_("%(name)s was refused") % words, body)
        queue_letter(
            text=text,
            purpose="material-refused",
            to=person,
            edition=entry.edition,
            language=language,
            once_key=f"refused:{material.pk}:{person.pk}",
            due_at=now,
        )


def _queue(
    entry: Nomination,
    news: str,
    person: Person,
    now: datetime,
    parts: tuple[str, ...],
    *,
    once_key: str | None = None,
) -> None:
    language = formats.written_language(person.language)
    with translation.override(language):
        words = {"municipality": entry.municipality.name, "edition": entry.edition.title}
        subject, sentence = (_(text) % words for text in NEWS[news])
        text = LetterText(subject, paragraphs(_("Hello,"), sentence, *parts))
    queue_letter(
        text=text,
        purpose=f"entry-{news}",
        to=person,
        edition=entry.edition,
        language=language,
        once_key=once_key,
        due_at=now,
    )


def _reason(reason: str, person: Person) -> str:
    with translation.override(formats.written_language(person.language)):
        return _("The reason given: %(reason)s") % {"reason": reason} if reason else ""


def _until(until: datetime | None, person: Person, now: datetime) -> str:
    language = formats.written_language(person.language)
    with translation.override(language):
        if until is None:
            return ""
        return _("You may write and send in until %(at)s.") % {
            "at": formats.deadline(until, language, now=now)
        }


def _address(url: str) -> str:
    return settings.BASE_URL + url


def _writers(entry: Nomination, now: datetime) -> list[Person]:
    contacts = Contact.objects.in_force(now).filter(
        edition=entry.edition, municipality=entry.municipality, level__in=WRITERS
    )
    return [contact.person for contact in contacts.select_related("person").order_by("pk")]


def _organisers(entry: Nomination, now: datetime) -> list[Person]:
    roles = Role.objects.in_force(now).filter(edition=entry.edition, kind=RoleKind.ORGANISER)
    return [role.person for role in roles.select_related("person").order_by("pk")]
