"""The two questions that every verdict here begins with: which role is held, and does the state allow it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Person
from awards.moves import Move
from awards.states import RoleKind
from awards.verdicts import YES, Verdict, no


def holds(user: Person, edition: Edition, *kinds: str) -> Verdict:
    """Whether the person holds one of these roles in the edition."""
    if user.holds(edition, *kinds):
        return YES
    if RoleKind.CHAIR in kinds:
        return no(_("Only the chair or the organiser of the edition may do this."))
    return no(_("Only the organiser of the edition may do this."))


def in_source(move: Move, state: str | None) -> Verdict:
    """Whether the move begins at this state; its own words say why not."""
    return YES if state in move.sources else no(move.says)
