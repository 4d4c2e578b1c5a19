"""What an edition is made of: every app registers the parts it keeps, to be shown, copied and changed.

An app registers in `apps.py: ready()`, as it does its gates:

    copying.register(Part("letters", _("Letters"), preview=lines, copy=copy_letters, change=url))

The set-up page then shows the part with a link to where it is changed, and the copy page offers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from awards.shifts import Shift
from awards.verdicts import YES, Verdict

if TYPE_CHECKING:
    from awards.models import Edition, Person


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a part. Times come as they are and as they become.

    The journal keeps `text` and the times of what was copied, so no person stands in them: `whom` is only
    ever shown.
    """

    text: object
    opens: datetime | None = None
    closes: datetime | None = None
    new_opens: datetime | None = None
    new_closes: datetime | None = None
    whom: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether there are times to show."""
        return bool(self.opens or self.closes)


@dataclass(frozen=True, slots=True)
class Copying:
    """One copy being made: all parts get the same. `by` organises both ends."""

    source: Edition
    target: Edition
    shift: Shift
    now: datetime
    by: Person


def _anybody(_person: Person, _source: Edition) -> Verdict:
    return YES


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an edition.

    `preview(edition, shift)` gives its lines, `copy(copying)` writes them into the new edition inside the one
    transaction, `change(edition)` is the address where the part is changed. `needs` names a part without
    which this one makes no sense; `may` says who may copy it. `is_set_up` is False for what only a copy has.
    """

    name: str
    label: object
    preview: Callable[[Edition, Shift], Iterable[Line]]
    copy: Callable[[Copying], None]
    change: Callable[[Edition], str]
    order: int = 50
    about: object = ""
    needs: str = ""
    may: Callable[[Person, Edition], Verdict] = _anybody
    chosen: bool = True  # ticked from the start
    is_set_up: bool = True


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Make `part` known; the same name again replaces it. Called from apps.py: ready()."""
    _parts[part.name] = part


def forget(name: str) -> None:
    """Take a part out again, as a test does."""
    _parts.pop(name, None)


def parts() -> tuple[Part, ...]:
    """Every part in order."""
    return tuple(sorted(_parts.values(), key=lambda part: (part.order, part.name)))
