"""The consensus meeting's agenda: the entries in order of disagreement, each with why it stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats
from criteria.attendance import Table
from criteria.combine import agreed_codes
from criteria.headline import neighbours_of
from criteria.phrases import and_list, figure
from criteria.readings import Reading
from criteria.scoring import Node, ScoringModel, leaves
from criteria.standings import Standing, Standings

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis


@dataclass(frozen=True)
class Apart:
    """The criterion on which the jurors of an entry lie farthest apart, as a share of its scale."""

    node: Node
    low: object
    high: object
    share: float


@dataclass(frozen=True)
class Topic:
    """One entry on the agenda. `away` are the seats that must leave the room."""

    nomination: int
    code: str
    municipality: str
    url: str
    why: tuple[str, ...]
    agreed: int
    of: int
    away: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether everything on it is agreed."""
        return self.agreed == self.of


def agenda_of(
    standings: Standings, found: Analysis | None, table: Table, edition: str, *, names: bool = False
) -> tuple[Topic, ...]:
    """Every entry: first where a score stands out or the jurors lie far apart, then by their range.

    A juror who gave a score that stands out is named only where `names` are asked for.
    """
    said = _said(standings, found, names=names)
    rows = standings.readings.by_nomination
    lines = sorted(standings.lines, key=lambda line: (-len(said[line.nomination]), -_range(line)))
    of = len(agreed_codes(standings.readings.model))
    return tuple(
        Topic(
            nomination=line.nomination,
            code=line.code,
            municipality=line.municipality,
            url=reverse("consensus_entry", args=[edition, line.code]),
            why=(*said[line.nomination], *_nearer(standings, line, found, rows[line.nomination])),
            agreed=line.agreed_on,
            of=of,
            away=tuple(seat.name for seat in table.away_from(line.nomination)),
        )
        for line in lines
    )


def ties_of(standings: Standings) -> list[dict[int, str]]:
    """The equals that the rules leave to the chair and that nobody has settled, by nomination with names."""
    if "chair" not in standings.readings.model.tie_break:
        return []
    groups: dict[tuple, dict[int, str]] = defaultdict(dict)
    for line in standings.lines:
        for order, place in (("rules", line.place), ("meeting", line.agreed_place)):
            if place is not None:
                groups[order, place][line.nomination] = line.municipality
    tied: list[dict[int, str]] = []
    for group in groups.values():
        if len(group) > 1 and group not in tied:
            tied.append(group)
    return tied


def apart_on(model: ScoringModel, rows: Iterable[Reading]) -> Apart | None:
    """Where the finished sheets of one entry differ most; None where none differ."""
    given: dict[str, list] = defaultdict(list)
    for row in rows:
        for code, mark in row.marks.items() if row.submitted else ():
            if mark.value is not None:
                given[code].append(mark.value)
    widest = None
    for node in leaves(model):
        values = given.get(node.code, [])
        if len(values) < 2 or node.scale is None or min(values) == max(values):
            continue
        share = float((max(values) - min(values)) / (node.scale.max - node.scale.min))
        if widest is None or share > widest.share:
            widest = Apart(node, min(values), max(values), share)
    return widest


def _said(standings: Standings, found: Analysis | None, *, names: bool) -> dict[int, list[str]]:
    """What the statistics single out, by entry: the reasons that lift it to the top."""
    said: dict[int, list[str]] = {key: [] for key in standings.readings.entries}
    if found is None:
        return said
    keys = {name: key for key, name in standings.readings.entries.items()}
    for odd in found.odd:
        words = {"juror": odd.juror, "score": figure(odd.score), "expected": figure(odd.expected)}
        text = (
            _("%(juror)s gave %(score)s where %(expected)s was to be expected.")
            if names
            else _("One juror gave %(score)s where %(expected)s was to be expected.")
        )
        said[keys[odd.entry]].append(text % words)
    for wide in found.wide:
        words = {"low": figure(wide.lowest), "high": figure(wide.highest)}
        said[keys[wide.entry]].append(_("The jurors range from %(low)s to %(high)s of 100.") % words)
    return said


def _nearer(standings: Standings, line: Standing, found: Analysis | None, rows: list[Reading]) -> list[str]:
    """What else is worth knowing: equals, neighbours that cannot be told apart, the widest criterion."""
    names = standings.readings.entries
    words = []
    if line.shared_with:
        others = and_list([names[key] for key in line.shared_with])
        words.append(_("Shares its place with %(names)s.") % {"names": others})
    close = neighbours_of(found).get(line.municipality, ()) if found is not None else ()
    if close and not line.shared_with:
        words.append(_("Cannot be told apart from %(names)s.") % {"names": and_list(close)})
    apart = apart_on(standings.readings.model, rows)
    if apart is not None:
        words.append(_apart_words(apart))
    elif line.figures:
        words.append(_("The jurors lie close."))
    return words


def _apart_words(apart: Apart) -> str:
    language = formats.written_language(get_language())
    return _("Most apart on %(criterion)s: from %(low)s to %(high)s.") % {
        "criterion": apart.node.title.in_language(language),
        "low": formats.number(apart.low, language=language),
        "high": formats.number(apart.high, language=language),
    }


def _range(line: Standing) -> float:
    return float(line.figures[-1] - line.figures[0]) if line.figures else -1.0
