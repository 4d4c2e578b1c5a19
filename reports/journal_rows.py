"""Everything that happened in an edition, newest first: its journal, the files that left, who read scores."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards import chronicle, formats, jobs
from awards.models import Edition, JournalEntry, Person, Role
from awards.states import RoleKind, StageKind
from awards.typed_days import FIRST, LAST
from awards.verb_groups import EXPORT, GROUPS, KNOWN, OTHER, READ, group_of
from criteria.models import ScoreReading
from nominees.models import Nomination
from reports.catalogue.registry import named
from reports.models import ExportReceipt

SYSTEM = "system"  # who did it, where nobody did
REPORTS = {  # what is no report, nor a kind of job that is called the same by everybody
    "diploma": gettext_lazy("a diploma"),
    "jury_workbook": gettext_lazy("a juror's workbook"),
    "organiser_workbook": gettext_lazy("the workbook of all entries"),
    "own_binder": gettext_lazy("a juror's binder"),
    "own_material": gettext_lazy("a juror's material"),
}
COLUMNS = ("at", "pk", "person_id", "verb", "thing", "number", "noted")


@dataclass(frozen=True, slots=True)
class JournalFilters:
    """What part of the journal is asked for; everything where nothing is said."""

    person: str = ""  # a person's id, or SYSTEM
    group: str = ""  # a key of verb_groups.LABELS
    since: date | None = None
    until: date | None = None  # that day too


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One event in words."""

    at: datetime
    who: object
    what: object
    about: str  # the stage, municipality or file, where there is one
    reason: str
    verb: str
    group: str


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who is or was in the edition or did something in it, by id."""

    names: dict[int, object]

    def name(self, person_id: int | None) -> object:
        """Somebody's seat, name or address; the system where nobody did it."""
        if person_id is None:
            return _("The system")
        return self.names.get(person_id, _("Somebody"))


class Journal:
    """A sequence of rows that a paginator takes: counting and slicing ask the database, once each."""

    def __init__(self, edition: Edition, filters: JournalFilters, people: People) -> None:
        self.edition, self.filters, self.people = edition, filters, people

    def count(self) -> int:
        """How many events there are."""
        return _events(self.edition, self.filters).count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> tuple[JournalRow, ...]:
        return self.in_words(list(_events(self.edition, self.filters)[part]))

    def __iter__(self):
        return iter(self.in_words(list(_events(self.edition, self.filters))))

    def in_words(self, events: Sequence[tuple]) -> tuple[JournalRow, ...]:
        """The events as rows; one query more where entries are named."""
        read = [
            (at, who, verb, thing, number, _read(details))
            for at, _pk, who, verb, thing, number, details in events
        ]
        places = _places(self.edition, read)
        return tuple(_row(each, self.people, places) for each in read)


def journal_rows(edition: Edition, filters: JournalFilters | None = None) -> tuple[JournalRow, ...]:
    """All events that the filters leave, newest first, in words: three queries whatever their number."""
    return tuple(Journal(edition, filters or JournalFilters(), people_of(edition)))


def people_of(edition: Edition) -> People:
    """Who may stand in the edition's journal: one query."""
    roles = Role.objects.filter(edition=edition, person=OuterRef("pk")).order_by("pk")
    acted = JournalEntry.objects.filter(edition_id=edition.pk, person_id__isnull=False).values("person_id")
    took = ExportReceipt.objects.filter(edition=edition, person__isnull=False).values("person_id")
    read = ScoreReading.objects.filter(edition=edition).values("person_id")
    here = Role.objects.filter(edition=edition).values("person_id")
    people = (
        Person.objects.filter(Q(pk__in=here) | Q(pk__in=acted) | Q(pk__in=took) | Q(pk__in=read))
        .annotate(
            seat=Subquery(roles.exclude(seat="").values("seat")[:1]), kind=Subquery(roles.values("kind")[:1])
        )
        .values_list("pk", "seat", "name", "email", "kind")
    )
    return People({pk: _known_as(seat, name, email, kind) for pk, seat, name, email, kind in people})


