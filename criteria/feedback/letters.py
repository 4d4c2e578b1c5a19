"""Letters about feedback: that it is there, that it was taken back, that the municipality has replied."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from awards import formats
from awards.actions.letters import queue_letter
from awards.letters import LetterText, paragraphs
from awards.models import Person, Role
from awards.states import RoleKind
from criteria.models import FeedbackReport
from nominees.models import Contact


def tell_of_release(report: FeedbackReport, *, now: datetime) -> int:
    """To each contact of the municipality that the feedback can be read, where; never what it says."""
    return _to_contacts(report, "release", _released, now)


def tell_of_withdrawal(report: FeedbackReport, *, now: datetime) -> int:
    """To each contact that the feedback was taken back; the reason stays with the organiser."""
    return _to_contacts(report, "withdrawal", _withdrawn, now)


def tell_of_reply(report: FeedbackReport, *, now: datetime) -> None:
    """To the organisers that the municipality has replied."""
    edition = report.nomination.edition
    organisers = Role.objects.in_force(now).filter(edition=edition, kind=RoleKind.ORGANISER)
    for role in organisers.select_related("person").order_by("pk"):
        _queue(report, "reply", _replied, to=role.person, key=f"{report.version}", now=now)


def _to_contacts(report: FeedbackReport, news: str, write, now: datetime) -> int:
    contacts = Contact.objects.in_force(now).filter(
        edition=report.nomination.edition_id, municipality=report.nomination.municipality_id
    )
    letters = [
        _queue(report, news, write, to=contact.person, key=f"{report.releases}", now=now)
        for contact in contacts.select_related("person").order_by("pk")
    ]
    return sum(letter is not None for letter in letters)


def _queue(report: FeedbackReport, news: str, write, *, to: Person, key: str, now: datetime):
    language = formats.written_language(to.language)
    with translation.override(language):
        entry = report.nomination
        words = {"municipality": entry.municipality.name, "edition": entry.edition.title}
        text = write(report, words)
    return queue_letter(
        text=text,
        purpose=f"feedback-{news}",
        to=to,
        edition=entry.edition,
        language=language,
        once_key=f"feedback:{news}:{report.pk}:{key}:{to.pk}",
        due_at=now,
    )


def _released(report: FeedbackReport, words: dict) -> LetterText:
    body = paragraphs(
        _("Hello,"),
        _("The jury's feedback to %(municipality)s in %(edition)s can now be read.") % words,
        _("When you receive it, it becomes a public record at the municipality. Register it as usual."),
        _("Sign in to read it, fetch it as a PDF and reply:"),
        _address(reverse("application_feedback", args=[report.nomination_id])),
    )
    return LetterText(_("The jury's feedback to %(municipality)s") % words, body)


def _withdrawn(_report: FeedbackReport, words: dict) -> LetterText:
    body = paragraphs(
        _("Hello,"),
        _("The feedback to %(municipality)s in %(edition)s has been withdrawn to be corrected.") % words,
        _("You get a new letter when it can be read again. What you have already received is still a public "
          "record at the municipality."),
    )  # fmt: skip
    return LetterText(_("The feedback to %(municipality)s has been withdrawn") % words, body)


def _replied(report: FeedbackReport, words: dict) -> LetterText:
    body = paragraphs(
        _("Hello,"),
        _("%(municipality)s has replied to its feedback in %(edition)s.") % words,
        _("The reply is here:"),
        _address(
            reverse(
                "feedback_edit", args=[report.nomination.edition.key, report.nomination.municipality.code]
            )
        ),
    )
    return LetterText(_("%(municipality)s has replied to the feedback") % words, body)


def _address(url: str) -> str:
    return settings.BASE_URL + url
