"""All six statistics of one table put together, with the gates that say when a figure would mean nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace

import numpy as np
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.statistics.agreement import (
    METRICS,
    Icc,
    Reliability,
    alpha,
    can_agree,
    icc,
    jurors_needed,
    reliability,
)
from criteria.statistics.certainty import Certainty, certainty
from criteria.statistics.comparability import Comparability, comparability
from criteria.statistics.influence import LeftOut, leave_one_out, means
from criteria.statistics.oddities import (
    OddScore,
    WideSpread,
    jurors_without_spread,
    odd_scores,
    wide_spreads,
)
from criteria.statistics.severity import Adjusted, Variance, adjust, variance
from criteria.statistics.table import ScoreTable

FEWEST_JURORS = 3
FEWEST_READINGS = 3  # of each juror
FEWEST_SPARE = 5  # readings beyond what the model's effects need
CLEAR = 0.10  # the p value above which strictness is not spoken of


@dataclass(frozen=True)
class Analysis:
    """What is known of a table. What cannot be computed is None; `gates` says in sentences what means little.

    The gates are worded when they are read: an analysis is kept, and its readers' languages differ.
    """

    table: ScoreTable
    comparability: Comparability
    raw: np.ndarray
    gates: tuple[object, ...] = ()
    variance: Variance | None = None
    adjusted: Adjusted | None = None
    icc: Icc | None = None
    reliability: Reliability | None = None
    alpha: dict[str, float | None] = field(default_factory=dict)
    needed: int | None = None
    certainty: Certainty | None = None
    left_out: tuple[LeftOut, ...] = ()
    odd: tuple[OddScore, ...] = ()
    wide: tuple[WideSpread, ...] = ()
    flat: tuple[str, ...] = ()

    @property
    def strictness_is_clear(self) -> bool:
        """Whether jurors differ in strictness beyond what chance would make."""
        return self.variance is not None and self.variance.juror > 0 and self.variance.p_juror <= CLEAR

    @property
    def is_constant(self) -> bool:
        """Whether everybody gave the same score everywhere."""
        given = self.table.y[self.table.seen]
        return bool(given.size) and bool(given.max() == given.min())


def spare(table: ScoreTable) -> int:
    """Readings beyond what the effects of entries and jurors need: chance is estimated from these."""
    return table.readings - len(table.entries) - len(table.jurors) + 1


def gates(table: ScoreTable, connected: bool) -> tuple[object, ...]:
    """Why an adjusted order of this table should not be leaned on; empty when it may be shown."""
    sentences: list[object] = []
    if not connected:
        sentences.append(_("The jury is split into groups without a common entry: no common order exists."))
    if len(table.jurors) < FEWEST_JURORS:
        sentences.append(_("Fewer than three jurors have scored: strictness cannot be told from quality."))
    few = [name for name, n in zip(table.jurors, table.seen.sum(axis=0), strict=True) if n < FEWEST_READINGS]
    if few:
        sentences.append(
            format_lazy(
                _("Fewer than three readings by: {jurors}. Their strictness is unknown."),
                jurors=", ".join(few),
            )
        )
    if spare(table) < FEWEST_SPARE:
        sentences.append(_("Too few scores in all to tell strictness from chance."))
    return tuple(sentences)


def analyse(
    table: ScoreTable, *, scale: tuple[float, float] | None = None, top_k: int = 3, seed: int = 2027
) -> Analysis:
    """All six statistics. `scale` is the lowest and highest possible score; by default the scores' range.

    The table is put in order of its names first, so that rows in another order draw the same lots.
    """
    table = table.scored_only().in_order()
    if not table.readings:
        return Analysis(table, comparability(table), means(table), (_("There are no scores."),))
    together = comparability(table)
    low, high = scale or (float(np.nanmin(table.y)), float(np.nanmax(table.y)))
    found = {
        "table": table,
        "comparability": together,
        "raw": means(table),
        "gates": gates(table, together.connected),
        "icc": icc(table),
        "alpha": alpha(table),
        "left_out": leave_one_out(table, top_k=top_k) if together.connected else (),
        "wide": wide_spreads(table, low, high),
        "flat": jurors_without_spread(table),
    }
    if not together.connected or table.readings < 2 or np.nanmax(table.y) == np.nanmin(table.y):
        return Analysis(**found)
    parts = variance(table)
    values = adjust(table, parts)
    steady = reliability(table, parts)
    return Analysis(
        **found,
        variance=parts,
        adjusted=values if can_agree(table) else None,
        reliability=steady,
        needed=jurors_needed(steady.single) if steady else None,
        certainty=certainty(values, top_k=top_k, seed=seed) if can_agree(table) and spare(table) else None,
        odd=odd_scores(values),
    )


def withheld(found: Analysis) -> Analysis:
    """Without what a gate speaks against: adjusted values, strictness, how sure the order is."""
    return replace(found, adjusted=None, certainty=None) if found.gates else found


def notes(found: Analysis) -> list[str]:
    """What a reader must know beside the figures, in whole sentences."""
    lines: list[object] = list(found.gates)
    for entry, juror in found.comparability.joins:
        lines.append(
            _("One more reading would join two groups: %(juror)s reads %(entry)s.")
            % {"juror": juror, "entry": entry}
        )
    for entry, juror in found.comparability.bridges:
        lines.append(
            _("The jury hangs together by one reading: %(juror)s on %(entry)s.")
            % {"juror": juror, "entry": entry}
        )
    if found.is_constant:
        lines.append(_("Everybody gave the same score everywhere: that is no information about agreement."))
    if found.variance and not found.strictness_is_clear:
        lines.append(_("No clear difference in strictness between the jurors."))
    if not found.table.complete:
        lines.append(_("Not everybody has scored everything, so the intraclass correlations are not given."))
    same = _("%(juror)s gave every entry the same score.")
    lines += [same % {"juror": juror} for juror in found.flat]
    return [str(line) for line in lines]


def as_dict(found: Analysis) -> dict:
    """The analysis as plain data, ready for JSON; keys as in docs/statistics.md.

    What can be computed is there, and what speaks against leaning on it stands in `notes`; what cannot
    (islands, one juror, one entry, the same score everywhere) is None.
    """
    entries, jurors = found.table.entries, found.table.jurors
    adjusted, sure = found.adjusted, found.certainty
    return {
        "components": [
            {"entries": list(one.entries), "jurors": list(one.jurors)} for one in found.comparability.islands
        ],
        "variance": _figures(found.variance, entry="entry", juror="juror", residual="residual", mean="mean"),
        "severity": _named(jurors, adjusted.severity) if adjusted else None,
        "raw": _named(entries, found.raw),
        "adjusted": _named(entries, adjusted.values) if adjusted else None,
        "icc": _figures(found.icc, **{"2,1": "single", "2,k": "mean", "3,1": "consistency"}),
        "reliability": _figures(found.reliability, single="single", mean="mean"),
        "alpha": found.alpha or dict.fromkeys(METRICS),
        "first_probability": _named(entries, sure.first) if sure else None,
        "rank_interval": _intervals(entries, sure) if sure else None,
        "groups": dict(zip(entries, sure.group, strict=True)) if sure else None,
        "leave_one_out": {
            one.juror: _figures(
                one,
                winner_changed="winner_changed",
                top_changed="top_changed",
                largest_move="largest_move",
                moved="moved",
                winners="winners",
            )
            for one in found.left_out
        },
        "odd_scores": [asdict(odd) for odd in found.odd],
        "wide_spreads": [asdict(wide) for wide in found.wide],
        "seed": sure.seed if sure else None,
        "notes": notes(found),
    }


def _figures(thing: object, **keys: str) -> dict | None:
    return {key: getattr(thing, name) for key, name in keys.items()} if thing else None


def _intervals(entries: tuple[str, ...], sure: Certainty) -> dict[str, list[int]]:
    rows = zip(entries, sure.low, sure.high, strict=True)
    return {entry: [int(low), int(high)] for entry, low, high in rows}


def _named(names: tuple[str, ...], values: np.ndarray) -> dict[str, float]:
    return {name: float(value) for name, value in zip(names, values, strict=True)}
