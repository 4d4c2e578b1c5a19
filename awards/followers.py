"""What goes along when a stage turns or its times move: higher floors register what they keep in step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awards.models import Person, Stage

Follower = Callable[["Stage", str, "Person | None"], None]
_followers: dict[str, list[Follower]] = defaultdict(list)


def register(stage_kind: str, follower: Follower) -> None:
    """Let `follower(stage, verb, by)` run in the transaction that turns such a stage; see ready()."""
    if follower not in _followers[stage_kind]:
        _followers[stage_kind].append(follower)


def follow(stage: Stage, verb: str, by: Person | None) -> None:
    """Run what is registered for this stage; whoever refuses undoes the whole turn."""
    for each in _followers[stage.kind]:
        each(stage, verb, by)
