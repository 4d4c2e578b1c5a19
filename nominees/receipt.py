"""What a receipt says, on the screen, in the letter and on paper alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import formats
from nominees.models import Submission
from nominees.phrases import joined
from nominees.states import QuestionKind


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the receipt."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it was when the version was sent in."""

    name: str
    size: str
    sha256: str


@dataclass(frozen=True)
class Receipt:
    """Who sent in what, when, and how to check it later."""

    title: str
    lead: str
    facts: tuple[Fact, ...]
    sha256: str
    files: tuple[ReceivedFile, ...]
    number: int


def receipt(submission: Submission, language: str) -> Receipt:
    """The receipt of one version; its nomination, edition, municipality and sender are read along."""
    entry = submission.nomination
    with translation.override(language):
        facts = [
            Fact(_("Edition"), entry.edition.title),
            Fact(_("Municipality"), f"{entry.municipality.full_name} ({entry.municipality.code})"),
            Fact(_("Version"), str(submission.number)),
            Fact(_("Sent in"), sent_at(submission, language)),
            Fact(_("Sent in by"), submission.submitted_by.get_full_name() if submission.submitted_by else ""),
            Fact(_("Diary number"), entry.diary_number),
            Fact(_("It holds"), holds(submission.content)),
        ]
        return Receipt(
            title=_("Receipt for %(municipality)s, %(edition)s")
            % {"municipality": entry.municipality.name, "edition": entry.edition.title},
            lead=_("Your entry has been received. This receipt shows what was sent in, and when."),
            facts=tuple(fact for fact in facts if fact.value),
            sha256=submission.sha256,
            files=tuple(
                ReceivedFile(
                    each["name"], formats.size(each["size"], language) if each["size"] else "", each["sha256"]
                )
                for each in submission.content["materials"]
            ),
            number=submission.number,
        )


def sent_at(submission: Submission, language: str) -> str:
    """The instant to the second, on a clock in Stockholm."""
    at = submission.submitted_at
    return f"{formats.day_long(at, language, year=True)} {formats.local(at):%H:%M:%S}"


def holds(content: dict) -> str:
    """`6 answers, 7 improvement areas and 2 files`."""
    answered = sum(
        1
        for part in content["sections"]
        for each in part["answers"]
        if each["kind"] not in (QuestionKind.FILE, QuestionKind.IMPROVEMENT_AREAS, QuestionKind.KEY_FACTS)
        and (each["text"] or each["choice"] or each["number"] is not None)
    )
    areas, brought, files = (len(content[each]) for each in ("areas", "contributions", "materials"))
    parts = [
        (answered, ngettext("%(count)s answer", "%(count)s answers", answered)),
        (areas, ngettext("%(count)s improvement area", "%(count)s improvement areas", areas)),
        (brought, ngettext("%(count)s contribution", "%(count)s contributions", brought)),
        (files, ngettext("%(count)s file", "%(count)s files", files)),
    ]
    return joined([words % {"count": count} for count, words in parts if count])
