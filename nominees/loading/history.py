"""The award's history out of its files: editions, what happened in them, what was brought to the fairs."""

from __future__ import annotations

from django.db import transaction

from awards import journal
from nominees.loading import contributions, editions, entries, evaluations, told
from nominees.loading.sources import publishers
from nominees.loading.tables import Shelf
from nominees.loading.writing import Changes
from nominees.models import Municipality, MunicipalityName


def load_history(shelf: Shelf) -> Changes:
    """Bring the history to what the files say; nothing is written if any row is wrong.

    Editions come concluded and public from their ceremony (or the end of their year). Events are only added,
    never changed. Raises DataTroubleError. Side effect: one journal row with the counts if anything changed.
    """
    known = _known_names()
    if not known:
        shelf.troubles.note("municipalities", None, "there are none yet; run load_reference first")
    shelf.troubles.stop_if_any()
    years = editions.read(shelf)
    happened = entries.read(shelf, years, known)
    brought = contributions.read(shelf, years, known)
    evaluated = evaluations.read(shelf, known)
    stories = told.read(shelf, years, known)
    named = publishers(shelf)
    shelf.troubles.stop_if_any()
    changes = Changes()
    with transaction.atomic():
        stored = editions.write(changes, years, named)
        nominations = entries.write(changes, happened, stored, named)
        contributions.write(changes, brought, stored, named)
        evaluations.write(changes, evaluated, named)
        told.write(changes, stories, stored, nominations, named)
        if changes.any:
            award = next(iter(stored.values())).award
            journal.record("load_history", award, by=None, added=changes.added, changed=changes.changed)
    return changes


def _known_names() -> dict[str, set[str]]:
    """{code: the names it has or had}."""
    known = {code: {name} for code, name in Municipality.objects.values_list("code", "name")}
    for code, name in MunicipalityName.objects.values_list("municipality__code", "value"):
        known[code].add(name)
    return known
