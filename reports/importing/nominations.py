"""What a list of nominations would do to an edition's entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.models import Edition
from awards.states import EntryMode
from nominees.actions.imports import EntryWanted
from nominees.models import Municipality, Nomination, NominationEvent
from nominees.recognition import Gazetteer, gazetteer
from nominees.states import DatePrecision, EventKind, NominationState, Route
from reports.importing import values
from reports.importing.rows import Cells, Change, Row, Sheet, differing, each_row
from reports.importing.values import When

LAST_MINUTE = time(23, 59, tzinfo=formats.STOCKHOLM)
ROUTES = {
    "ansökan": Route.APPLICATION,
    "nominerad av andra": Route.OPEN_NOMINATION,
    "screening på nyckeltal": Route.KEY_FIGURES,
    "application": Route.APPLICATION,
    "nominated by others": Route.OPEN_NOMINATION,
    "screening on key figures": Route.KEY_FIGURES,
    "öppen nominering": Route.OPEN_NOMINATION,
    "open_nomination": Route.OPEN_NOMINATION,
    "nyckeltal": Route.KEY_FIGURES,
    "key_figures": Route.KEY_FIGURES,
}
EVENTS = {
    "sökte": EventKind.APPLIED,
    "nominerad": EventKind.NOMINATED,
    "slutnominerad": EventKind.FINAL_NOMINATED,
    "ej nominerad": EventKind.NOT_NOMINATED,
    "inte behörig": EventKind.INELIGIBLE,
    "applied": EventKind.APPLIED,
    "nominated": EventKind.NOMINATED,
    "finally nominated": EventKind.FINAL_NOMINATED,
    "final_nominated": EventKind.FINAL_NOMINATED,
    "not nominated": EventKind.NOT_NOMINATED,
    "not_nominated": EventKind.NOT_NOMINATED,
    "ineligible": EventKind.INELIGIBLE,
    "ansökt": EventKind.APPLIED,
    "har ansökt": EventKind.APPLIED,
    "inte nominerad": EventKind.NOT_NOMINATED,
}
MODES = {
    EntryMode.APPLICATION: Route.APPLICATION,
    EntryMode.OPEN_NOMINATION: Route.OPEN_NOMINATION,
    EntryMode.KEY_FIGURES: Route.KEY_FIGURES,
}
Happened = Mapping[int, set[tuple[str, date | None]]]


def plan(sheet: Sheet, edition: Edition, _now: datetime) -> Iterator[Row]:
    """Each row's effect: four queries."""
    entries = {each.municipality_id: each for each in Nomination.objects.filter(edition=edition)}
    happened: dict[int, set[tuple[str, date | None]]] = defaultdict(set)
    events = NominationEvent.objects.filter(nomination__edition=edition)
    for entry, kind, day in events.values_list("nomination", "kind", "date"):
        happened[entry].add((kind, day))
    places = gazetteer()
    return each_row(sheet, lambda cells: _row(cells, sheet, (edition, entries, happened, places)))


def _row(
    cells: Cells, sheet: Sheet, known: tuple[Edition, Mapping[int, Nomination], Happened, Gazetteer]
) -> Row:
    edition, entries, happened, places = known
    municipality = cells.municipality(places, sheet.rings)
    route = cells.take("route", values.chosen, ROUTES)
    event = cells.take("event", values.chosen, EVENTS)
    at = cells.take("date", values.when)
    diary = cells.take("diary_number", values.plain, 60) or ""
    answer_by = cells.take("answer_by", values.whole_day)
    entry = entries.get(municipality.pk) if municipality else None
    if entry and route and route != entry.route and entry.state != NominationState.DRAFT:
        cells.say("route", _("the entry has gone on, so its way in stays."))
    if municipality:
        sheet.twice(cells, municipality.pk)
    if cells.problems or municipality is None:
        return cells.problem(_named(municipality))
    route = route or (None if entry else MODES[EntryMode(edition.entry_mode)])
    if event is None and (entry is None or at):
        started = route or (entry.route if entry else "")
        event = EventKind.APPLIED if started == Route.APPLICATION else EventKind.NOMINATED
    changes = _changes(entry, route, diary, answer_by)
    told = _is_told(happened.get(entry.pk if entry else 0, set()), event, at)
    if event and not told:
        changes.append(Change(_("What happened"), "", _event(event, at)))
    act = EntryWanted(
        municipality.pk,
        str(route or ""),
        diary,
        _instant(entry, answer_by),
        "" if told else str(event or ""),
        at.day if at else None,
        str(at.precision if at else DatePrecision.UNKNOWN),
    )
    return cells.row(_named(municipality), changes, act, is_new=entry is None)


def _changes(entry: Nomination | None, route: str | None, diary: str, answer_by: date | None) -> list[Change]:
    old_day = formats.local(entry.answer_by).date() if entry and entry.answer_by else None
    found = differing(
        {
            _("Way in"): (_route(entry.route) if entry else None, _route(route) if route else None),
            _("Diary number"): ((entry.diary_number if entry else "") or None, diary or None),
        }
    )
    if answer_by and answer_by != old_day:
        found.append(Change(_("Accept or decline by"), _day(old_day), _day(answer_by)))
    return found


def _is_told(known: set[tuple[str, date | None]], event: str | None, at: When | None) -> bool:
    """Whether the entry has the event already, on that day where one is said."""
    if at is None:
        return any(kind == event for kind, _day in known)
    return (event, at.day) in known


def _instant(entry: Nomination | None, day: date | None) -> datetime | None:
    """The end of the day; an hour that is set already for that day stays."""
    if day is None:
        return None
    if entry and entry.answer_by and formats.local(entry.answer_by).date() == day:
        return entry.answer_by
    return datetime.combine(day, LAST_MINUTE)


def _event(event: str, at: When | None) -> str | Promise:
    label = EventKind(event).label
    return f"{label} {at.written}" if at else label


def _route(route: str) -> str:
    return capfirst(str(Route(route).label))


def _day(day: date | None) -> str:
    return formats.day(day, formats.written_language(get_language()))


def _named(municipality: Municipality | None) -> str:
    return f"{municipality.name} ({municipality.code})" if municipality else ""
