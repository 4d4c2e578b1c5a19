"""To whom a letter can be written: every app registers the groups of people that it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from awards import formats

if TYPE_CHECKING:
    from awards.models import Edition, Person


@dataclass(frozen=True)
class Addressee:
    """One reader of one letter, with the words that stand in its places, in the reader's language."""

    key: str  # what this reader is here, such as contact:17; a person may be two things
    person: Person
    about: str  # the municipality or the seat
    words: Mapping[str, str] = field(hash=False)
    deadline: datetime | None = None  # until when this reader has something to do
    since: datetime | None = None  # since when this reader is what they are

    @property
    def language(self) -> str:
        """In which of our languages the letter is written."""
        return formats.written_language(self.person.language)


Who = Callable[["Edition", datetime], Iterable[Addressee]]


@dataclass(frozen=True)
class Group:
    """People who can be written to together. `names` are the places that their words can fill."""

    code: str
    label: object
    who: Who
    names: tuple[str, ...]
    order: int = 50
    is_whole: bool = False  # a group that no other one contains: one person is looked for in these


_groups: dict[str, Group] = {}


def register(group: Group) -> None:
    """Let letters be written to this group. Called in apps.py: ready()."""
    _groups[group.code] = group


def groups() -> tuple[Group, ...]:
    """Every group, in order."""
    return tuple(sorted(_groups.values(), key=lambda group: group.order))


def group_of(code: str) -> Group | None:
    """The group with this code."""
    return _groups.get(code)


def everybody(edition: Edition, now: datetime) -> list[Addressee]:
    """Everybody in any group, once for each thing that they are."""
    return [each for group in groups() if group.is_whole for each in group.who(edition, now)]
