"""Editions with their fairs, dates and stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from awards.models import Award, Edition, EditionDate, Fair, Stage
from awards.states import DateStatus, EditionState, EntryMode, StageKind, StageState
from nominees.loading.sources import bring_sources
from nominees.loading.tables import Row, Shelf
from nominees.loading.writing import Changes, bring

SLUG = "sveriges-kvalitetskommun"
NAME_SV = "Sveriges KvalitetsKommun"
NAME_EN = "Sweden's Quality Municipality"
FAIR_VENUE = "Svenska Mässan, Göteborg"
NOON = time(12, tzinfo=ZoneInfo("Europe/Stockholm"))
FILE = "editions.csv"


@dataclass(frozen=True, eq=False)
class Year:
    """One edition as the files tell it."""

    row: Row
    year: int
    fair: dict
    edition: dict
    source: str
    dates: list[dict] = field(default_factory=list)
    stages: list[dict] = field(default_factory=list)

    @property
    def published_at(self) -> datetime:
        """Noon on the day of the ceremony; where that is unknown, of the last day of the edition's year."""
        held = [each["date"] for each in self.dates if (each["what"], each["status"]) == ("ceremony", "held")]
        return datetime.combine(max(held, default=date(self.year, 12, 31)), NOON)


def read(shelf: Shelf) -> dict[int, Year]:
    """Every edition by its year."""
    rows = shelf.rows(
        FILE, "year", "ordinal", "fair_theme", "fair_starts", "fair_ends", "ceremony", "entry_mode",
        "nominees_announced", "applicant_count", "applicant_list_complete", "nominee_list_complete", "note",
        "source_url",
    )  # fmt: skip
    years: dict[int, Year] = {}
    for row in rows:
        year = _year(row)
        if year is None:
            continue
        if year.year in years:
            row.trouble(f"{year.year} stands in row {years[year.year].row.number} too")
        years[year.year] = year
    _read_dates(shelf, years)
    _read_stages(shelf, years)
    for year in years.values():
        _dates_agree(year)
    return years


def _year(row: Row) -> Year | None:
    number = row.whole("year")
    starts, ends = row.day("fair_starts"), row.day("fair_ends")
    if starts and ends and ends < starts:
        row.trouble(f"the fair ends {ends} before it starts {starts}")
    edition = {
        "ordinal": row.whole("ordinal"),
        "entry_mode": row.one_of("entry_mode", EntryMode.values),
        "applicant_count": row.whole("applicant_count", needed=False),
        "applicant_list_complete": row.yes("applicant_list_complete"),
        "nominee_list_complete": row.yes("nominee_list_complete"),
        "note": row.text("note"),
    }
    fair = {"ordinal": edition["ordinal"], "theme": row.text("fair_theme"), "starts": starts, "ends": ends}
    row.fits(Fair, fair)
    source = row.required("source_url")
    return None if number is None else Year(row, number, fair, edition, source)


def _read_dates(shelf: Shelf, years: dict[int, Year]) -> None:
    for row in shelf.rows("edition_dates.csv", "year", "what", "status", "date", "note", "source"):
        year = year_of(row, "year", years)
        values = {
            "what": row.required("what"),
            "status": row.one_of("status", DateStatus.values),
            "date": row.day("date", needed=True),
            "note": row.text("note"),
            "source": row.required("source"),
        }
        row.fits(EditionDate, values)
        if year:
            year.dates.append(values)


def _dates_agree(year: Year) -> None:
    """The two files may not tell different days of the same thing."""
    for column, what in (("ceremony", "ceremony"), ("nominees_announced", "nominees announced")):
        said = year.row.day(column)
        held = [each["date"] for each in year.dates if (each["what"], each["status"]) == (what, "held")]
        if said and held and said not in held:
            year.row.trouble(f"{column} is {said}, in edition_dates.csv {held[0]}")
        if said and not held:
            year.dates.append(
                {"what": what, "status": "held", "date": said, "note": "", "source": year.source}
            )


def _read_stages(shelf: Shelf, years: dict[int, Year]) -> None:
    for row in shelf.rows("stages.csv", "first_year", "last_year", "position", "kind"):
        first, last = row.whole("first_year"), row.whole("last_year")
        stage = {"position": row.whole("position"), "kind": row.one_of("kind", StageKind.values)}
        for year in years.values():
            if first and last and first <= year.year <= last:
                year.stages.append(stage)


def year_of(row: Row, column: str, years: dict[int, Year]) -> Year | None:
    """The edition that a row belongs to; a year without edition is wrong."""
    number = row.whole(column)
    if number is None:
        return None
    if number not in years:
        row.trouble(f"there is no edition {number}")
    return years.get(number)


def write(changes: Changes, years: dict[int, Year], named: dict[str, str]) -> dict[int, Edition]:
    """The stored editions by year; the award is made with the first of them."""
    award, _made = Award.objects.get_or_create(slug=SLUG, defaults={"name_sv": NAME_SV, "name_en": NAME_EN})
    texts = [year.source for year in years.values()]
    texts += [each["source"] for year in years.values() for each in year.dates]
    sources = bring_sources(changes, texts, named)
    fairs = bring(
        changes,
        "fairs",
        Fair.objects.filter(rehearsal=False),
        ("label_year",),
        [
            {"label_year": year.year, "venue": FAIR_VENUE, "source_id": sources[year.source].pk, **year.fair}
            for year in years.values()
        ],
        only_new=("venue",),
    )
    editions = bring(
        changes,
        "editions",
        Edition.objects.filter(award=award).select_related("award", "fair"),
        ("key",),
        [
            {
                "key": str(year.year),
                "award_id": award.pk,
                "fair_id": fairs[year.year,].pk,
                "state": EditionState.CONCLUDED,
                "published_at": year.published_at,
                "source_id": sources[year.source].pk,
                **year.edition,
            }
            for year in years.values()
        ],
        only_new=("state", "published_at"),
    )
    stored = {year: editions[str(year),] for year in years}
    _write_dates(changes, years, stored, sources)
    _write_stages(changes, years, stored)
    return stored


def _write_dates(changes: Changes, years: dict[int, Year], stored: dict[int, Edition], sources: dict) -> None:
    wanted = [
        {
            "edition_id": stored[year.year].pk,
            **{name: value for name, value in each.items() if name != "source"},
            "source_id": sources[each["source"]].pk,
        }
        for year in years.values()
        for each in year.dates
    ]
    rows = EditionDate.objects.filter(edition__in=[edition.pk for edition in stored.values()])
    bring(changes, "dates", rows, ("edition_id", "what", "status", "date"), wanted)


def _write_stages(changes: Changes, years: dict[int, Year], stored: dict[int, Edition]) -> None:
    wanted = [
        {"edition_id": stored[year.year].pk, "state": StageState.CLOSED, **stage}
        for year in years.values()
        for stage in year.stages
    ]
    rows = Stage.objects.filter(edition__in=[edition.pk for edition in stored.values()])
    bring(changes, "stages", rows, ("edition_id", "position"), wanted, only_new=("state",))
