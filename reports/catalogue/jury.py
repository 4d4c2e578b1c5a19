"""The jury's own papers: all entries in one workbook, and the standings with live weights."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards.formats import written_language
from criteria.jury_analysis import analysis_of, is_large
from criteria.models import Assignment
from criteria.progress import latest_round
from criteria.readings import hidden_from
from criteria.standings import Standings, standings_of
from nominees.models import Nomination
from nominees.states import LEFT
from reports import jury_workbooks
from reports.catalogue.report import Asked, Report
from reports.columns import Column, Kind, Sheet, read
from reports.permissions import may_take_out_scores
from reports.standings_rows import standing_rows
from reports.standings_workbook import build_standings_workbook

COLUMNS = (
    Column("place", gettext_lazy("Place"), Kind.COUNT),
    Column("municipality_code", gettext_lazy("Code"), Kind.CODE),
    Column("municipality", gettext_lazy("Municipality")),
    Column("value", gettext_lazy("Value"), Kind.FIGURE),
    Column("of_100", gettext_lazy("Of 100"), Kind.FIGURE),
    Column("mean", gettext_lazy("Mean of 100"), Kind.FIGURE),
    Column("median", gettext_lazy("Median of 100"), Kind.FIGURE),
    Column("spread", gettext_lazy("Spread"), Kind.FIGURE),
    Column("sheets", gettext_lazy("Sheets"), Kind.COUNT),
    Column("readers", gettext_lazy("Readers"), Kind.COUNT),
    Column("shared", gettext_lazy("Shared place"), Kind.TRUTH),
    Column("decided_by", gettext_lazy("Decided by"), Kind.MANY),
    Column("adjusted", gettext_lazy("Adjusted for strictness"), Kind.FIGURE),
    Column("adjusted_place", gettext_lazy("Adjusted place"), Kind.COUNT),
    Column("first_probability", gettext_lazy("Probability of the first place"), Kind.FIGURE),
    Column("likely_from", gettext_lazy("Likely place from"), Kind.COUNT),
    Column("likely_to", gettext_lazy("Likely place to"), Kind.COUNT),
    Column("group", gettext_lazy("Group of equals")),
    Column("agreed", gettext_lazy("Agreed value"), Kind.FIGURE),
    Column("agreed_place", gettext_lazy("Agreed place"), Kind.COUNT),
    Column("agreed_on", gettext_lazy("Criteria agreed on"), Kind.COUNT),
    Column("chairs_reason", gettext_lazy("The chair's reason"), Kind.LONG),
)


def pack(asked: Asked) -> bytes:
    """The workbook of all nominations; without scores while scoring is sealed."""
    scoring_round = jury_workbooks.round_of(asked.edition)
    return jury_workbooks.organiser_workbook(
        asked.edition,
        scoring_round,
        now=asked.now,
        language=written_language(get_language()),
        sealed=asked.by is not None and jury_workbooks.is_sealed(scoring_round),
        by=asked.by,
    ).content


def standings(asked: Asked) -> Sequence[Sheet]:
    """The order of the standings page, with the statistics beside it."""
    found = _standings(asked)
    rows = standing_rows(found, None if is_large(found) else analysis_of(found))
    return [Sheet("standings", _("Standings"), COLUMNS, read(rows, COLUMNS))]


def standings_book(asked: Asked) -> bytes:
    """The workbook whose order follows its weights."""
    found = _standings(asked)
    title = jury_workbooks.title_of(asked.edition)
    language = written_language(get_language())
    return build_standings_workbook(found, edition=title, language=language, now=asked.now)


def _standings(asked: Asked) -> Standings:
    """The verdict has seen to it that there is a round."""
    scoring_round = latest_round(asked.edition)
    scoring_round.edition = asked.edition
    hidden = hidden_from(asked.by, asked.edition) if asked.by else frozenset()
    return standings_of(scoring_round, hidden)


def _read(asked: Asked) -> QuerySet:
    """The entries that jurors read."""
    given = Assignment.objects.filter(round__edition=asked.edition).values("nomination")
    return Nomination.objects.filter(pk__in=given).exclude(state__in=LEFT)


def _inside(asked: Asked) -> QuerySet:
    return Nomination.objects.filter(edition=asked.edition, contribution_only=False).exclude(state__in=LEFT)


REPORTS = (
    Report(
        "jury_pack",
        gettext_lazy("The jury's workbook"),
        gettext_lazy(
            "All entries in one workbook with a column for each juror; without scores while sealed."
        ),
        counted=_inside,
        writers={"xlsx": pack},
        receipts="organiser_workbook",
        order=10,
    ),
    Report(
        "standings",
        gettext_lazy("Standings"),
        gettext_lazy("The jury's order with its statistics; in the workbook the order follows the weights."),
        standings,
        _read,
        may_take_out_scores,
        writers={"xlsx": standings_book},
        order=22,
    ),
)
