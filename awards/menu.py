"""What stands in the menus: every app registers its own lines, so the ground floor never looks upward."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest


class Place(StrEnum):
    """Where a line stands: among a person's work, among what is open to all, at the foot of the page,
    or among the rooms of an edition, which its organiser finds on one page."""

    WORK = "work"
    OPEN = "open"
    FOOT = "foot"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line. `order` sorts within its place; `label` is lazy text of one or two words.

    `about` says in a sentence what the room is for; only an edition's rooms (`Place.EDITION`) show it.
    """

    label: object
    url: str
    order: int = 50
    place: Place = Place.WORK
    about: object = ""


Source = Callable[["HttpRequest"], Iterable[MenuItem]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let `source(request)` add lines to every page; it asks people `roles_held` only. Called in ready()."""
    if source not in _sources:
        _sources.append(source)
    return source


def items_for(request: HttpRequest) -> tuple[MenuItem, ...]:
    """Every line for this request in order, without those that say the same twice."""
    unique = {(item.place, item.url): item for source in _sources for item in source(request)}
    return tuple(sorted(unique.values(), key=lambda item: item.order))
