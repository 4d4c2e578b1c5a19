"""Entries and their events: who applied, was nominated, withdrew or won."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from awards.models import Edition
from awards.states import EntryMode
from nominees.loading.editions import Year, year_of
from nominees.loading.sources import bring_sources
from nominees.loading.tables import Row, Shelf
from nominees.loading.writing import Changes, bring
from nominees.models import Municipality, Nomination, NominationEvent
from nominees.states import EventKind, NominationState, Route

FILE = "history.csv"
ROUTES = {
    EntryMode.APPLICATION: Route.APPLICATION,
    EntryMode.OPEN_NOMINATION: Route.OPEN_NOMINATION,
    EntryMode.KEY_FIGURES: Route.KEY_FIGURES,
}


@dataclass(frozen=True)
class Happened:
    """One event as the file tells it."""

    year: Year
    code: str
    kind: str
    note: str
    source: str


def read(shelf: Shelf, years: dict[int, Year], known: dict[str, set[str]]) -> list[Happened]:
    """Every event; the lists of applicants that are said to be complete are."""
    rows = shelf.rows(FILE, "year", "municipality_code", "municipality", "event", "note", "source_url")
    events: list[Happened] = []
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        year, code = year_of(row, "year", years), known_code(row, known)
        kind = row.one_of("event", EventKind.values)
        values = {"note": row.text("note")}
        row.fits(NominationEvent, values)
        first = seen.setdefault((row.text("year"), code, kind), row.number)
        if first != row.number:
            row.trouble(f"the same event stands in row {first}")
        if year:
            events.append(Happened(year, code, kind, values["note"], row.required("source_url")))
    _applicants_complete(years, events)
    return events


def known_code(row: Row, known: dict[str, set[str]], code: str | None = None, name: str | None = None) -> str:
    """The municipality's code; an unknown one, or one that belongs to another name, is wrong."""
    code = row.text("municipality_code") if code is None else code
    name = row.text("municipality") if name is None else name
    if code not in known:
        row.trouble(f"there is no municipality with the code “{code}”")
    elif name not in known[code]:
        row.trouble(f"{code} is not {name} but {min(known[code])}")
    return code


def _applicants_complete(years: dict[int, Year], events: list[Happened]) -> None:
    applied = Counter(each.year.year for each in events if each.kind == EventKind.APPLIED)
    for year in years.values():
        said = year.edition["applicant_count"]
        is_listed = year.edition["entry_mode"] == EntryMode.APPLICATION
        if is_listed and year.edition["applicant_list_complete"] and said != applied[year.year]:
            year.row.trouble(f"all {said} applicants are said to be known, {FILE} names {applied[year.year]}")


def write(
    changes: Changes, events: list[Happened], stored: dict[int, Edition], named: dict[str, str]
) -> dict[tuple[int, str], Nomination]:
    """The stored entries by year and code."""
    sources = bring_sources(changes, (each.source for each in events), named)
    ids = dict(Municipality.objects.values_list("code", "pk"))
    mine = dict.fromkeys((each.year, each.code) for each in events)
    editions = [edition.pk for edition in stored.values()]
    nominations = bring(
        changes,
        "entries",
        Nomination.objects.filter(edition__in=editions),
        ("edition_id", "municipality_id"),
        [_entry(year, stored[year.year], ids[code]) for year, code in mine],
        only_new=("route", "state", "published_at"),
    )
    entries = {(year.year, code): nominations[stored[year.year].pk, ids[code]] for year, code in mine}
    _write_events(changes, events, entries, sources)
    return entries


def _entry(year: Year, edition: Edition, municipality_id: int) -> dict:
    return {
        "edition_id": edition.pk,
        "municipality_id": municipality_id,
        "route": ROUTES[EntryMode(year.edition["entry_mode"])],
        "state": NominationState.HISTORIC,
        "published_at": year.published_at,
    }


def _write_events(changes: Changes, events: list[Happened], entries: dict, sources: dict) -> None:
    """Events are added and never changed: a differing note or source makes one more."""
    had = set(
        NominationEvent.objects.filter(nomination__in=[entry.pk for entry in entries.values()]).values_list(
            "nomination", "kind", "note", "source"
        )
    )
    told = [
        (entries[each.year.year, each.code].pk, each.kind, each.note, sources[each.source].pk)
        for each in events
    ]
    new = [
        NominationEvent(nomination_id=nomination, kind=kind, note=note, source_id=source)
        for nomination, kind, note, source in told
        if (nomination, kind, note, source) not in had
    ]
    NominationEvent.objects.bulk_create(new)
    changes.count("events", read=len(told), added=len(new))
