"""What the floors above tell a municipality beside its entry: registered there, shown here as links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Subquery

from awards.links import Link
from nominees.models import Nomination


@dataclass(frozen=True)
class Source:
    """`value` is a subquery on the outer entry, asked along with it; `link` makes a link of what it gives."""

    value: Callable[[], Subquery]
    link: Callable[[object], Link]


_sources: dict[str, Source] = {}


def register(name: str, value: Callable[[], Subquery], link: Callable[[object], Link]) -> None:
    """Let a link stand beside a municipality's entries wherever `value` gives something; see ready()."""
    _sources[name] = Source(value, link)


def annotations() -> dict[str, Subquery]:
    """What is asked along with entries."""
    return {name: source.value() for name, source in _sources.items()}


def links(entry: Nomination) -> tuple[Link, ...]:
    """The links of an entry that was read with the annotations."""
    found = ((source, getattr(entry, name, None)) for name, source in _sources.items())
    return tuple(source.link(value) for source, value in found if value is not None)
