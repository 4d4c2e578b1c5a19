"""The page of the six statistics: sentence, light, chart, table, and how each is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import drawing, formats
from criteria.charts import agreement_rows, charts
from criteria.findings import Finding, findings
from criteria.jury_analysis import criteria_out
from criteria.phrases import and_list, figure, share
from criteria.standings import Standings

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis


@dataclass(frozen=True)
class DataTable:
    """A small table of written figures; the first cell of a row names it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One statistic as the page shows it."""

    number: int
    question: str
    finding: Finding
    chart: SafeString | str
    table: DataTable | None
    how: tuple[str, ...]


def sections_of(standings: Standings, found: Analysis) -> tuple[Section, ...]:
    """The six sections."""
    language = formats.written_language(get_language())
    drawn = {key: drawing.inline(chart, language) for key, chart in charts(standings, found).items()}
    return tuple(
        Section(
            number,
            _QUESTIONS[each.key](),
            each,
            drawn.get(each.key, ""),
            _TABLES[each.key](standings, found),
            _HOW[each.key](found),
        )
        for number, each in enumerate(findings(standings, found), start=1)
    )


def _islands(_standings: Standings, found: Analysis) -> DataTable | None:
    rows = tuple(
        (str(number), and_list(one.entries), and_list(one.jurors))
        for number, one in enumerate(found.comparability.islands, start=1)
    )
    heads = (_("Group"), _("Entries"), _("Jurors"))
    return DataTable(_("Groups that hang together through common readers"), heads, rows) if rows else None


def _severity(_standings: Standings, found: Analysis) -> DataTable | None:
    if found.adjusted is None or found.gates:
        return None
    ordered = sorted(zip(found.adjusted.severity, found.table.jurors, strict=True))
    language = formats.written_language(get_language())
    rows = tuple((juror, formats.signed(round(float(value), 3), 1, language)) for value, juror in ordered)
    return DataTable(
        _("Points from the jury's mean, damped for few readings"), (_("Juror"), _("Points")), rows
    )


def _agreement(_standings: Standings, found: Analysis) -> DataTable | None:
    rows = tuple((row["name"], figure(row["value"], 2)) for row in agreement_rows(found))
    return (
        DataTable(_("Measures of agreement, at most 1"), (_("Measure"), _("Value")), rows) if rows else None
    )


def _certainty(standings: Standings, found: Analysis) -> DataTable | None:
    sure = found.certainty
    if sure is None or found.gates:
        return None
    at = {name: number for number, name in enumerate(found.table.entries)}
    rows = tuple(
        (
            line.municipality,
            share(sure.first[at[line.municipality]]),
            share(sure.top[at[line.municipality]]),
            formats.span(int(sure.low[at[line.municipality]]), int(sure.high[at[line.municipality]])),
            sure.group[at[line.municipality]].upper(),
        )
        for line in standings.placed
        if line.municipality in at
    )
    top = _("Among the first %(k)s") % {"k": sure.top_k}
    heads = (_("Municipality"), _("First"), top, _("Likely places"), _("Group"))
    return DataTable(_("How sure each place is"), heads, rows)


def _influence(standings: Standings, found: Analysis) -> DataTable | None:
    language = formats.written_language(get_language())
    criteria = criteria_out(standings) if found.comparability.connected else ()
    cases = [(_("Without %(juror)s") % {"juror": one.juror}, one) for one in found.left_out]
    cases += [
        (_("Without the criterion %(name)s") % {"name": one.title.in_language(language)}, one)
        for one in criteria
    ]
    rows = tuple(
        (
            case,
            and_list(one.winners) or _("nobody"),
            _("%(entry)s by %(places)s") % {"entry": one.moved, "places": one.largest_move}
            if one.largest_move
            else _("no change"),
        )
        for case, one in cases
    )
    heads = (_("Case"), _("First"), _("Moves most"))
    caption = _("The order when one juror or one criterion at a time is left out")
    return DataTable(caption, heads, rows) if rows else None


def _oddities(standings: Standings, found: Analysis) -> DataTable | None:
    rows = []
    at = {name: number for number, name in enumerate(found.table.entries)}
    for line in standings.lines:
        if line.municipality in at:
            given = found.table.y[at[line.municipality]]
            given = given[found.table.seen[at[line.municipality]]]
            low, high = float(given.min()), float(given.max())
            rows.append((line.municipality, figure(low), figure(high), figure(high - low)))
    heads = (_("Municipality"), _("Lowest"), _("Highest"), _("Between"))
    return DataTable(_("Lowest and highest total of each entry, 0–100"), heads, tuple(rows)) if rows else None


_QUESTIONS: dict[str, Callable[[], str]] = {
    "comparable": lambda: _("May all entries be compared?"),
    "strictness": lambda: _("Who is strict and who is generous?"),
    "agreement": lambda: _("Does the jury agree?"),
    "certainty": lambda: _("How sure is the order?"),
    "influence": lambda: _("Does one juror or one criterion decide?"),
    "oddities": lambda: _("What is worth a talk?"),
}
_TABLES = {
    "comparable": _islands,
    "strictness": _severity,
    "agreement": _agreement,
    "certainty": _certainty,
    "influence": _influence,
    "oddities": _oddities,
}


def _how_comparable(_found: Analysis) -> tuple[str, ...]:
    return (
        _("A counted sheet joins a juror and an entry. What hangs together so may be compared."),
        _("A single reading that holds two parts of the jury together is named."),
    )


def _how_strictness(_found: Analysis) -> tuple[str, ...]:
    return (
        _("Each total is taken as the entry's quality plus the juror's strictness plus chance. How much each "
          "varies is estimated by REML; jurors with few readings are drawn towards zero."),
        _("It is shown only when the table hangs together, three jurors or more have three readings each, "
          "and enough scores remain to tell strictness from chance."),
        _("A difference is called clear when chance alone would give it less than one time in ten."),
        _("The adjusted value stands beside the raw one and decides nothing unless the rules say so."),
    )  # fmt: skip


def _how_agreement(_found: Analysis) -> tuple[str, ...]:
    return (
        _("When everybody has scored everything: the intraclass correlations of Shrout and Fleiss (1979). "
          "Otherwise the share of the variation that lies between entries, for one juror and for the mean."),
        _("Krippendorff's alpha stands beside them and bears gaps."),
        _("From 0.80 the common value is solid, from 0.67 tentative; below that, discuss the reasons."),
    )  # fmt: skip


def _how_certainty(found: Analysis) -> tuple[str, ...]:
    seed = found.certainty.seed if found.certainty is not None else "–"
    return (
        _("The adjusted values are drawn 10,000 times within their uncertainty and ranked each time "
          "(seed %(seed)s). The chance of a place is how often it came up.") % {"seed": seed},
        _("Neighbours share a letter when the first of them is ahead in fewer than nine draws of ten."),
    )  # fmt: skip


def _how_influence(_found: Analysis) -> tuple[str, ...]:
    return (
        _("The order by raw means is worked out again with one juror at a time left out."),
        _("The official order is worked out again with one criterion at a time left out; the weights of "
          "the others keep their proportions. In a large field this is left to the page where weights are "
          "tried."),
    )  # fmt: skip


def _how_oddities(_found: Analysis) -> tuple[str, ...]:
    return (
        _("A score stands out when it lies more than three standard errors from what the entry and the "
          "juror's strictness lead to expect."),
        _("Also named: entries where the jurors lie more than 40 points of 100 apart, and jurors who gave "
          "everything the same."),
    )  # fmt: skip


_HOW = {
    "comparable": _how_comparable,
    "strictness": _how_strictness,
    "agreement": _how_agreement,
    "certainty": _how_certainty,
    "influence": _how_influence,
    "oddities": _how_oddities,
}
