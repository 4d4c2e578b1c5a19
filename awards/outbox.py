"""The outbox at work: claims due letters, hands them to the mail server, backs off, fails in sight.

A rehearsal's letters never reach the mail server: they are kept, and read on the rehearsal's inbox page.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q

from awards import invitation_links, second_thoughts
from awards.models import Letter
from awards.states import LetterState

logger = logging.getLogger(__name__)

BACK_OFF = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 60, 120, 240, 720)
)  # after the first try, the second ...
LEASE = timedelta(minutes=10)  # a letter claimed longer ago than this was left behind by a worker that died
BATCH = 50


@dataclass(slots=True)
class Round:
    """What one round of the outbox came to."""

    sent: int = 0
    kept: int = 0  # in a rehearsal's inbox
    needless: int = 0  # overtaken while they waited
    postponed: int = 0
    failed: int = 0


def send_due(now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> Round:
    """Send what is due, oldest first, over one connection; stops between two letters when told to."""
    result = Round()
    connection = None
    for number in _due(now()):
        if stopped():
            break
        letter = claim(number, now())
        if letter is None or _stays_here(letter, now(), result):
            continue
        connection = connection or get_connection()
        try:
            connection.send_messages([message_of(letter, connection)])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            _hang_up(connection)
            connection = None
            _not_sent(letter, error, now(), result)
        else:
            Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, sent_at=now(), failure="")
            result.sent += 1
    if connection:
        _hang_up(connection)
    return result


def claim(number: int, now: datetime) -> Letter | None:
    """Take one letter for this worker by a conditional update; None when another was quicker."""
    taken = Letter.objects.filter(_claimable(now), pk=number).update(
        state=LetterState.SENDING, claimed_at=now, tries=F("tries") + 1
    )
    return Letter.objects.select_related("edition").get(pk=number) if taken else None


def message_of(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The message as the mail server gets it; its Message-ID stays the same however often it is tried."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage(
        subject=letter.subject,
        body=invitation_links.body_of(letter),
        to=[letter.email],
        headers={
            "Message-ID": f"<letter-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
        connection=connection,
    )
    if letter.attachment_name and letter.attachment:
        message.attach(letter.attachment_name, bytes(letter.attachment))
    return message


def _stays_here(letter: Letter, now: datetime, result: Round) -> bool:
    """Whether the letter is not to be mailed now; then it is put where it belongs.

    What was never told may still be told: a needless reminder's key is free again, for an edition that is
    taken up anew in time.
    """
    if letter.edition and letter.edition.is_rehearsal:
        _put(letter, LetterState.KEPT, sent_at=now, failure="")
        result.kept += 1
    elif second_thoughts.is_needless(letter, now):
        _put(letter, LetterState.CANCELLED, once_key=None)
        result.needless += 1
    elif until := second_thoughts.wait_until(letter, now):
        _put(letter, LetterState.QUEUED, due_at=until, tries=letter.tries - 1)
        result.postponed += 1
    else:
        return False
    return True


def _put(letter: Letter, state: str, **changes: object) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, **changes)


def _claimable(now: datetime) -> Q:
    waiting = Q(state=LetterState.QUEUED, due_at__lte=now)
    return waiting | Q(state=LetterState.SENDING, claimed_at__lt=now - LEASE)


def _due(now: datetime) -> list[int]:
    due = Letter.objects.filter(_claimable(now)).order_by("due_at", "pk")
    return list(due.values_list("pk", flat=True)[:BATCH])


def _not_sent(letter: Letter, error: Exception, now: datetime, result: Round) -> None:
    reason = _in_words(error)[:500]
    logger.warning("Letter %s was not sent at try %s: %s", letter.pk, letter.tries, reason)
    if _is_final(error) or letter.tries > len(BACK_OFF):
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.FAILED, failure=reason)
        result.failed += 1
        return
    due_at = now + BACK_OFF[letter.tries - 1]
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.QUEUED, due_at=due_at, failure=reason)
    result.postponed += 1


def _is_final(error: Exception) -> bool:
    """Whether trying again cannot help: the address is refused for good, or the letter is malformed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException) and not isinstance(
        error, smtplib.SMTPAuthenticationError
    ):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def _in_words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(text)}" for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        logger.info("The mail server had already hung up.")
