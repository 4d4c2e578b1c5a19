"""What this floor lets go of when people are forgotten: what contacts said of their positions."""

from __future__ import annotations

from collections.abc import Collection

from awards.models import Edition
from nominees.models import Contact


def forget_contacts(_edition: Edition, people: Collection[int]) -> None:
    """The contact's row stays, so that it is known which seat wrote; the position goes. No journal row."""
    Contact.objects.filter(person__in=people).update(title="")
