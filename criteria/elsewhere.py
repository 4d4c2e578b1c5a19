"""Where else a juror's list leads: the floor above registers its links, so this one never looks upward."""

from __future__ import annotations

from collections.abc import Callable

from awards.links import Link
from awards.models import Edition

_links: list[Callable[[Edition], Link]] = []


def register(link: Callable[[Edition], Link]) -> None:
    """Let `link(edition)` stand beside a juror's entries. Called in apps.py: ready()."""
    if link not in _links:
        _links.append(link)


def links_for(edition: Edition) -> tuple[Link, ...]:
    """Every link beside the entries of this edition."""
    return tuple(link(edition) for link in _links)
