"""What entries tell of the municipality's own work: areas, initiatives and challenges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import (
    BooleanField,
    CharField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from nominees import sent_in
from nominees.models import Challenge, ImprovementArea, Initiative, Nomination
from nominees.states import Continuation, Direction

_TEXTS = ("way", "purpose", "done", "outcome_text", "proof", "since")
_COLUMNS = (
    "what", "entry", "place", "own_pk", "words", *_TEXTS,
    "year_ahead", "on_top", "source_text", "source_publisher",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """One area, initiative or challenge."""

    pk: int
    title: str
    direction: str = ""
    aim: str = ""  # of an initiative: its description
    action: str = ""
    result: str = ""
    evidence: str = ""
    continuation: str = ""
    ahead_of: int | None = None
    source: tuple[str | None, str | None] = (None, None)  # text and publisher
    refs: tuple[int, ...] = ()

    @property
    def continuation_label(self) -> object:
        """What became of the area of the last nomination, in words."""
        return Continuation(self.continuation).label if self.continuation else ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is told beside the title, in the order of an application."""
        return tuple(text for text in (self.aim, self.action, self.result, self.evidence) if text)


@dataclass(slots=True)
class Works:
    """All that one entry tells."""

    outward: list[Work] = field(default_factory=list)
    inward: list[Work] = field(default_factory=list)
    initiatives: list[Work] = field(default_factory=list)
    challenges: list[Work] = field(default_factory=list)
    added: list[Work] = field(default_factory=list)  # challenges that come on top of the improvement areas

    @property
    def areas(self) -> list[Work]:
        """Outward before inward."""
        return self.outward + self.inward

    @property
    def sources(self) -> list[tuple[str | None, str | None]]:
        """Where all of it was read."""
        everything = self.areas + self.initiatives + self.challenges + self.added
        return [work.source for work in everything]


def works_of(entries: QuerySet[Nomination], now: datetime) -> dict[int, Works]:
    """{nomination id: Works} of entries that the reader may see, as they were last sent in; two queries.

    Where nothing was sent in the tables tell, as far as they may.
    """
    sent = sent_in.parts(entries.order_by().values("pk"), "areas", "initiatives", "challenges")
    told = {pk: _frozen(**parts) for pk, parts in sent.items() if any(parts.values())}
    return told | written_works(sent_in.told_by_tables(entries, now))


def written_works(entries: QuerySet[Nomination]) -> dict[int, Works]:
    """{nomination id: Works} as they are written now, sent in or not; one query."""
    mine = {"nomination__in": entries.order_by().values("pk")}
    rows = _rows(
        "area", ImprovementArea.objects.filter(**mine), way="direction", purpose="aim", done="action",
        outcome_text="result", proof="evidence", since="continuation",
    ).union(
        _rows("initiative", Initiative.objects.filter(**mine), purpose="description"),
        _rows("challenge", Challenge.objects.filter(**mine), way="direction", year_ahead="ahead_of",
              on_top="is_added"),
        all=True,
    )  # fmt: skip
    found: dict[int, Works] = defaultdict(Works)
    for row in sorted(rows, key=lambda row: (row[1], row[0], row[2], row[3])):
        each = dict(zip(_COLUMNS, row, strict=True))
        _shelf(found[each["entry"]], each).append(_work(each))
    return dict(found)


def _frozen(areas: list[dict], initiatives: list[dict], challenges: list[dict]) -> Works:
    """What a version that was sent in tells."""
    works = Works()
    for each in areas:
        way, since = each["direction"], each["continuation"]
        texts = {name: each[name] for name in ("aim", "action", "result", "evidence")}
        shelf = works.outward if way == Direction.OUTWARD else works.inward
        shelf.append(Work(each["id"], each["title"], way, continuation=since, **texts))
    works.initiatives += [Work(each["id"], each["title"], aim=each["description"]) for each in initiatives]
    for each in challenges:
        shelf = works.added if each["is_added"] else works.challenges
        shelf.append(Work(each["id"], each["title"], each["direction"]))
    return works


def _rows(what: str, rows: QuerySet, **columns: str) -> QuerySet:
    """The rows of one table in the columns of all three; what a table lacks is empty."""
    no_number = Cast(Value(None), IntegerField())
    named: dict[str, object] = {
        "what": Value(what, CharField()),
        "entry": F("nomination_id"),
        "place": F("position"),
        "own_pk": F("pk"),
        "words": F("title"),
        **{name: Value("", TextField()) for name in _TEXTS},
        "year_ahead": no_number,
        "on_top": Value(False, BooleanField()),
        "source_text": F("source__text"),
        "source_publisher": F("source__publisher"),
        **{name: F(column) for name, column in columns.items()},
    }
    return rows.order_by().annotate(**named).values_list(*_COLUMNS)


def _shelf(works: Works, each: dict) -> list[Work]:
    if each["what"] == "area":
        return works.outward if each["way"] == Direction.OUTWARD else works.inward
    if each["what"] == "initiative":
        return works.initiatives
    return works.added if each["on_top"] else works.challenges


def _work(each: dict) -> Work:
    return Work(
        pk=each["own_pk"],
        title=each["words"],
        direction=each["way"],
        aim=each["purpose"],
        action=each["done"],
        result=each["outcome_text"],
        evidence=each["proof"],
        continuation=each["since"],
        ahead_of=each["year_ahead"],
        source=(each["source_text"], each["source_publisher"]),
    )


def with_refs(works: list[Work], number) -> tuple[Work, ...]:
    """The same works with the numbers of their sources: `number` is a page's `Footnotes.numbers`."""
    return tuple(replace(work, refs=number(work.source)) for work in works)
