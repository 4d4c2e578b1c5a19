"""The organiser's lists as reports: every row and column, or with a query what the list shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from reports.catalogue.report import Asked, Report
from reports.columns import Sheet
from reports.lists.kinds import ListKind, checked, sheet_of
from reports.lists.register import LISTS


def _report(kind: ListKind) -> Report:
    every = QueryDict("&".join(f"columns={column.key}" for column in kind.columns))

    def sheets(asked: Asked) -> Sequence[Sheet]:
        return [sheet_of(kind, asked if asked.query else asked.with_query(every))]

    return Report(
        name=kind.name,
        title=kind.title,
        about=kind.about,
        sheets=sheets,
        counted=kind.plain,
        order=kind.order + 100,
        check=lambda asked: checked(kind, asked),
    )


REPORTS = tuple(_report(kind) for kind in LISTS.values())
