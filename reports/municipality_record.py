"""One municipality's whole record for outsiders: as an object, and as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nominees.happenings import Happening
from nominees.states import DatePrecision
from nominees.timeline import MunicipalityPage

COLUMNS = ("year", "what", "kind", "text", "date", "source")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as a row: an outcome, an event, a contribution, an area, an initiative or a challenge."""

    year: int
    what: str
    kind: str | None
    text: str | None
    date: str | None
    source: str | None


def record(page: MunicipalityPage) -> dict:
    """The record under the keys that others rely on; every edition is there, oldest first."""
    municipality, happened = page.municipality, _happened(page)
    return {
        "code": municipality.code,
        "name": municipality.name,
        "county": municipality.county.name,
        "group": municipality.group,
        "editions": [
            {
                "year": standing.year,
                "outcome": str(standing.outcome),
                "events": [_event(each) for each in happened.get(standing.year, ())],
            }
            for standing in page.standings
        ],
        "nomination_streak": {
            "editions": page.streak.editions,
            "at_least": page.streak.at_least,
            "last_year": page.streak.last_year,
        },
        "contributions": [
            {"year": each.year, "theme": each.theme, "title": each.title} for each in page.contributions
        ],
        "improvement_areas": [
            {"year": told.year, "direction": area.direction, "title": area.title}
            for told in reversed(page.told)
            for area in told.areas
        ],
    }


def facts(page: MunicipalityPage) -> Iterator[Fact]:
    """The same record as rows, with initiatives and challenges, for those who count in a spreadsheet."""
    happened = _happened(page)
    for standing in page.standings:
        yield Fact(standing.year, "outcome", str(standing.outcome), None, None, None)
        for each in happened.get(standing.year, ()):
            event = _event(each)
            yield Fact(
                standing.year, "event", event["event"], each.note or None, event["date"], event["source"]
            )
    for each in page.contributions:
        yield Fact(each.year, "contribution", each.theme or each.kind, each.title, None, each.source[0])
    for told in reversed(page.told):
        for what, works in (
            ("improvement_area", told.areas),
            ("initiative", told.initiatives),
            ("challenge", told.challenges + told.added),
        ):
            for work in works:
                yield Fact(told.year, what, work.direction or None, work.title, None, work.source[0])


def _happened(page: MunicipalityPage) -> dict[int, tuple[Happening, ...]]:
    return {entry.year: entry.happenings for entry in page.timeline}


def _event(each: Happening) -> dict[str, str | None]:
    return {"event": str(each.kind), "date": _as_exact_as_known(each), "source": each.source[0]}


def _as_exact_as_known(each: Happening) -> str | None:
    """2015-11-03, 2015-11 or 2015; None where the date is not known."""
    if each.date is None or each.precision == DatePrecision.UNKNOWN:
        return None
    length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(each.precision, 10)
    return each.date.isoformat()[:length]
