"""What can be downloaded, what its columns mean, and which published lists the reference data comes from."""

from __future__ import annotations

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
    columns: tuple[Column, ...]
    arguments: tuple[str, ...] = ()

    @property
    def caption_id(self) -> str:
        """What the table's region is named by."""
        return f"columns-of-{self.page}"

    @property
    def links(self) -> tuple[Link, ...]:
        """To the files with every row."""
        return downloads(reverse(self.page, args=self.arguments), "")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A published list that reference data comes from."""

    what: object
    publisher: str


def downloads(path: str, query: str) -> tuple[Link, ...]:
    """Files beside a page: `/nominations/?year=2015` has `/nominations.csv?year=2015`."""
    tail = f"?{query}" if query else ""
    return tuple(Link(name, f"{path.rstrip('/')}.{ending}{tail}") for ending, name in FORMATS)


_CODE = Column("code", gettext_lazy("The municipality's four-digit code, as text: the leading zero counts"))
_NAME = Column("name", gettext_lazy("The municipality's name"))
_COUNTY = Column("county", gettext_lazy("The county's name"))
_GROUP = Column("group", gettext_lazy("The municipality group of SKR, 2023"))
_SOURCE = Column("source", gettext_lazy("Where the fact comes from"))

DATASETS = (
    Dataset(
        gettext_lazy("Nominations"),
        gettext_lazy(
            "One row for each municipality in each edition. The filters of the page work on the files too."
        ),
        "nomination_list",
        (
            Column("year", gettext_lazy("The edition's year")),
            _CODE,
            _NAME,
            _COUNTY,
            _GROUP,
            Column(
                "outcome",
                gettext_lazy("won, honoured, nominated, withdrew, declined, not_nominated or applied"),
            ),
            Column("themes", gettext_lazy("Themes of the municipality's contributions at that fair")),
            _SOURCE,
        ),
    ),
    Dataset(
        gettext_lazy("Municipalities"),
        gettext_lazy("One row for each municipality, with what is known of its way through the award."),
        "municipality_list",
        (
            _CODE,
            _NAME,
            Column("full_name", gettext_lazy("The name as the municipality writes it")),
            _COUNTY,
            _GROUP,
            Column("population, population_date", gettext_lazy("Inhabitants, and on which day")),
            Column("organisation_number", gettext_lazy("Organisation number")),
            Column(
                "nominations, nominations_at_least",
                gettext_lazy("How many nominations have a source, and whether there may be more"),
            ),
            Column(
                "streak, streak_at_least",
                gettext_lazy("The longest run of editions, and whether it is at least so long"),
            ),
            Column("wins", gettext_lazy("How often it won")),
        ),
    ),
    Dataset(
        gettext_lazy("Editions"),
        gettext_lazy("One row for each edition."),
        "edition_list",
        (
            Column("year, ordinal, theme", gettext_lazy("The edition's year, number and the fair's theme")),
            Column("entry_mode", gettext_lazy("application, open_nomination or key_figures")),
            Column("ceremony", gettext_lazy("The day the prize was given; empty when unknown")),
            Column(
                "applicants, applicants_complete",
                gettext_lazy("How many applied or were screened, and whether the whole list is known"),
            ),
            Column(
                "nominees, nominees_complete",
                gettext_lazy("How many nominees have a source, and whether the whole list is known"),
            ),
            Column("winners", gettext_lazy("Who won")),
            _SOURCE,
        ),
    ),
    Dataset(
        gettext_lazy("One municipality"),
        gettext_lazy("Everything on a municipality's page; here Eskilstuna as an example."),
        "municipality_page",
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
