"""Whether the order holds, in one sentence, and who cannot be told from whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from awards import formats
from criteria.chance import SURE
from criteria.phrases import and_list
from criteria.standings import Standings

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis


@dataclass(frozen=True)
class Headline:
    """The most important thing first, and what stands below it."""

    heading: str
    lead: str = ""

    @property
    def heading_html(self) -> SafeString:
        """The heading with places such as 2–4 held together at the end of a line."""
        whole = r'<span class="kv-nowrap">\g<0></span>'
        return mark_safe(re.sub(r"\d+–\d+", whole, escape(self.heading)))  # noqa: S308 - escaped first


@dataclass(frozen=True)
class Group:
    """Neighbours in the order that cannot be told apart, in official order."""

    names: tuple[str, ...]
    places: tuple[int, ...] = field(default=())

    @property
    def span(self) -> str:
        """`2–4` when the places follow each other, else empty."""
        first, last = min(self.places), max(self.places)
        return formats.span(first, last) if last - first + 1 == len(self.places) else ""


def headline(standings: Standings, found: Analysis | None) -> Headline:
    """What the chair must know first. No leader is called clear that is not."""
    placed = standings.placed
    if not placed:
        reason = next((str(line.reason) for line in standings.lines if line.reason), "")
        return Headline(_("There is no order yet."), reason)
    winners = first_of(standings)
    if len(placed) == 1:
        return Headline(_("%(name)s is the only entry with a value.") % {"name": winners[0]})
    sure = found.certainty if found is not None and not found.gates else None
    if sure is None:
        why = "" if found is None else " ".join(map(str, found.gates))
        if found is None:
            why = _("How sure the order is takes a while to work out: order it on the statistics page.")
        return Headline(_leads(winners, _("%(name)s has the highest value.")), why)
    open_groups = [group for group in groups_of(standings, found) if len(group.names) > 1]
    turned = _turned(standings, found)
    heading = _first(winners, found, open_groups)
    heading += [inseparable(group) for group in open_groups[:2]]
    if turned:
        heading.append(_("Adjusted for strictness, %(name)s comes before %(other)s.") % turned)
    elif not open_groups and is_sure(winners, found):
        heading.append(_("The order holds."))
    lead = _("The figures help the talk; the jury decides.")
    if open_groups:
        names = and_list(open_groups[0].names)
        close = _("%(names)s: each lies so close to the next that the order of the two may be chance.")
        close %= {"names": names}
        lead = f"{close} {lead}"
    return Headline(" ".join(heading), lead)


def groups_of(standings: Standings, found: Analysis) -> tuple[Group, ...]:
    """The groups of entries that cannot be told apart, best first."""
    if found.certainty is None:
        return ()
    letter = dict(zip(found.table.entries, found.certainty.group, strict=True))
    members: dict[str, list] = {}
    for line in standings.placed:
        if line.municipality in letter:
            members.setdefault(letter[line.municipality], []).append(line)
    return tuple(
        Group(tuple(line.municipality for line in lines), _seats_of(lines, standings))
        for lines in members.values()
    )


def neighbours_of(found: Analysis) -> dict[str, tuple[str, ...]]:
    """For each entry those next to it in the adjusted order that it cannot be told apart from.

    A group's letter runs from neighbour to neighbour: its ends may well be told apart, so they are not here.
    """
    if found.certainty is None or found.gates:
        return {}
    names, letters = found.table.entries, found.certainty.group
    order = (-found.adjusted.values).argsort(kind="stable")
    close: dict[str, tuple[str, ...]] = {}
    for one, other in pairwise(order):
        if letters[one] == letters[other]:
            close[names[one]] = (*close.get(names[one], ()), names[other])
            close[names[other]] = (*close.get(names[other], ()), names[one])
    return close


def _seats_of(lines: Sequence, standings: Standings) -> tuple[int, ...]:
    """The places by position, so that a shared place counts as the two it takes."""
    position = {line.nomination: number for number, line in enumerate(standings.placed, start=1)}
    return tuple(position[line.nomination] for line in lines)


def first_of(standings: Standings) -> list[str]:
    """Who is first by the rules."""
    return [line.municipality for line in standings.placed if line.place == 1]


def is_sure(winners: Sequence[str], found: Analysis) -> bool:
    """Whether one entry alone is first by the rules, and first in nearly every draw too."""
    chance = dict(zip(found.table.entries, found.certainty.first, strict=True))
    return len(winners) == 1 and chance.get(winners[0], 0) >= SURE


def _first(winners: list[str], found: Analysis, open_groups: Sequence[Group]) -> list[str]:
    """What may be said of the first place; nothing when the groups say it better."""
    if is_sure(winners, found):
        return [_("%(name)s leads.") % {"name": winners[0]}]
    if len(winners) > 1:
        return [_("%(names)s share the first place.") % {"names": and_list(winners)}]
    return [] if open_groups else [_("%(name)s has the highest value.") % {"name": winners[0]}]


def _turned(standings: Standings, found: Analysis) -> dict[str, str]:
    """Two entries that the adjusted values put clearly the other way round; empty where there are none."""
    value = dict(zip(found.table.entries, found.adjusted.values, strict=True))
    letter = dict(zip(found.table.entries, found.certainty.group, strict=True))
    placed = [line for line in standings.placed if line.municipality in value]
    lowest = None  # of those with a better place
    for _place, lines in groupby(placed, key=lambda line: line.place):
        names = [line.municipality for line in lines]
        highest = max(names, key=lambda name: value[name])
        if lowest is not None and value[highest] > value[lowest] and letter[highest] != letter[lowest]:
            return {"name": highest, "other": lowest}
        lowest = min([*names, *filter(None, [lowest])], key=lambda name: value[name])
    return {}


def _leads(winners: list[str], one: str) -> str:
    if len(winners) == 1:
        return one % {"name": winners[0]}
    return _("%(names)s share the highest value.") % {"names": and_list(winners)}


def inseparable(group: Group) -> str:
    """The sentence that its names cannot be told apart."""
    if group.span and len(group.names) > 2:
        return _("Neighbours in places %(span)s cannot be told apart.") % {"span": group.span}
    if group.span:
        return _("Places %(span)s cannot be told apart.") % {"span": group.span}
    if len(group.names) > 2:
        return _("%(names)s: neighbours cannot be told apart.") % {"names": and_list(group.names)}
    return _("%(names)s cannot be told apart.") % {"names": and_list(group.names)}
