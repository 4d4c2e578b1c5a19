"""Twenty years of the award: every nomination in every public edition, with its source."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.states import EntryMode
from nominees import rows
from nominees.states import Outcome
from reports.catalogue.report import Asked, Report
from reports.columns import Column, Kind, Sheet, read

YEAR = Column("year", gettext_lazy("Year"), Kind.CODE)
ENTRIES = (
    YEAR,
    Column("code", gettext_lazy("Code"), Kind.CODE),
    Column("name", gettext_lazy("Municipality")),
    Column("outcome", gettext_lazy("Outcome"), Kind.WORD, words=dict(Outcome.choices)),
    Column(
        "run",
        gettext_lazy("Editions in a row"),
        Kind.COUNT,
        of=lambda row: (row.run and row.run.editions) or None,
    ),
    Column(
        "run_at_least",
        gettext_lazy("At least so many"),
        Kind.TRUTH,
        of=lambda row: row.run.at_least if row.run and row.run.editions else None,
    ),
    Column("county", gettext_lazy("County")),
    Column("group", gettext_lazy("Group")),
    Column("population", gettext_lazy("Population"), Kind.COUNT),
    Column("themes", gettext_lazy("Themes"), Kind.MANY),
    Column("source", gettext_lazy("Source"), Kind.LONG),
)
EDITIONS = (
    YEAR,
    Column("theme", gettext_lazy("Theme of the fair")),
    Column("entry_mode", gettext_lazy("Way in"), Kind.WORD, words=dict(EntryMode.choices)),
    Column("ceremony", gettext_lazy("Prize given"), Kind.DAY),
    Column("applicants", gettext_lazy("Applicants"), Kind.COUNT),
    Column("applicants_complete", gettext_lazy("All applicants known"), Kind.TRUTH),
    Column("nominees", gettext_lazy("Nominees"), Kind.COUNT),
    Column("nominees_complete", gettext_lazy("All nominees known"), Kind.TRUTH),
    Column("winners", gettext_lazy("Winners"), Kind.MANY),
    Column("source", gettext_lazy("Source"), Kind.LONG),
)


def history(asked: Asked) -> Sequence[Sheet]:
    """Every public nomination, the latest edition first, and the editions beside: eight queries."""
    user = asked.by or AnonymousUser()
    found = rows.nomination_rows(rows.listed_nominations(user, asked.now), user, asked.now, runs=True)
    editions = rows.edition_rows(rows.listed_editions(user, asked.now), user, asked.now)
    note = _("Where a list of nominees is known in part, counts say “at least”.")
    return (
        Sheet("nominations", _("Nominations"), ENTRIES, read(found, ENTRIES), note),
        Sheet("editions", _("Editions"), EDITIONS, read(editions, EDITIONS), note),
    )


def _counted(asked: Asked) -> QuerySet:
    return rows.listed_nominations(asked.by or AnonymousUser(), asked.now)


REPORTS = (
    Report(
        "history",
        gettext_lazy("Twenty years of the award"),
        gettext_lazy("Every public nomination of every edition, with outcome, runs and source."),
        history,
        _counted,
        order=40,
    ),
)
