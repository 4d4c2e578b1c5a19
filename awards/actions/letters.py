"""Letters into the outbox, in the same transaction as what they tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import permissions
from awards.journal import record
from awards.letters import LetterText
from awards.models import Edition, Letter, Person
from awards.states import LetterState
from awards.verdicts import no

WAITING = (LetterState.DRAFT, LetterState.QUEUED, LetterState.FAILED)


@transaction.atomic
def queue_letter(
    *,
    text: LetterText,
    purpose: str,
    to: Person | None = None,
    email: str = "",
    edition: Edition | None = None,
    language: str = "sv",
    once_key: str | None = None,
    due_at: datetime | None = None,
    needs_approval: bool = False,
    attachment_name: str = "",
    attachment: bytes | None = None,
) -> Letter | None:
    """Put a letter into the outbox; it leaves only when the caller's transaction has been written.

    `once_key` says what may be told only once, such as "receipt:17"; the second call gives None.
    """
    if once_key and Letter.objects.filter(once_key=once_key).exists():
        return None
    return Letter.objects.create(
        to=to,
        email=to.email if to else email,
        edition=edition,
        purpose=purpose,
        language=language,
        subject=" ".join(text.subject.split())[:200],
        body=text.body,
        attachment_name=attachment_name,
        attachment=attachment,
        once_key=once_key,
        state=LetterState.DRAFT if needs_approval else LetterState.QUEUED,
        due_at=due_at or timezone.now(),
    )


def approve_letter(*, letter: Letter, now: datetime, by: Person | None) -> Letter:
    """Let a waiting draft go out."""
    return _turn(letter, (LetterState.DRAFT,), LetterState.QUEUED, "approve_letter", by, due_at=now)


def retry_letter(*, letter: Letter, now: datetime, by: Person | None) -> Letter:
    """Try a failed letter again from the beginning."""
    changes = {"due_at": now, "tries": 0, "failure": ""}
    return _turn(letter, (LetterState.FAILED,), LetterState.QUEUED, "retry_letter", by, **changes)


def cancel_letter(*, letter: Letter, by: Person | None) -> Letter:
    """Stop a letter that has not left."""
    return _turn(letter, WAITING, LetterState.CANCELLED, "cancel_letter", by)


@transaction.atomic
def approve_all(*, edition: Edition, shown: str, now: datetime, by: Person | None) -> int:
    """Let every draft of the edition go out; refused when they are others than the `shown` ones."""
    changes = {"state": LetterState.QUEUED, "due_at": now}
    return _turn_all(edition, LetterState.DRAFT, shown, "approve_letters", by, changes=changes)


@transaction.atomic
def retry_all(*, edition: Edition, shown: str, now: datetime, by: Person | None) -> int:
    """Try every failed letter of the edition again; refused when they are others than the `shown` ones."""
    changes = {"state": LetterState.QUEUED, "due_at": now, "tries": 0, "failure": ""}
    return _turn_all(edition, LetterState.FAILED, shown, "retry_letters", by, changes=changes)


def shown_of(numbers: Iterable[int]) -> str:
    """What stands for exactly these letters."""
    return hashlib.sha256(repr(sorted(numbers)).encode()).hexdigest()


def _turn_all(edition, source, shown, verb, by, *, changes) -> int:
    permissions.may_organise(by, edition).require()
    letters = edition.letters.filter(state=source).order_by("pk")
    numbers = list(letters.select_for_update().values_list("pk", flat=True))
    if shown_of(numbers) != shown:
        no(_("The letters have changed since the page was shown. Look again.")).require()
    count = edition.letters.filter(pk__in=numbers, state=source).update(**changes)
    if count:
        record(verb, edition, by=by, edition=edition, letters=count)
    return count


@transaction.atomic
def _turn(letter, sources, target, verb, by, **changes) -> Letter:
    permissions.may_handle_letter(by, letter).require()
    changed = Letter.objects.filter(pk=letter.pk, state__in=sources).update(state=target, **changes)
    letter.refresh_from_db(fields=["state", *changes])
    if not changed:
        says = _("The letter has already gone on its way.")
        no(_("The letter has been stopped.") if letter.state == LetterState.CANCELLED else says).require()
    record(verb, letter, by=by, edition=letter.edition)
    return letter
