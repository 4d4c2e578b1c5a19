"""What stands around a list's rows: search, picks, chips, headings, columns to choose, files, saved views."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from awards.links import Link
from nominees.listing import Option, Pick, Search
from reports.lists.kinds import ListKind, Narrowed

MEANT = ("q", "sort", "columns")  # beside the filters' own names: what a list's query may hold


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading; `sorts` where the list can be ordered by it."""

    key: str
    label: object
    figures: bool
    sorts: bool


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around the rows. `query` is what a saved view keeps: filters, order and columns."""

    search: Search
    picks: tuple[Pick, ...]
    columns: Pick
    chips: tuple[Link, ...]
    headings: tuple[Heading, ...]
    sort: str
    sort_asked: str
    clear_url: str
    query: str
    problem: str


def around(found: Narrowed, asked: QueryDict, path: str) -> Around:
    """Put the surroundings of the list together."""
    form = found.filters.form
    query = kept(found.kind, asked)
    picks = tuple(_pick(form[name], asked) for name in form.fields if name != "q")
    return Around(
        search=Search("q", form["q"].label, asked.get("q", ""), _errors(form["q"])),
        picks=picks,
        columns=_columns(found),
        chips=tuple(_chips(query, picks)),
        headings=tuple(
            Heading(column.key, column.label, column.is_number, bool(column.sorts))
            for column in found.columns
        ),
        sort=found.sort,
        sort_asked=found.sort if "sort" in query else "",
        clear_url=_address(path, _only(query, ("sort", "columns"))),
        query=query.urlencode(),
        problem=found.filters.problem if not found.filters.is_valid() else "",
    )


def kept(kind: ListKind, asked: QueryDict) -> QueryDict:
    """The part of a query that means something to this list, in one order: what views keep and files get."""
    names = [*kind.filters.base_filters, "sort", "columns"]
    query = QueryDict(mutable=True)
    for name in dict.fromkeys(names):
        if values := [value for value in asked.getlist(name) if value.strip()]:
            query.setlist(name, values)
    return query


def _pick(field, asked: QueryDict) -> Pick:
    chosen = [value for value in asked.getlist(field.name) if value]
    options = [
        Option(str(value), label, str(value) in chosen) for value, label in field.field.choices if value
    ]
    known = {option.value for option in options}
    unknown = [Option(value, value, chosen=True) for value in dict.fromkeys(chosen) if value not in known]
    return Pick(field.name, field.label, (*options, *unknown), _words([*options, *unknown]), _errors(field))


def _columns(found: Narrowed) -> Pick:
    shown = {column.key for column in found.columns}
    options = tuple(Option(column.key, column.label, column.key in shown) for column in found.kind.columns)
    words = _("%(number)s of %(of)s") % {"number": len(shown), "of": len(options)}
    return Pick("columns", _("Columns"), options, words)


def _words(options: Sequence[Option]) -> str:
    chosen = [option for option in options if option.chosen]
    if not chosen:
        return _("All")
    return str(chosen[0].label) if len(chosen) == 1 else _("%(number)s chosen") % {"number": len(chosen)}


def _errors(field) -> tuple[str, ...]:
    return tuple(str(error) for error in field.errors)


def _chips(query: QueryDict, picks: Sequence[Pick]) -> Iterator[Link]:
    """What is chosen, each with the page's address without it; also what no longer exists."""
    if text := query.get("q", "").strip():
        yield Link(f"”{text}”", _address("", _without(query, "q", query.get("q"))))
    for pick in picks:
        for option in pick.options:
            if option.chosen:
                url = _address("", _without(query, pick.name, option.value))
                yield Link(f"{pick.label}: {option.label}", url)


def _without(query: QueryDict, name: str, value: str) -> QueryDict:
    changed = query.copy()
    changed.setlist(name, [each for each in query.getlist(name) if each != value])
    return changed


def _only(query: QueryDict, names: Sequence[str]) -> QueryDict:
    changed = QueryDict(mutable=True)
    for name in names:
        if values := query.getlist(name):
            changed.setlist(name, values)
    return changed


def _address(path: str, query: QueryDict) -> str:
    words = query.urlencode()
    return f"{path}?{words}" if words or not path else path
