"""What the page of an import shows: the rows of one status, the counts, and the questions that are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from reports.importing.kinds import KINDS
from reports.importing.plan import Plan
from reports.importing.rows import LABELS, LEFT_OUT, OUT, PROBLEM, Row
from reports.models import ImportDraft

ROWS_A_PAGE = 100
SEPARATORS = {";": ";", ",": ",", "\t": "Tab"}


@dataclass(frozen=True)
class Count:
    """How many rows have a status."""

    status: str
    label: str | Promise
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class ImportPage:
    """A plan as it is looked at."""

    plan: Plan
    rows: tuple[Row, ...]
    counts: tuple[Count, ...]
    show: str
    asks: bool  # whether some row shown waits for an answer
    separator: str
    used: tuple[tuple[str, str | Promise], ...]  # heading, field
    unused: tuple[str, ...]


def page_of(draft: ImportDraft, plan: Plan, show: str) -> ImportPage:
    """The rows of the status asked for: problems first where nothing is asked; `all` for every row."""
    counts = plan.counts
    if show not in (*LABELS, "all"):
        show = PROBLEM if counts[PROBLEM] else "all"
    rows = tuple(row for row in plan.rows if show in ("all", row.status))
    titles = draft.table["rows"][draft.headings][1]
    kind = KINDS[draft.kind]
    pairs = list(zip(titles, draft.columns, strict=True))
    return ImportPage(
        plan,
        rows,
        tuple(Count(each, label, counts[each], each == show) for each, label in LABELS.items()),
        show,
        any(row.status in (PROBLEM, LEFT_OUT) or row.answer for row in rows),
        SEPARATORS.get(draft.table["separator"], draft.table["separator"]),
        tuple((title, kind.field(name).label) for title, name in pairs if name),
        tuple(title for title, name in pairs if title and not name),
    )


def answers_posted(draft: ImportDraft, posted: Mapping[str, str]) -> dict[str, str]:
    """{row: a municipality's code, "out" or ""} of the rows that the page asked about."""
    numbers = {str(number) for number, _cells in draft.table.get("rows", ())}
    found = {}
    for name, value in posted.items():
        row = name.removeprefix("row-")
        if name.startswith("row-") and row in numbers and (value in ("", OUT) or _is_code(value)):
            found[row] = value
    return found


def _is_code(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()
