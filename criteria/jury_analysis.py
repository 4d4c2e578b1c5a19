"""The six statistics of a round's standings, worked out when a page asks and kept while nothing changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from awards.jobs import JobFile
from awards.models import Edition, Job, Person
from awards.verdicts import Verdict, no
from criteria import permissions
from criteria.models import Round
from criteria.progress import latest_round
from criteria.readings import hidden_from
from criteria.scoring import leaves
from criteria.standings import Standings, score_table, standings_of
from criteria.what_if import CriterionOut, without_each_criterion

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis

JOB = "statistics"  # the kind of the background work
MANY = 2000  # readings beyond which the work is done in the background
KEPT = 8
SEED = 2027
TOP = 3
MOST_TALLIES = 6000  # sheets times criteria up to which each criterion is left out in turn

_ready: dict[tuple, Analysis] = {}
_without: dict[tuple, tuple[CriterionOut, ...]] = {}


def is_large(standings: Standings) -> bool:
    """Whether the table is too large to be worked out while somebody waits for the page."""
    return len(standings.readings.rows) > MANY


def analysis_of(standings: Standings, *, seed: int = SEED) -> Analysis:
    """All six statistics of the counted totals on 0-100."""
    from criteria.statistics import analysis  # noqa: PLC0415 - numpy and scipy are heavy

    key = (standings.readings.stamp, seed)
    found = _ready.get(key) if standings.readings.stamp else None
    if found is None:
        found = analysis.analyse(score_table(standings.readings), scale=(0, 100), top_k=TOP, seed=seed)
        while len(_ready) >= KEPT:
            _ready.pop(next(iter(_ready)), None)
        if standings.readings.stamp:
            _ready[key] = found
    return found


def criteria_out(standings: Standings) -> tuple[CriterionOut, ...]:
    """What happens to the order without each criterion; nothing where the field is too large to wait for."""
    readings = standings.readings
    if len(readings.rows) * len(leaves(readings.model)) > MOST_TALLIES:
        return ()
    found = _without.get(readings.stamp) if readings.stamp else None
    if found is None:
        found = without_each_criterion(standings, TOP)
        while len(_without) >= KEPT:
            _without.pop(next(iter(_without)), None)
        if readings.stamp:
            _without[readings.stamp] = found
    return found


def may_order(person: Person, edition: Edition | None) -> Verdict:
    """Whether the statistics of the edition's latest round may be worked out for this person."""
    scoring_round = latest_round(edition) if edition is not None else None
    if scoring_round is None:
        return no(_("No round of scoring has been set up."))
    scoring_round.edition = edition
    return permissions.may_see_standings(person, scoring_round)


def work_out(job: Job, progress: Callable[[int, int], None]) -> JobFile:
    """The statistics of a large round as a file, for the person who ordered them; hidden entries left out.

    As on the pages, no figure is given that a gate speaks against.
    """
    from criteria.statistics import analysis  # noqa: PLC0415 - numpy and scipy are heavy

    scoring_round = Round.objects.select_related("scoring_model", "edition").get(pk=job.parameters["round"])
    progress(1, 4)
    standings = standings_of(scoring_round, hidden_from(job.person, scoring_round.edition))
    progress(2, 4)
    found = analysis_of(standings)
    progress(3, 4)
    text = json.dumps(analysis.as_dict(analysis.withheld(found)), ensure_ascii=False, indent=1)
    return JobFile(f"statistics-{scoring_round.edition.key}.json", text.encode())
