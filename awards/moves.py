"""What a move is: a verb that takes a thing from some states to another, once and in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True)
class Move:
    """One row of a life's table. `says` is the refusal's sentence when the thing is not in `sources`."""

    verb: str
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]  # role kinds that may make it
    says: object  # lazy text
    open_in: tuple[str, ...] = ()  # stage kinds during which it may be made; empty: always


def find(moves: tuple[Move, ...], verb: str) -> Move:
    """The row of `verb`; KeyError when the table has none."""
    for move in moves:
        if move.verb == verb:
            return move
    raise KeyError(verb)


def take(move: Move, thing: Model, **changes: object) -> bool:
    """Move `thing` by one conditional update; False, and nothing changed, when it is in no source state."""
    rows = type(thing).objects.filter(pk=thing.pk, state__in=move.sources)
    moved = rows.update(state=move.target, **changes) == 1
    if moved:
        thing.refresh_from_db()
    return moved
