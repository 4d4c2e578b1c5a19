"""Word to those who write for a municipality that it has got a later last time; told once a time."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from awards import formats, reminders
from awards.actions.letters import queue_letter
from awards.addressees import Addressee
from awards.letters import LetterText, paragraphs
from awards.models import Edition, Stage
from awards.states import WRITING_STAGES, EditionState
from nominees.addressees import unsubmitted, writers_for


def may_be_told(stage: Stage, now: datetime) -> list[Addressee]:
    """Who is told when the stage is lengthened for all: who writes where nothing has been sent in yet."""
    return unsubmitted(stage.edition, now) if stage.kind in WRITING_STAGES else []


def tell_of_extension(stage: Stage, code: str, *, until: datetime, now: datetime) -> int:
    """Queue a letter to each whose last time is `until` now, for the morning if it can wait; gives how many.

    Nobody is told while the edition is at rest, when nothing can be saved anyway.
    `code` is the municipality with a time of its own; empty where the stage has moved for all.
    """
    edition = Edition.objects.select_related("award", "fair").get(pk=stage.edition_id)  # as it is since then
    if edition.state != EditionState.RUNNING:
        return 0
    stage.edition = edition
    readers = writers_for(edition, code, now) if code else may_be_told(stage, now)
    morning = reminders.awake(now)
    due_at = morning if morning < until else now
    letters = [
        queue_letter(
            text=_text(reader, until, now),
            purpose="extension",
            to=reader.person,
            edition=edition,
            language=formats.written_language(reader.person.language),
            once_key=f"extension:{stage.pk}:{reader.key}:{until.timestamp():.0f}",
            due_at=due_at,
        )
        for reader in readers
        if reader.deadline == until
    ]
    return sum(letter is not None for letter in letters)


def _text(reader: Addressee, until: datetime, now: datetime) -> LetterText:
    language = formats.written_language(reader.person.language)
    with translation.override(language):
        words = reader.words | {"at": formats.deadline(until, language, now=now)}
        return LetterText(
            _("%(municipality)s has longer time to apply") % words,
            paragraphs(
                _("Hello,"),
                _("The last time to write and send in for %(municipality)s in %(edition)s is now %(at)s.")
                % words,
                _("You write and send in here:"),
                words["link"],
            ),
        )
