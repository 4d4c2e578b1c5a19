"""Whether a letter that could not leave at once is still wanted when it is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from awards import addressees, invitation_links, permissions, reminders
from awards.models import Letter
from awards.states import EditionState

FRESH = timedelta(minutes=30)


def wait_until(letter: Letter, now: datetime) -> datetime | None:
    """When a reminder may leave, if this is a quiet hour; None when it may leave now, as all else may."""
    if reminders.parts_of(letter.once_key) is None or not reminders.is_quiet(now):
        return None
    return reminders.awake(now)


def is_needless(letter: Letter, now: datetime) -> bool:
    """Whether what the letter says has been overtaken while it waited."""
    return _is_dead_invitation(letter, now) or _is_needless_reminder(letter, now)


def _is_dead_invitation(letter: Letter, now: datetime) -> bool:
    """Whether the link in an invitation's letter opens nothing: sent anew, withdrawn, used or too late."""
    if not invitation_links.carries_a_link(letter):
        return False
    invitation = invitation_links.invitation_of(letter)
    return invitation is None or not permissions.may_accept(invitation, now)


def _is_needless_reminder(letter: Letter, now: datetime) -> bool:
    """Whether a reminder has been overtaken: done, too late, a moved deadline, an edition at rest.

    Not asked at the first try of a new letter: it was written the minute before that. What has waited for the
    morning or is tried again by hand has been written long ago, whenever it fell due.
    """
    parts = reminders.parts_of(letter.once_key)
    is_fresh = letter.tries < 2 and now - letter.created_at < FRESH
    if parts is None or is_fresh or letter.edition is None:
        return False
    purpose, reader, deadline = parts
    if letter.edition.state != EditionState.RUNNING or deadline <= now.timestamp():
        return True
    source = next((each for each in reminders.sources() if each.purpose == purpose), None)
    group = source and addressees.group_of(source.group)
    if group is None:
        return True
    return not any(
        each.key == reader and each.deadline and reminders.seconds(each.deadline) == deadline
        for each in group.who(letter.edition, now)
    )
