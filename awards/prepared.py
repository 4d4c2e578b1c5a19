"""Queries that are compiled once: where a page asks the same thing at every save, only its values change.

Django writes a query's SQL anew each time, which for the jurors' door costs more than all the rest of a save.
A prepared query is written from the same queryset by the same function, so the door stands once in the code;
the decision is in docs/decisions/0013-prepared-queries.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query
from django.db.models.sql.subqueries import UpdateQuery
from django.utils import timezone

Build = Callable[..., models.QuerySet]
Read = Callable[[Any], Any]
_FIRST_NUMBER = 31_001  # fits a small integer: of a larger one Django knows that no row can have it
_FIRST_INSTANT = datetime(5001, 3, 1, 12, tzinfo=UTC)
_NEAR = timedelta(days=50_000)  # a day nearer than this to a marked instant was counted from it
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LOOKS_DATED = re.compile(r"\d{4}-\d\d-\d\d[ T]")


@dataclass(frozen=True)
class _Compiled:
    """A compiler that has done its work, its SQL and parameters, and of which value each of these is made."""

    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    sources: tuple[tuple[str, Read] | None, ...]

    def filled(self, values: Mapping[str, Any]) -> tuple[str, tuple]:
        """The SQL with the parameters made of these values."""
        pairs = zip(self.parameters, self.sources, strict=True)
        return self.sql, tuple(
            parameter if source is None else source[1](values[source[0]]) for parameter, source in pairs
        )


class _Prepared:
    """What is compiled at the first use with each database, and filled with values at every use."""

    def __init__(self, build: Build, **kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._kept: dict[str, _Compiled] = {}

    def _compiled(self) -> _Compiled:
        if connection.vendor not in self._kept:
            marks = {name: _mark(number, kind) for number, (name, kind) in enumerate(self.kinds.items())}
            self._kept[connection.vendor] = _compile(self._query(marks), marks)
        return self._kept[connection.vendor]

    def _query(self, marks: Mapping[str, Any]) -> Query:
        return self.build(**marks).query


class Prepared(_Prepared):
    """The queryset that `build` gives, ready to be read.

    `kinds` tells the type of every value that changes: int, str or datetime. `build` gets them by name, and
    must make the same query whatever they are: a day counted from an instant is understood, an instant of
    its own (such as the clock's "now") is refused, and so is a value that the query does not use.
    """

    def rows(self, **values: int | datetime) -> list[tuple]:
        """The rows of a `values_list`."""
        return list(self._ready(values).results_iter(tuple_expected=True))

    def things(self, **values: int | datetime) -> list[Any]:
        """The model instances, with what was selected along and annotated."""
        compiler = self._ready(values)
        kind, first, last = _place_of(compiler)
        names = [column[0].target.attname for column in compiler.select[first:last]]
        populators = get_related_populators(compiler.klass_info, compiler.select, connection.alias)
        found = []
        for row in compiler.results_iter():
            thing = kind.from_db(connection.alias, names, row[first:last])
            for each in populators:
                each.populate(row, thing)
            for name, position in (compiler.annotation_col_map or {}).items():
                setattr(thing, name, row[position])
            found.append(thing)
        return found

    def _ready(self, values: Mapping[str, Any]) -> SQLCompiler:
        """A compiler of this thread's own that needs only to be run."""
        kept = self._compiled()
        compiler = copy(kept.compiler)
        compiler.connection = connection
        written = kept.filled(values)
        compiler.as_sql = lambda *_args, **_kwargs: written
        return compiler


class PreparedUpdate(_Prepared):
    """A conditional update: `build` gives the queryset, and `changes` what its rows become, as above."""

    def __init__(self, build: Build, changes: Callable[..., dict[str, Any]], **kinds: type) -> None:
        super().__init__(build, **kinds)
        self.changes = changes

    def update(self, **values: int | str | datetime) -> int:
        """Change the rows and give their number."""
        with connection.cursor() as cursor:
            cursor.execute(*self._compiled().filled(values))
            return cursor.rowcount

    def _query(self, marks: Mapping[str, Any]) -> Query:
        query = self.build(**marks).query.chain(UpdateQuery)
        query.add_update_values(self.changes(**marks))
        return query


def _compile(query: Query, marks: Mapping[str, Any]) -> _Compiled:
    compiler = query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    sources = [_source(each, marks) for each in parameters]
    if missing := marks.keys() - {source[0] for source in sources if source}:
        raise ImproperlyConfigured(f"the prepared query does not use {', '.join(sorted(missing))}")
    return _Compiled(compiler, sql, tuple(parameters), tuple(sources))


def _place_of(compiler: SQLCompiler) -> tuple[type[models.Model], int, int]:
    """The model of the query and where its own columns begin and end."""
    fields = compiler.klass_info["select_fields"]
    return compiler.klass_info["model"], fields[0], fields[-1] + 1


def _mark(number: int, kind: type) -> int | str | datetime:
    """A value that stands nowhere else."""
    if kind is int:
        return _FIRST_NUMBER + number
    if kind is str:
        return f"<prepared {number}>"
    if kind is datetime:
        return _FIRST_INSTANT + 4 * number * _NEAR
    raise ImproperlyConfigured(f"a prepared query takes no {kind}")


def _source(parameter: object, marks: Mapping[str, Any]) -> tuple[str, Read] | None:
    """The name of the value that the parameter was made of, and how it is made; None for a constant."""
    for name, mark in marks.items():
        if not isinstance(mark, datetime):
            if parameter == mark:
                return name, type(mark)
        elif parameter == connection.ops.adapt_datetimefield_value(mark):
            return name, connection.ops.adapt_datetimefield_value
        elif (day := _day_of(parameter)) and abs(day - timezone.localdate(mark)) < _NEAR:
            return name, partial(_day_from, away=day - timezone.localdate(mark))
    if _day_of(parameter) or isinstance(parameter, datetime) or _LOOKS_DATED.match(str(parameter)):
        raise ImproperlyConfigured(f"the prepared query would hold {parameter} for ever")
    return None


def _day_of(parameter: object) -> date | None:
    """A parameter that is a day, as the databases write it."""
    if isinstance(parameter, str) and _DAY.fullmatch(parameter):
        return date.fromisoformat(parameter)
    return parameter if isinstance(parameter, date) and not isinstance(parameter, datetime) else None


def _day_from(instant: datetime, away: timedelta) -> object:
    """The day so far from the instant's day in Stockholm, as the database writes it."""
    return connection.ops.adapt_datefield_value(timezone.localdate(instant) + away)
