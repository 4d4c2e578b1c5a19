"""What the six statistics say, in sentences that a chair understands, each with a light in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from awards import formats
from criteria.chance import SURE
from criteria.headline import first_of, groups_of, inseparable, is_sure
from criteria.jury_analysis import criteria_out
from criteria.phrases import NAMED, and_list, figure, share
from criteria.standings import Standings

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis

SOLID, TENTATIVE = 0.80, 0.67


class Light(StrEnum):
    """How far a figure bears; each has a drawing and a word, never a colour alone."""

    HOLDS = "holds"
    CARE = "care"
    FAILS = "fails"
    SILENT = "silent"

    @property
    def icon(self) -> str:
        """The drawing."""
        return {Light.HOLDS: "check", Light.CARE: "warn", Light.FAILS: "close", Light.SILENT: "open"}[self]

    @property
    def css(self) -> str:
        """The class of its line in a list."""
        return "is-done" if self == Light.HOLDS else "is-open"

    @property
    def words(self) -> object:
        """The word."""
        return _WORDS[self]


_WORDS = {
    Light.HOLDS: gettext_lazy("Holds"),
    Light.CARE: gettext_lazy("Take care"),
    Light.FAILS: gettext_lazy("Does not hold"),
    Light.SILENT: gettext_lazy("Cannot be said"),
}


@dataclass(frozen=True)
class Finding:
    """One statistic in words. `more` are further sentences: reasons, names, what would help."""

    key: str
    light: Light
    title: str
    sentence: str
    more: tuple[str, ...] = ()


def findings(standings: Standings, found: Analysis) -> tuple[Finding, ...]:
    """The six statistics, in the order in which they are to be read."""
    return (
        comparable(found),
        strictness(standings, found),
        agreement(found),
        certainty(standings, found),
        influence(standings, found),
        oddities(found),
    )


def comparable(found: Analysis) -> Finding:
    """Statistic 1."""
    islands = found.comparability.islands
    if not islands:
        return Finding("comparable", Light.SILENT, _("Nothing to compare"), _("No sheet counts yet."))
    if len(islands) > 1:
        more = [
            _("Group %(number)s: %(entries)s, read by %(jurors)s.")
            % {"number": number, "entries": and_list(one.entries), "jurors": and_list(one.jurors)}
            for number, one in enumerate(islands, start=1)
        ]
        more += [
            _("One more reading would join two groups: %(juror)s reads %(entry)s.")
            % {"juror": juror, "entry": entry}
            for entry, juror in found.comparability.joins
        ]
        sentence = _("The jury is split into groups without a common entry: no common order exists.")
        return Finding("comparable", Light.FAILS, _("Not comparable"), sentence, tuple(more))
    if found.comparability.bridges:
        more = tuple(
            _("Without the reading by %(juror)s of %(entry)s the jury would fall in two.")
            % {"juror": juror, "entry": entry}
            for entry, juror in found.comparability.bridges
        )
        sentence = _("All entries hang together, but by a single reading.")
        return Finding("comparable", Light.CARE, _("Barely comparable"), sentence, more)
    sentence = _("All entries hang together through common readers.")
    return Finding("comparable", Light.HOLDS, _("Comparable"), sentence)


def strictness(standings: Standings, found: Analysis) -> Finding:
    """Statistic 2."""
    if found.adjusted is None or found.gates:
        reasons = found.gates or (_("The scores do not vary, so nothing can be told."),)
        sentence = _("Strict or generous cannot be told.")
        return Finding("strictness", Light.SILENT, _("Strictness unknown"), sentence, reasons)
    if not found.strictness_is_clear:
        sentence = _("No clear difference in strictness between the jurors.")
        return Finding("strictness", Light.HOLDS, _("Even strictness"), sentence)
    ordered = sorted(zip(found.adjusted.severity, found.table.jurors, strict=True))
    (low, strict), (high, generous) = ordered[0], ordered[-1]
    sentence = _(
        "%(generous)s gives %(more)s more and %(strict)s %(less)s less than the jury on average."
    ) % {
        "generous": generous,
        "more": figure(abs(high)),
        "strict": strict,
        "less": figure(abs(low)),
    }
    return Finding(
        "strictness", Light.CARE, _("Clear difference in strictness"), sentence, _moved(standings, found)
    )


def adjusted_places(found: Analysis) -> dict[str, int]:
    """Competition places by the adjusted values, rounded as they are shown; none where a gate stands."""
    if found.adjusted is None or found.gates:
        return {}
    values = {
        name: round(float(value), 1)
        for name, value in zip(found.table.entries, found.adjusted.values, strict=True)
    }
    ordered = sorted(values.values(), reverse=True)
    return {name: ordered.index(value) + 1 for name, value in values.items()}


def _moved(standings: Standings, found: Analysis) -> tuple[str, ...]:
    places = adjusted_places(found)
    moves = [
        f"{line.municipality} {line.place} → {places[line.municipality]}"
        for line in standings.placed
        if line.municipality in places and places[line.municipality] != line.place
    ]
    if not moves:
        return (_("The adjustment does not change the order."),)
    return (_("The adjustment would move: %(moves)s.") % {"moves": ", ".join(moves[:NAMED])},)


def agreement(found: Analysis) -> Finding:
    """Statistic 3."""
    silent = Light.SILENT
    if len(found.table.jurors) < 2:
        sentence = _("It takes two jurors to agree or disagree.")
        return Finding("agreement", silent, _("Agreement unknown"), sentence)
    value = agreement_value(found)
    if value is None:
        sentence = (
            _("Everybody gave the same score everywhere: that is no information about agreement.")
            if found.is_constant
            else _("There are too few common scores to tell.")
        )
        return Finding("agreement", silent, _("Agreement unknown"), sentence)
    words = {"value": figure(value, 2)}
    if value >= SOLID:
        sentence = _("The jury's common value is solid: %(value)s of 1.") % words
        return Finding("agreement", Light.HOLDS, _("The jury agrees"), sentence, _needed(found))
    if value >= TENTATIVE:
        sentence = _("The jury's common value is tentative: %(value)s of 1.") % words
        return Finding("agreement", Light.CARE, _("The jury agrees in part"), sentence, _needed(found))
    sentence = _("Discuss, and do not rank by decimals: %(value)s of 1.") % words
    return Finding("agreement", Light.FAILS, _("The jury does not agree"), sentence, _needed(found))


def agreement_value(found: Analysis) -> float | None:
    """How steady the jury's common value is: ICC(2,k) of a complete table, else the reliability Rk."""
    if found.icc is not None:
        return found.icc.mean
    return found.reliability.mean if found.reliability is not None else None


