"""What an entry declared of its municipality's work, put into words and groups for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominees.phrases import capitalised, spelled
from nominees.states import Direction
from nominees.wording import ordinal
from nominees.works import Work


@dataclass(frozen=True, slots=True)
class Group:
    """Works under a heading."""

    title: str
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """A challenge on top of the improvement areas; the first words are strong."""

    strong: str
    rest: str


@dataclass(frozen=True, slots=True)
class Declared:
    """Improvement areas, initiatives and challenges of one entry."""

    year: int
    url: str  # the entry's own page
    sentence: str  # how many areas
    areas: tuple[Group, ...]  # outward, inward
    initiatives: tuple[Work, ...]
    challenges: tuple[Group, ...]  # by the year ahead of which they were named
    added: tuple[Added, ...]
    refs: tuple[int, ...]


def declared(
    year: int,
    url: str,
    *,
    outward: Sequence[Work],
    inward: Sequence[Work],
    initiatives: Sequence[Work],
    challenges: Sequence[Work],
    added: Sequence[Work],
    refs: tuple[int, ...],
) -> Declared:
    """Group and word what the entry of `year` tells."""
    groups = (
        Group(_("Outward: for those who live and work here"), tuple(outward)),
        Group(_("Inward: for how the municipality works"), tuple(inward)),
    )
    return Declared(
        year,
        url,
        _areas_sentence(len(outward), len(inward)),
        tuple(group for group in groups if group.works),
        tuple(initiatives),
        _by_year(challenges),
        tuple(_added(work, len(outward) + place) for place, work in enumerate(added, start=1)),
        refs,
    )


def _areas_sentence(outward: int, inward: int) -> str:
    """`Seven areas from the nomination: four outward, three inward.`"""
    words = ngettext(
        "%(number)s area from the nomination: %(ways)s.",
        "%(number)s areas from the nomination: %(ways)s.",
        outward + inward,
    )
    ways = [_("%(number)s outward") % {"number": spelled(outward)}] if outward else []
    ways += [_("%(number)s inward") % {"number": spelled(inward)}] if inward else []
    return capitalised(words % {"number": spelled(outward + inward), "ways": ", ".join(ways)})


def _by_year(challenges: Sequence[Work]) -> tuple[Group, ...]:
    years = dict.fromkeys(work.ahead_of for work in challenges)
    return tuple(
        Group(
            _("Challenges ahead of %(year)s") % {"year": year} if year else _("Challenges"),
            tuple(work for work in challenges if work.ahead_of == year),
        )
        for year in years
    )


def _added(work: Work, place: int) -> Added:
    """`Added ahead of 2016:` `social endurance, a fifth challenge outward.`"""
    strong = _("Added ahead of %(year)s:") % {"year": work.ahead_of} if work.ahead_of else _("Added:")
    if work.direction != Direction.OUTWARD:
        return Added(strong, f"{work.title}.")
    facts = {"title": work.title, "ordinal": ordinal(place)}
    return Added(strong, _("%(title)s, a %(ordinal)s challenge outward.") % facts)
