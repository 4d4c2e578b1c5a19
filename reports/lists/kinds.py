"""What a list is: its door to the rows, its filters, columns and order; and what is asked of it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.catalogue.report import Asked, Counted, UnknownFilterError
from reports.columns import Column, Sheet, read
from reports.lists.filters import ListFilter

CHUNK = 2_000


@dataclass(frozen=True)
class ListKind:
    """One list. `door` gives the rows that the asker may see, with all that columns and filters need.

    The first column names the row; `url` leads from it to the thing's own page. `usual` are the columns
    shown when none are chosen, `sort` is the order when none is.
    """

    name: str
    title: object
    about: object
    door: Callable[[Asked], QuerySet]
    plain: Callable[[Asked], Counted]  # the same rows without the trimmings, to be counted
    filters: type[ListFilter]
    columns: tuple[Column, ...]
    usual: tuple[str, ...]
    sort: str
    tail: tuple[str, ...]  # what parts equals in any order, and gives every list the same order each time
    url: Callable[[Any, Asked], str]
    notice: Callable[[Asked], Sequence[object]] = lambda _asked: ()
    order: int = 50

    @property
    def orders(self) -> dict[str, tuple[str, ...]]:
        """The columns that the list may be sorted by."""
        return {column.key: column.sorts for column in self.columns if column.sorts}


@dataclass(frozen=True)
class Narrowed:
    """A list as it is asked for: its filters, the columns chosen, and the order."""

    kind: ListKind
    filters: ListFilter
    columns: tuple[Column, ...]
    sort: str

    @property
    def rows(self) -> QuerySet:
        """The filtered rows in order."""
        fields = self.kind.orders[self.sort.removeprefix("-")]
        first = _turned(fields[0]) if self.sort.startswith("-") else fields[0]
        return self.filters.rows.order_by(first, *fields[1:], *self.kind.tail)


def narrowed(kind: ListKind, asked: Asked) -> Narrowed:
    """Read filters, columns and order out of the query; what is not known there falls back to the usual."""
    wanted = set(asked.query.getlist("columns"))
    columns = tuple(column for column in kind.columns if column.key in wanted)
    sort = asked.query.get("sort", "")
    return Narrowed(
        kind,
        kind.filters(asked, kind.door(asked)),
        columns or tuple(column for column in kind.columns if column.key in kind.usual),
        sort if sort.removeprefix("-") in kind.orders else kind.sort,
    )


def checked(kind: ListKind, asked: Asked) -> Narrowed:
    """The list as it is asked for; raises where a filter is not understood."""
    found = narrowed(kind, asked)
    if not found.filters.is_valid():
        raise UnknownFilterError(found.filters.problem)
    return found


def sheet_of(kind: ListKind, asked: Asked) -> Sheet:
    """The whole list as it is asked for, for a file: what the page shows on all its pages.

    A filter that is not understood is an error: it must not look like a full list, nor like an empty one.
    """
    found = checked(kind, asked)
    rows = read(found.rows.iterator(chunk_size=CHUNK), found.columns)
    return Sheet(kind.name, kind.title, found.columns, rows, _said(found, asked))


def _said(found: Narrowed, asked: Asked) -> str:
    """What the list is filtered by, for the head of a file that outlives the page."""
    parts = []
    for field in found.filters.form:
        values = [value for value in asked.query.getlist(field.name) if value.strip()]
        if values:
            words = dict(getattr(field.field, "choices", ()))
            parts.append(f"{field.label}: {', '.join(str(words.get(value, value)) for value in values)}")
    return _("Filtered by %(what)s.") % {"what": "; ".join(parts)} if parts else ""


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