def _needed(found: Analysis) -> tuple[str, ...]:
    if found.needed is None:
        return ()
    many = ngettext(
        "One reading of each entry would reach 0.80.",
        "%(count)s readings of each entry would reach 0.80.",
        found.needed,
    )
    return (many % {"count": found.needed},)


def certainty(standings: Standings, found: Analysis) -> Finding:
    """Statistic 4."""
    if found.certainty is None or found.gates:
        sentence = _("How sure the order is cannot be told.")
        return Finding("certainty", Light.SILENT, _("Certainty unknown"), sentence, found.gates)
    chance = dict(zip(found.table.entries, found.certainty.first, strict=True))
    if not chance:
        return Finding("certainty", Light.SILENT, _("Certainty unknown"), _("No sheet counts yet."))
    name, best = max(chance.items(), key=lambda item: item[1])
    together = [inseparable(group) for group in groups_of(standings, found) if len(group.names) > 1]
    first = first_of(standings)
    sentence = _in_the_draws(name, best, first)
    if together:
        together.append(_("Do not rank them by decimals. Talk about the reasons."))
    if best < SURE:
        return Finding("certainty", Light.FAILS, _("The first place is open"), sentence, tuple(together))
    if first and not is_sure(first, found):
        title = _("The draws give another first place")
        return Finding("certainty", Light.FAILS, title, sentence, tuple(together))
    title = _("The first place is sure")
    if together:
        title = _("The first place is sure, not all others")
        return Finding("certainty", Light.CARE, title, sentence, tuple(together))
    return Finding("certainty", Light.HOLDS, title, sentence)


def _in_the_draws(name: str, chance: float, first: list[str]) -> str:
    """Who comes first in most draws, held against who is first by the rules."""
    words = {"name": name, "share": share(chance), "first": and_list(first)}
    if not first or first == [name]:
        return _("%(name)s comes first in %(share)s of the draws.") % words
    if len(first) > 1:
        sentence = _(
            "%(name)s comes first in %(share)s of the draws; by the rules %(first)s share the place."
        )
        return sentence % words
    return _("%(name)s comes first in %(share)s of the draws, but %(first)s does by the rules.") % words


