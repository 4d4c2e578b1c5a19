"""A real mail server on loopback that keeps what it gets, and refuses or stalls on command."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from awards.models import Edition, ReminderPlan


@dataclass
class MailServer:
    """What has come in, and what is answered: a queue of answers for the next letters, then always yes."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)  # such as "550 no such user"
    to_letter: list[str] = field(default_factory=list)  # such as "451 try later"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        """Take or refuse a recipient."""
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        """Keep or refuse a letter."""
        if self.to_letter:
            return self.to_letter.pop(0)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@contextmanager
def serving() -> Iterator[MailServer]:
    """The server for as long as the block lasts, on a port that was free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = MailServer(port)
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def mailed(edition: Edition) -> None:
    """Make a rehearsal of the story a real edition, whose letters are mailed, and let it remind nobody."""
    edition.is_rehearsal = False
    edition.save(update_fields=["is_rehearsal"])
    ReminderPlan.objects.create(edition=edition, is_on=False)


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """Mail goes to a server of our own for one test."""
    with serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 5
        yield server
