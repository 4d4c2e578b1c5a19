"""What can be downloaded, what its columns mean, and which published lists the reference data comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from awards.links import Link

FORMATS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column or key and what it holds."""

    key: str
    meaning: object


@dataclass(frozen=True, slots=True)
class Dataset:
    """One list that can be downloaded; its files stand beside the page's own address."""

    title: object
    text: object
    page: str
    formats: tuple[str, ...]
    columns: tuple[Column, ...]
    arguments: tuple[str, ...] = ()

    @property
    def caption_id(self) -> str:
        """What the table's region is named by."""
        return f"columns-of-{self.page}"

    @property
    def links(self) -> tuple[Link, ...]:
        """To the files with every row."""
        wanted = [each for each in FORMATS if each[0] in self.formats]
        return downloads(reverse(self.page, args=self.arguments), "", wanted)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A published list that reference data comes from."""

    what: object
    publisher: str


def downloads(path: str, query: str, formats: Iterable[tuple[str, str]] = FORMATS) -> tuple[Link, ...]:
    """Files beside a page: `/nominations/?year=2015` has `/nominations.csv?year=2015`."""
    tail = f"?{query}" if query else ""
    return tuple(Link(name, f"{path.rstrip('/')}.{ending}{tail}") for ending, name in formats)


DATASETS = (
    Dataset(
        gettext_lazy("Nominations"),
        gettext_lazy(
            "One row for each municipality in each edition. The filters of the page work on the files too."
        ),
        "nomination_list",
        ("xlsx", "csv", "json"),
        (
            Column("year", gettext_lazy("The edition's year")),
            Column(
                "code", gettext_lazy("The municipality's four-digit code, as text: the leading zero counts")
            ),
            Column("name", gettext_lazy("The municipality's name")),
            Column("county", gettext_lazy("The county's name")),
            Column("group", gettext_lazy("The municipality group of SKR, 2023")),
            Column(
                "outcome",
                gettext_lazy("won, honoured, nominated, withdrew, declined, not_nominated or applied"),
            ),
            Column("themes", gettext_lazy("Themes of the municipality's contributions at that fair")),
            Column("source", gettext_lazy("Where the fact comes from")),
        ),
    ),
    Dataset(
        gettext_lazy("One municipality"),
        gettext_lazy("Everything on a municipality's page; here Eskilstuna as an example."),
        "municipality_page",
        ("json",),
        (
            Column(
                "editions", gettext_lazy("Every edition with outcome and events; none differs from unknown")
            ),
            Column(
                "nomination_streak",
                gettext_lazy("The longest run of editions, and whether it is at least so long"),
            ),
            Column("contributions", gettext_lazy("Contributions at fairs: year, theme, title")),
            Column("improvement_areas", gettext_lazy("Improvement areas: year, direction, title")),
        ),
        ("0484",),
    ),
)

SOURCES = (
    SourceLine(gettext_lazy("Municipalities, codes, counties and population per 30 September 2025"), "SCB"),
    SourceLine(gettext_lazy("Municipality groups 2023"), "SKR"),
    SourceLine(gettext_lazy("Organisation numbers"), "Wikidata, Upphandlingsmyndigheten"),
    SourceLine(gettext_lazy("Similar municipalities and key figures"), "RKA, Kolada"),
    SourceLine(
        gettext_lazy(
            "Editions, applicants, nominees and winners: each fact names its own source on its page"
        ),
        "Kvalitetsmässan, Kvalitetsmagasinet, SKR, kommunerna",
    ),
)
