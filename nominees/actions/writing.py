"""Saving what a writing page holds: every field that was changed, in one transaction with its journal row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from awards import journal
from awards.models import Person
from nominees import permissions
from nominees.actions.answers import write_answers
from nominees.actions.areas import write_rows
from nominees.actions.contributions import tell_partners, write_contributions
from nominees.actions.turns import take_turn
from nominees.drafts import Saved, Written
from nominees.models import Nomination


@transaction.atomic
def save_draft(
    *,
    nomination: Nomination,
    written: Mapping[str, Written],
    is_pausing: bool = False,
    now: datetime,
    by: Person,
) -> Saved:
    """Write the fields that were changed and clash with nobody, and the journal.

    A field that somebody else saved meanwhile is not written: it comes back as a clash with both texts. A
    field that cannot be kept comes back with a sentence. The entry's row is taken first, so that two saves
    of one entry wait for each other on every database. `is_pausing`: the writer has not pressed Save but
    stopped typing, perhaps in the middle of a name, so nobody else is told anything yet.
    """
    permissions.may_write(by, nomination, now).require()
    if not written:
        return Saved()
    take_turn(nomination, now, by)
    saved = write_answers(nomination=nomination, written=written, now=now, by=by)
    saved += write_rows(nomination=nomination, written=written)
    saved += write_contributions(nomination=nomination, written=written, now=now, by=by)
    if not is_pausing and any(name.startswith("contribution-") for name in written):
        tell_partners(nomination, now=now)
    if saved.changed:
        journal.record(
            "save_draft", nomination, by=by, edition=nomination.edition, fields=list(saved.changed)
        )
    return saved