def influence(standings: Standings, found: Analysis) -> Finding:
    """Statistic 5: one juror left out at a time, then one criterion; the worse of the two lights."""
    jurors = _without_jurors(found)
    if len(found.comparability.islands) > 1:
        return jurors
    criteria = _without_criteria(standings)
    if criteria is None:
        return jurors
    if jurors.light == Light.SILENT or _GRAVITY[jurors.light] >= _GRAVITY[criteria.light]:
        return replace(jurors, more=(*jurors.more, criteria.sentence, *criteria.more))
    return replace(criteria, more=(*criteria.more, jurors.sentence, *jurors.more))


_GRAVITY = {Light.HOLDS: 0, Light.CARE: 1, Light.FAILS: 2}


def _without_jurors(found: Analysis) -> Finding:
    if len(found.comparability.islands) > 1:
        sentence = _("Without a common order nobody's part in it can be told.")
        return Finding("influence", Light.SILENT, _("Influence unknown"), sentence)
    if not found.left_out:
        sentence = _("With one juror nobody can be left out.")
        return Finding("influence", Light.SILENT, _("Influence unknown"), sentence)
    winners = [one for one in found.left_out if one.winner_changed]
    if winners:
        more = tuple(
            _("Without %(juror)s the first place goes to %(names)s.")
            % {"juror": one.juror, "names": and_list(one.winners) or _("nobody")}
            for one in winners
        )
        sentence = _("Another entry comes first when a single juror is left out.")
        return Finding("influence", Light.FAILS, _("One juror decides the first place"), sentence, more)
    top = [one.juror for one in found.left_out if one.top_changed]
    if top:
        sentence = _("The same winner whoever is left out, but the top changes without %(jurors)s.") % {
            "jurors": and_list(top)
        }
        return Finding(
            "influence", Light.CARE, _("The first place holds, the rest of the top does not"), sentence
        )
    sentence = _("The same winner and the same top whoever is left out.")
    return Finding("influence", Light.HOLDS, _("No single juror decides"), sentence)


def _without_criteria(standings: Standings) -> Finding | None:
    out, language = criteria_out(standings), formats.written_language(get_language())
    if not out:
        return None
    winners = [one for one in out if one.winner_changed]
    if winners:
        more = tuple(
            _("Without the criterion %(criterion)s the first place goes to %(names)s.")
            % {"criterion": one.title.in_language(language), "names": and_list(one.winners) or _("nobody")}
            for one in winners[:NAMED]
        )
        sentence = _("Another entry comes first when a single criterion is left out.")
        title = _("One criterion decides the first place")
        return Finding("influence", Light.FAILS, title, sentence, more)
    title = _("The first place holds, the rest of the top does not")
    top = [one.title.in_language(language) for one in out if one.top_changed]
    if top:
        sentence = _(
            "The same winner whichever criterion is left out, but the top changes without %(criteria)s."
        )
        return Finding("influence", Light.CARE, title, sentence % {"criteria": and_list(top)})
    sentence = _("The same winner and the same top whichever criterion is left out.")
    return Finding("influence", Light.HOLDS, _("No single criterion decides"), sentence)


def oddities(found: Analysis) -> Finding:
    """Statistic 6."""
    if not found.table.readings:
        return Finding("oddities", Light.SILENT, _("Nothing to look at"), _("No sheet counts yet."))
    more = tuple(agenda(found))
    if not more:
        sentence = _("No score stands out, and the jurors lie close on every entry.")
        return Finding("oddities", Light.HOLDS, _("Nothing stands out"), sentence)
    sentence = ngettext(
        "One thing is worth a talk. Nothing is taken away.",
        "%(count)s things are worth a talk. Nothing is taken away.",
        len(more),
    ) % {"count": len(more)}
    return Finding("oddities", Light.CARE, _("Worth a talk"), sentence, more)


def agenda(found: Analysis) -> list[str]:
    """What the meeting should take up, most unusual first."""
    lines = [
        _("%(entry)s: %(juror)s gave %(score)s where %(expected)s was to be expected.")
        % {
            "entry": odd.entry,
            "juror": odd.juror,
            "score": figure(odd.score),
            "expected": figure(odd.expected),
        }
        for odd in found.odd
    ]
    lines += [
        _("%(entry)s: the jurors range from %(low)s to %(high)s.")
        % {"entry": wide.entry, "low": figure(wide.lowest), "high": figure(wide.highest)}
        for wide in found.wide
    ]
    same = _("%(juror)s gave every entry the same score.")
    return lines + [same % {"juror": juror} for juror in found.flat]
