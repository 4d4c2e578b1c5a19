"""Two people at one text: which fields a writer changed, and where somebody else was first; no query.

Every field of a writing page travels with the mark of what it showed. A field that still bears its mark was
not touched; one that was touched while the saved text changed too is a clash, and is never written over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed into a field, and the mark of what stood there before (empty when it was not sent)."""

    value: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was saved elsewhere meanwhile: nothing was written, both texts are here."""

    name: str
    saved: str
    written: str


def mark(value: str) -> str:
    """Twelve signs that say which text a page showed: the version token of one field."""
    return hashlib.blake2s(value.encode(), digest_size=6).hexdigest()


def compare(stored: Mapping[str, str], written: Mapping[str, Written]) -> tuple[dict[str, str], list[Clash]]:
    """(what is to be written, what clashes), by the fields' names; names not in `stored` are left out."""
    changes, clashes = {}, []
    for name, typed in written.items():
        if name not in stored or typed.value == stored[name] or mark(typed.value) == typed.was:
            continue
        if typed.was == mark(stored[name]) or not (typed.was or stored[name]):
            changes[name] = typed.value
        else:
            clashes.append(Clash(name, stored[name], typed.value))
    return changes, clashes


@dataclass(frozen=True)
class Saved:
    """What became of a save, all by the fields' names. `kept` is what the fields now hold, for new marks."""

    kept: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    problems: Mapping[str, object] = field(default_factory=dict)

    def __add__(self, other: Saved) -> Saved:
        """Both together."""
        return Saved(
            {**self.kept, **other.kept},
            self.changed + other.changed,
            self.clashes + other.clashes,
            {**self.problems, **other.problems},
        )


def settle(
    stored: Mapping[str, str], written: Mapping[str, Written], problems: Mapping[str, object]
) -> tuple[dict[str, str], Saved]:
    """(what is to be written, what to answer) for fields that could be read."""
    changes, clashes = compare(stored, written)
    lost = {clash.name for clash in clashes}
    after = {**stored, **changes}
    kept = {name: after[name] for name in written if name in after and name not in lost}
    return changes, Saved(kept, tuple(changes), tuple(clashes), problems)
