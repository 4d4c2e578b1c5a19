"""What pages with scores leave behind: who opened them, for the journal."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from awards.models import Edition
from criteria import actions


def note_reading(request: HttpRequest, edition: Edition, room: str) -> None:
    """Note the reader, once the page has let them in.

    Where an organiser sees the site as somebody else nothing is saved, and the one whose page it is has
    read nothing: that viewing stands in the journal by itself.
    """
    if getattr(request, "viewing", None) is None:
        actions.note_reading(edition=edition, room=room, now=timezone.now(), by=request.user)
