"""Bringing tables to what the files say: new rows added, differing ones changed, equal ones left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass
class Changes:
    """How many rows of each kind were read, added and changed."""

    read: dict[str, int] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, *, read: int, added: int, changed: int = 0) -> None:
        """Take note of one table."""
        for numbers, number in ((self.read, read), (self.added, added), (self.changed, changed)):
            numbers[what] = numbers.get(what, 0) + number

    @property
    def any(self) -> bool:
        """Whether anything was written."""
        return any(self.added.values()) or any(self.changed.values())

    @property
    def sentence(self) -> str:
        """What happened, for the person at the terminal."""
        if not self.any:
            return f"Nothing changed. As in the files: {_listed(self.read)}."
        told = (("Added", self.added), ("Changed", self.changed))
        return " ".join(f"{verb}: {_listed(numbers)}." for verb, numbers in told if any(numbers.values()))


def _listed(numbers: dict[str, int]) -> str:
    return ", ".join(f"{what} {number}" for what, number in numbers.items() if number)


def bring(
    changes: Changes,
    what: str,
    stored: QuerySet[M],
    keys: Sequence[str],
    wanted: Iterable[Mapping[str, Any]],
    *,
    only_new: Sequence[str] = (),
) -> dict[tuple, M]:
    """Make the rows of `stored` equal to `wanted` where `keys` match; give all wanted ones by their keys.

    Rows that `wanted` does not name stay. The fields `only_new` are set on new rows and never changed.
    """
    have = {tuple(getattr(row, key) for key in keys): row for row in stored}
    found: dict[tuple, M] = {}
    new: list[M] = []
    differing: list[M] = []
    fields: set[str] = set()
    read = 0
    for values in wanted:
        place = tuple(values[key] for key in keys)
        if place in found:
            continue  # the first of two wins
        read += 1
        row = have.get(place)
        if row is None:
            row = stored.model(**values)
            new.append(row)
        else:
            names = [name for name in values if name not in only_new and getattr(row, name) != values[name]]
            for name in names:
                setattr(row, name, values[name])
            if names:
                differing.append(row)
                fields.update(names)
        found[place] = row
    stored.bulk_create(new)
    if differing:
        stored.bulk_update(differing, sorted(fields))
    changes.count(what, read=read, added=len(new), changed=len(differing))
    return found
