"""Sending one letter to many: the readers are found anew, and must be those that were shown."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from awards import permissions
from awards.actions.letters import queue_letter
from awards.journal import record
from awards.letter_texts import problems
from awards.mailing import Draft, Written, fingerprint
from awards.models import Edition, Person
from awards.verdicts import no


class ReadersMovedError(Exception):
    """Who gets the letter, or how it reads, is no longer what was shown; holds what it would be now."""

    def __init__(self, letters: list[Written]) -> None:
        super().__init__("The readers have changed.")
        self.letters = letters


@transaction.atomic
def send_letters(
    *,
    edition: Edition,
    draft: Draft,
    seen: str,
    token: str,
    needs_approval: bool,
    now: datetime,
    by: Person | None,
) -> int:
    """Put the letters into the outbox, each once however often the button is pressed; gives how many are new.

    `seen` is the fingerprint of what was shown, `token` names this one sending. Drafts wait for approval.
    """
    permissions.may_write_letters(by, edition).require()
    Edition.objects.select_for_update().get(pk=edition.pk)  # one sending at a time
    names = draft.names(edition, now)
    for text in filter(None, (draft.swedish, draft.english)):
        for problem in problems(text, names):
            no(problem).require()
    letters = draft.letters(edition, now)
    if fingerprint(letters) != seen:
        raise ReadersMovedError(letters)
    new = [
        queue_letter(
            text=each.text,
            purpose=draft.purpose,
            to=each.reader.person,
            edition=edition,
            language=each.reader.language if draft.english else "sv",
            once_key=f"written:{token}:{each.reader.key}",
            due_at=now,
            needs_approval=needs_approval,
        )
        for each in letters
    ]
    count = sum(letter is not None for letter in new)
    if count:
        record(
            "write_letters",
            edition,
            by=by,
            edition=edition,
            purpose=draft.purpose,
            group=draft.group,
            letters=count,
        )
    return count
