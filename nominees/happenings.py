"""Entries with all that happened to them, each event with its source, in one query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats
from awards.links import Link
from nominees.data_notes import in_reader_language
from nominees.models import Nomination
from nominees.motivations import Motivation, for_reader
from nominees.states import DECIDED, DatePrecision, EventKind, is_told

_COLUMNS = (
    "pk", "edition_id", "edition__key", "municipality__code", "municipality__name", "motivation",
    "motivation_en", "motivation_source__text", "motivation_source__publisher", "events__kind",
    "events__date", "events__precision", "events__note", "events__source__text", "events__source__publisher",
    "route", "published_at", "edition__state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of an entry."""

    kind: str
    date: date | None
    precision: str
    note: str
    source: tuple[str | None, str | None]  # text and publisher
    refs: tuple[int, ...] = ()

    @property
    def label(self) -> object:
        """The event in words."""
        return EventKind(self.kind).label

    @property
    def when(self) -> str:
        """The date as exactly as it is known."""
        language = formats.written_language(get_language())
        if not self.date or self.precision == DatePrecision.UNKNOWN:
            return _("date unknown")
        if self.precision == DatePrecision.YEAR:
            return str(self.date.year)
        write = formats.month if self.precision == DatePrecision.MONTH else formats.day
        return write(self.date, language)

    def with_refs(self, number) -> Happening:
        """The same with the number of its source: `number` is a page's `Footnotes.numbers`."""
        return replace(self, refs=number(self.source))


@dataclass(slots=True)
class Gathered:
    """One entry with its events in the order they were recorded."""

    pk: int
    edition_id: int
    edition_key: str
    code: str
    name: str
    motivation: Motivation
    motivation_source: tuple[str | None, str | None]
    happenings: list[Happening] = field(default_factory=list)

    @property
    def kinds(self) -> frozenset[str]:
        """What has happened, whatever the order."""
        return frozenset(each.kind for each in self.happenings)

    @property
    def municipality(self) -> Link:
        """To the municipality's page."""
        return Link(self.name, reverse("municipality_page", args=[self.code]))

    @property
    def url(self) -> str:
        """To the entry's own page."""
        return reverse("nomination_page", args=[self.edition_key, self.code])


def gathered(entries: QuerySet[Nomination], untold_at: datetime | None = None) -> tuple[Gathered, ...]:
    """The entries of a queryset that the reader may see, in Swedish order.

    With `untold_at` without what is decided about them and not told at that instant.
    """
    found: dict[int, Gathered] = {}
    for row in entries.order_by("municipality__sort_key", "pk", "events__pk").values(*_COLUMNS):
        if row["pk"] not in found:
            found[row["pk"]] = _entry(row)
        if row["events__kind"] and (untold_at is None or _is_told(row, untold_at)):
            found[row["pk"]].happenings.append(_happening(row))
    return tuple(found.values())


def _is_told(row: dict, now: datetime) -> bool:
    decided = row["events__kind"] in DECIDED
    return not decided or is_told(row["route"], row["published_at"], row["edition__state"], now)


def _entry(row: dict) -> Gathered:
    return Gathered(
        row["pk"],
        row["edition_id"],
        row["edition__key"],
        row["municipality__code"],
        row["municipality__name"],
        for_reader(row["motivation"], row["motivation_en"]),
        (row["motivation_source__text"], row["motivation_source__publisher"]),
    )


def _happening(row: dict) -> Happening:
    return Happening(
        row["events__kind"],
        row["events__date"],
        row["events__precision"],
        in_reader_language(row["events__note"]),
        (row["events__source__text"], row["events__source__publisher"]),
    )
