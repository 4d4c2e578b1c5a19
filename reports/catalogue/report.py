"""What a report is: a name, what it holds, its rows, its formats, and who may have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict

from awards.models import Edition, Person
from awards.permissions import may_organise
from awards.verdicts import Verdict
from reports.columns import Sheet

ROWS = ("xlsx", "csv", "json")  # the formats that every report with sheets comes in
KIND = "report:"  # what its background jobs are called: report:contacts


class UnknownFilterError(Exception):
    """A filter's value that is not understood, in a sentence."""


@dataclass(frozen=True)
class Asked:
    """Who asks for which edition's report, when, with which filters, columns and order.

    `by` is None where the operator asks at the server's own terminal.
    """

    edition: Edition
    by: Person | None
    now: datetime
    query: QueryDict = field(default_factory=lambda: QueryDict(""))

    def with_query(self, query: QueryDict) -> Asked:
        """The same with other filters, columns and order."""
        return replace(self, query=query)


Sheets = Callable[[Asked], Sequence[Sheet]]
Counted = QuerySet | tuple[QuerySet, ...]  # several, where rows come from several places
Check = Callable[[Asked], None]  # raises UnknownFilterError
Writer = Callable[
    [Asked], bytes
]  # a format that is written whole: a PDF, a workbook with formulas of its own
May = Callable[[Person | None, Edition], Verdict]


@dataclass(frozen=True)
class Report:
    """One report. `sheets` gives its rows, the first sheet being what CSV holds; `counted` is asked how many.

    `writers` are formats of its own, which come before those made of the sheets. `background` are formats
    that always run in the background; the others do so when there are very many rows. `ordered_as` names a
    kind of job that stands by itself and knows more than these writers: language, progress, which entries.
    """

    name: str
    title: object
    about: object
    sheets: Sheets | None = None
    counted: Callable[[Asked], Counted] | None = None
    may: May = may_organise
    writers: Mapping[str, Writer] = field(default_factory=dict)
    background: tuple[str, ...] = ()
    receipts: str = ""  # the writers keep receipts under this name themselves
    ordered_as: str = ""  # the kind of job that makes it better: the page orders that one instead
    order: int = 50
    check: Check | None = None  # whether the filters asked for are understood

    @property
    def formats(self) -> tuple[str, ...]:
        """The endings it comes in."""
        made = ROWS if self.sheets else ()
        return (*made, *(ending for ending in self.writers if ending not in made))

    def to_count(self, asked: Asked) -> tuple[QuerySet, ...]:
        """What is counted to tell how many rows it has; nothing where that cannot be told beforehand."""
        found = self.counted(asked) if self.counted else ()
        return found if isinstance(found, tuple) else (found,)

    @property
    def receipt_name(self) -> str:
        """What its receipts are called."""
        return self.receipts or self.ordered_as or self.name

    @property
    def job_kind(self) -> str:
        """What its background jobs are called."""
        return f"{KIND}{self.name}"

    @property
    def wanted_kind(self) -> str:
        """The kind of job that is ordered where somebody wants it."""
        return self.ordered_as or self.job_kind
