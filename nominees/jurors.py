"""Which seats of the jury still read an entry: the floor above, which knows who stands aside, registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from awards.models import Role
from nominees.models import Nomination

StandsAside = Callable[[Role, Nomination], bool]

_asked: list[StandsAside] = []


def register(stands_aside: StandsAside) -> None:
    """Let `stands_aside` say when a seat must hear nothing more of an entry; see ready()."""
    if stands_aside not in _asked:
        _asked.append(stands_aside)


def reads(seat: Role, entry: Nomination, now: datetime) -> bool:
    """Whether the seat is held still, and nobody says that it stands aside from the entry."""
    if not Role.objects.in_force(now).filter(pk=seat.pk).exists():
        return False
    return not any(stands_aside(seat, entry) for stands_aside in _asked)