def _known_as(seat: str | None, name: str, email: str, kind: str | None) -> str:
    """The seat, else the name or address with the role."""
    if seat:
        return seat
    role = f" ({RoleKind(kind).label})" if kind else ""
    return f"{name or email}{role}"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where rows come from, each with `verb` and `noted`: what it holds beside who, when and what."""

    events: QuerySet[JournalEntry]
    receipts: QuerySet[ExportReceipt]
    readings: QuerySet[ScoreReading]

    def __iter__(self) -> Iterator[QuerySet]:
        yield from (self.events, self.receipts, self.readings)


def sources_of(edition: Edition) -> Sources:
    """The journal, the receipts and the readings of scores; a receipt stands for its journal line."""
    events = JournalEntry.objects.filter(edition_id=edition.pk).exclude(verb="export_report")
    receipts = ExportReceipt.objects.filter(edition=edition).annotate(verb=Value(EXPORT, CharField()))
    readings = ScoreReading.objects.filter(edition=edition).annotate(
        verb=Concat(Value("read_"), "room", output_field=CharField())
    )
    return Sources(events.order_by(), receipts.order_by(), readings.order_by())


def _events(edition: Edition, filters: JournalFilters) -> QuerySet:
    """All three in one order, of like columns."""
    sources = sources_of(edition)
    events = sources.events.annotate(number=_as_is("thing_id"), noted=Cast("data", TextField()))
    receipts = sources.receipts.annotate(
        thing=_as_is("report"), number=_as_is("rows"), noted=_as_is("format")
    )
    nothing = Value("", TextField())
    readings = sources.readings.annotate(thing=_as_is("room"), number=nothing, noted=nothing)
    if filters.group == OTHER:
        events, receipts, readings = events.exclude(verb__in=KNOWN), receipts.none(), readings.none()
    elif filters.group:
        events = events.filter(verb__in=GROUPS.get(filters.group, ()))
        receipts = receipts if filters.group == EXPORT else receipts.none()
        readings = readings if filters.group == READ else readings.none()
    chosen = _chosen(filters)
    first, *more = [
        rows.filter(chosen).order_by().values_list(*COLUMNS) for rows in (events, receipts, readings)
    ]
    return first.union(*more, all=True).order_by("-at", "-pk")


def _chosen(filters: JournalFilters) -> Q:
    chosen = Q()
    if filters.person == SYSTEM:
        chosen &= Q(person_id=None)
    elif filters.person:
        chosen &= Q(person_id=int(filters.person))
    if filters.since:
        chosen &= Q(at__gte=_midnight(filters.since))
    if filters.until:
        chosen &= Q(at__lt=_midnight(filters.until, 1))
    return chosen


def _midnight(day: date, days_later: int = 0) -> datetime:
    """When the day begins in Stockholm; at the ends of the calendar the nearest day that has an instant."""
    near = min(max(day, FIRST), LAST) + timedelta(days=days_later)
    return datetime.combine(near, time.min, tzinfo=formats.STOCKHOLM)


def _as_is(column: str) -> Cast:
    """A column under another name, of one type on both sides of the union."""
    return Cast(column, TextField())


def _read(details: str) -> dict:
    """What the journal noted; of a file its format alone."""
    return json.loads(details) if details.startswith("{") else {"format": details}


Event = tuple[datetime, int | None, str, str, str | None, dict]


def _places(edition: Edition, events: Iterable[Event]) -> dict[str, str]:
    """The municipalities that the events are about, by the entry's id and by code: at most one query."""
    wanted = {str(number) for _at, _who, _verb, thing, number, _data in events if thing == "nomination"}
    wanted |= {str(data["nomination"]) for *_rest, data in events if data.get("nomination")}
    codes = {data["municipality"] for *_rest, data in events if isinstance(data.get("municipality"), str)}
    if not wanted and not codes:
        return {}
    rows = Nomination.objects.filter(Q(pk__in=wanted) | Q(municipality__code__in=codes), edition=edition)
    places = {}
    for pk, code, name in rows.values_list("pk", "municipality__code", "municipality__name"):
        places |= {str(pk): name, f"code {code}": name}
    return places


def _row(event: Event, people: People, places: dict[str, str]) -> JournalRow:
    at, who, verb, thing, number, data = event
    if verb == EXPORT:
        about = [file_in_words(thing, number or "0", data["format"])]
    elif verb in GROUPS[READ]:
        about = []
    else:
        about = list(_about(thing, number, data, places))
    if data.get("viewed"):
        about.append(people.name(data["viewed"]))
    return JournalRow(
        at=at,
        who=people.name(who),
        what=chronicle.in_words(verb),
        about=capfirst(", ".join(str(each) for each in about)),
        reason=str(data.get("reason", "")),
        verb=verb,
        group=group_of(verb),
    )


def title_of(report: str) -> object:
    """What a file that left is called: one name for each, wherever it was made."""
    if report in REPORTS:
        return REPORTS[report]
    known = named(report) or jobs.kind_of(report)
    return known.title if known else report.replace("_", " ")


def file_in_words(report: str, rows: str, ending: str) -> object:
    """A file that left: which, in which format, and with how many rows where they are counted."""
    words = {"report": title_of(report), "format": ending, "rows": rows}
    if not int(rows):
        return "{report} ({format})".format(**words)
    return _("%(report)s (%(format)s, %(rows)s rows)") % words


def _about(thing: str, number: str | None, data: dict, places: dict[str, str]) -> Iterable[object]:
    kind = data.get("kind")
    if kind in StageKind.values:
        yield StageKind(kind).label
    elif kind in RoleKind.values:
        yield RoleKind(kind).label
    entry = str(data.get("nomination") or (number if thing == "nomination" else ""))
    if entry in places:
        yield places[entry]
    code = data.get("municipality")
    if isinstance(code, str):
        yield places.get(f"code {code}", code)
    if data.get("closes"):
        yield _("until %(at)s") % {"at": _moment(data["closes"])}
    if data.get("days"):
        yield _("%(days)s days") % {"days": data["days"]}


def _moment(said: str) -> str:
    when = datetime.fromisoformat(said)
    return formats.deadline(when, formats.written_language(get_language()), now=when - timedelta(days=400))
