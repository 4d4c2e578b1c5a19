"""Columns that know what they hold, so that page and files each write the same value in their way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from awards import formats


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    LONG = "long"  # text that takes several lines
    CODE = "code"  # digits that are no number: the leading zero counts
    COUNT = "count"
    FIGURE = "figure"  # a number with decimals
    SIZE = "size"  # bytes
    DAY = "day"
    MOMENT = "moment"  # an instant, shown in Stockholm
    WORD = "word"  # a code with its words
    TRUTH = "truth"
    MANY = "many"  # several texts
    MARK = "mark"  # a number, or a word where there is none


NUMBERS = (Kind.COUNT, Kind.FIGURE, Kind.SIZE)
Words = Mapping[str, object] | Callable[[str], object]


@dataclass(frozen=True)
class Column:
    """One column: the key that files of machines know, the heading that people read, and what it holds.

    `of` is the way to the value from the row's object (`municipality.name`), the key itself when left out.
    `sorts` are the fields that a list may be ordered by under this column; none: it does not sort.
    """

    key: str
    label: object
    kind: Kind = Kind.TEXT
    of: str | Callable[[Any], Any] = ""
    words: Words = field(default_factory=dict)
    sorts: tuple[str, ...] = ()
    width: float = 0

    @property
    def is_number(self) -> bool:
        """Whether its values stand to the right."""
        return self.kind in NUMBERS

    @property
    def reader(self) -> Callable[[Any], Any]:
        """What takes the value out of an object."""
        return self.of if callable(self.of) else attrgetter(self.of or self.key)

    def word(self, value: str) -> str:
        """The words for a code."""
        found = self.words(value) if callable(self.words) else self.words.get(value, value)
        return capfirst(str(found))


@dataclass(frozen=True)
class Formula:
    """A formula in a workbook (without its "=") and the value it has now."""

    text: str
    shown: int | float | str


@dataclass(frozen=True)
class Sheet:
    """Rows under columns. `rows` are taken once, one after the other, and may be very many."""

    name: str
    title: object
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Any]]
    note: object = ""  # what a reader must know, above the table


def read(objects: Iterable[Any], columns: Sequence[Column]) -> Iterable[tuple]:
    """Each object as a row of these columns."""
    readers = [column.reader for column in columns]
    for each in objects:
        yield tuple(reader(each) for reader in readers)


def plain(column: Column, value: Any) -> str | int | float | Decimal | date | datetime | None:
    """The value as a cell holds it: text, number, day or a time without zone; None where there is none."""
    match column.kind:
        case Kind.WORD:
            return column.word(value) if value else None
        case Kind.TRUTH:
            return None if value is None else _("yes") if value else _("no")
        case Kind.MANY:
            return ", ".join(str(each) for each in value) or None
        case Kind.MOMENT:
            return formats.local(value).replace(tzinfo=None, microsecond=0) if value else None
        case Kind.TEXT | Kind.LONG | Kind.CODE:
            return None if value is None or value == "" else str(value)
    return value


def shown(column: Column, value: Any, language: str) -> str:
    """The value as a page shows it."""
    if value is None or value in ("", ()):
        return ""
    match column.kind:
        case Kind.COUNT | Kind.FIGURE:
            return formats.number(value, None, language)
        case Kind.SIZE:
            return formats.size(value, language)
        case Kind.DAY:
            return formats.day(value, language)
        case Kind.MOMENT:
            return f"{formats.day(value, language)} {formats.clock(value)}"
    return str(plain(column, value) or "")


def rows_in_words(number: int) -> str:
    """1 row, 12 rows."""
    written = formats.number(number, None, formats.written_language(get_language()))
    return ngettext("%(number)s row", "%(number)s rows", number) % {"number": written}
