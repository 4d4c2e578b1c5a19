"""What else happens when somebody accepts an invitation: higher floors register what their roles need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awards.models import Role

Welcome = Callable[["Role", dict, datetime], None]
_welcomes: dict[str, list[Welcome]] = defaultdict(list)


def register(kind: str, welcome: Welcome) -> None:
    """Let `welcome(role, details, now)` run, in the same transaction, for roles of `kind`; see ready()."""
    if welcome not in _welcomes[kind]:
        _welcomes[kind].append(welcome)


def welcome(role: Role, details: dict, now: datetime) -> None:
    """Run what is registered for this role; `details` are the invitation's."""
    for each in _welcomes[role.kind]:
        each(role, details, now)
