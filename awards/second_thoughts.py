"""Whether a reminder that could not leave at once is still wanted when it is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from awards import addressees, reminders
from awards.models import Letter
from awards.states import EditionState

FRESH = timedelta(minutes=30)


def wait_until(letter: Letter, now: datetime) -> datetime | None:
    """When a reminder may leave, if this is a quiet hour; None when it may leave now, as all else may."""
    if reminders.parts_of(letter.once_key) is None or not reminders.is_quiet(now):
        return None
    return reminders.awake(now)


def is_needless(letter: Letter, now: datetime) -> bool:
    """Whether a reminder has been overtaken: done, too late, a moved deadline, an edition at rest.

    Not asked at the first try in time: the reminder was written the minute before that.
    """
    parts = reminders.parts_of(letter.once_key)
    is_fresh = letter.tries < 2 and now - letter.due_at < FRESH
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
        each.key == reader and each.deadline and int(each.deadline.timestamp()) == deadline
        for each in group.who(letter.edition, now)
    )
