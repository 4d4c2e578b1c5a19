"""The rows of the lists - entries, municipalities, editions - whoever shows or downloads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from awards.models import Edition, Source
from nominees import history
from nominees.models import Contribution, Municipality, Nomination, NominationEvent
from nominees.states import EventKind, Outcome
from nominees.streaks import NOMINATING, Known, Streak

# The order of an entry's events by weight: the outcome's own event first, then the latest one.
_WEIGHT = (
    (EventKind.WON,),
    (EventKind.HONOURED,),
    (EventKind.WITHDREW,),
    (EventKind.DECLINED,),
    (EventKind.NOMINATED, EventKind.FINAL_NOMINATED, EventKind.ACCEPTED),
    (EventKind.NOT_NOMINATED, EventKind.INELIGIBLE),
)


@dataclass(frozen=True, slots=True)
class NominationRow:
    """One entry: one municipality in one edition. The eight columns first, then what only pages show."""

    year: int
    code: str
    name: str
    county: str
    group: str
    outcome: str
    themes: tuple[str, ...]
    source: str
    edition_key: str = ""
    population: int = 0
    source_name: str = ""
    source_url: str = ""
    run: Streak | None = None  # the run of nominations that ends here

    @property
    def is_winner(self) -> bool:
        """Whether the row is drawn in gold."""
        return self.outcome == Outcome.WON

    @property
    def outcome_label(self) -> object:
        """The outcome in words."""
        return Outcome(self.outcome).label


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One municipality with what is known of its way through the award."""

    code: str
    name: str
    full_name: str
    county: str
    group: str
    population: int
    population_date: date
    organisation_number: str
    nominations: int
    nominations_at_least: bool
    streak: int
    streak_at_least: bool
    wins: int

    @property
    def known_nominations(self) -> Known:
        """The number as it is said: 2, or at least 2."""
        return Known(self.nominations, self.nominations_at_least)

    @property
    def known_streak(self) -> Known:
        """The longest run as it is said: 2, or at least 2."""
        return Known(self.streak, self.streak_at_least)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition with its numbers; None where nothing is known."""

    year: int
    ordinal: int | None
    theme: str
    entry_mode: str
    ceremony: date | None
    applicants: int | None
    applicants_complete: bool
    nominees: int
    nominees_complete: bool
    winners: tuple[str, ...]
    source: str
    edition_key: str = ""


NOMINATION_COLUMNS = ("year", "code", "name", "county", "group", "outcome", "themes", "source")
MUNICIPALITY_COLUMNS = tuple(MunicipalityRow.__dataclass_fields__)
EDITION_COLUMNS = tuple(name for name in EditionRow.__dataclass_fields__ if name != "edition_key")

# What a list may be sorted by (`?sort=`, with a minus for the other way): never anything else.
NOMINATION_ORDERS = {
    "year": ("edition__fair__label_year", "edition__key", "municipality__sort_key"),
    "name": ("municipality__sort_key", "-edition__fair__label_year"),
    "code": ("municipality__code", "-edition__fair__label_year"),
    "county": ("municipality__county__code", "municipality__sort_key", "-edition__fair__label_year"),
    "group": ("municipality__group", "municipality__sort_key", "-edition__fair__label_year"),
    "population": ("municipality__population", "-edition__fair__label_year"),
    "outcome": ("outcome_rank", "-edition__fair__label_year", "municipality__sort_key"),
}
MUNICIPALITY_ORDERS = {
    "name": ("sort_key",),
    "code": ("code",),
    "county": ("county__code", "sort_key"),
    "group": ("group", "sort_key"),
    "population": ("population", "sort_key"),
}


def listed_nominations(user, now: datetime) -> QuerySet[Nomination]:
    """The entries a list may show: public, competing, real, with `outcome` and the latest edition first."""
    strongest = NominationEvent.objects.filter(nomination=OuterRef("pk")).order_by(_weight(), "-pk")
    rank = [When(outcome=outcome, then=Value(place)) for place, outcome in enumerate(Outcome.values)]
    return (
        history.entries(user, now)
        .with_outcome()
        .annotate(
            source_text=Subquery(strongest.values("source__text")[:1]),
            source_publisher=Subquery(strongest.values("source__publisher")[:1]),
        )
        .alias(
            outcome_rank=Case(*rank, default=Value(99), output_field=IntegerField())
        )  # only when sorted by
        .select_related("edition__fair", "municipality__county")
        .order_by("-edition__fair__label_year", "edition__key", "municipality__sort_key")
    )


def listed_municipalities() -> QuerySet[Municipality]:
    """Every municipality in Swedish order: public facts, the same for all."""
    return Municipality.objects.select_related("county").order_by("sort_key")


def listed_editions(user, now: datetime) -> QuerySet[Edition]:
    """The public editions with their held ceremony and known nominees, the latest first."""
    public = Edition.objects.visible_to(user, now).public(now)
    return history.with_numbers(public, user, now).order_by("-fair__label_year", "key")


def in_order(rows: QuerySet, orders: dict[str, tuple[str, ...]], wanted: str) -> QuerySet:
    """Sort by `name` or `-name` when `orders` offers it; otherwise leave the order as it is."""
    fields = orders.get(wanted.removeprefix("-"))
    if not fields:
        return rows
    turned = wanted.startswith("-")
    return rows.order_by(_turned(fields[0]) if turned else fields[0], *fields[1:])


def nomination_rows(
    entries: Iterable[Nomination], user, now: datetime, *, runs: bool = False
) -> list[NominationRow]:
    """Rows of `listed_nominations`, filtered, sliced or a page of it: two queries, with `runs` four."""
    entries = list(entries)
    themes = _themes(entries, user, now)
    rows = [_nomination_row(entry, themes) for entry in entries]
    if not runs:
        return rows
    told = history.chronicle(user, now, municipality_ids={entry.municipality_id for entry in entries})
    within = {edition.pk for edition in told.editions}  # a sister award's entry stands in no run of this one
    return [
        replace(row, run=told.run_until(entry.municipality_id, row.year))
        if entry.edition_id in within
        else row
        for row, entry in zip(rows, entries, strict=True)
    ]


def municipality_rows(municipalities: Iterable[Municipality], user, now: datetime) -> list[MunicipalityRow]:
    """Rows of `listed_municipalities`, filtered or a page of it: three queries."""
    municipalities = list(municipalities)
    told = history.chronicle(user, now, municipality_ids=[each.pk for each in municipalities])
    return [_municipality_row(each, told) for each in municipalities]


def edition_rows(editions: Iterable[Edition], user, now: datetime) -> list[EditionRow]:
    """Rows of `listed_editions`: two queries."""
    editions = list(editions)
    winners = defaultdict(list)
    won = history.entries(user, now).filter(edition__in=[each.pk for each in editions])
    won = won.filter(events__kind=EventKind.WON).order_by("municipality__sort_key").distinct()
    for edition_id, name in won.values_list("edition_id", "municipality__name"):
        winners[edition_id].append(name)
    return [_edition_row(edition, tuple(winners[edition.pk])) for edition in editions]


def counted(entries: QuerySet[Nomination]) -> Known:
    """How many of these entries are nominations; at least, where an edition among them is partly known."""
    known = entries.order_by().aggregate(
        nominated=Count("pk", filter=Q(events__kind__in=NOMINATING), distinct=True),
        partial=Count("pk", filter=Q(edition__nominee_list_complete=False), distinct=True),
    )
    return Known(known["nominated"], bool(known["partial"]))


def _weight() -> Case:
    ranks = [When(kind__in=kinds, then=Value(place)) for place, kinds in enumerate(_WEIGHT)]
    return Case(*ranks, default=Value(len(_WEIGHT)), output_field=IntegerField())


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _themes(entries: Sequence[Nomination], user, now: datetime) -> dict[tuple[int, int], tuple[str, ...]]:
    """The themes of each municipality at each fair, in the order they were brought."""
    brought = (
        Contribution.objects.visible_to(user, now)
        .public(now)
        .filter(
            theme__isnull=False,
            fair__in={entry.edition.fair_id for entry in entries},
            municipalities__in={entry.municipality_id for entry in entries},
        )
        .order_by("pk")
        .values_list("fair_id", "municipalities", "theme__code")
    )
    themes: dict[tuple[int, int], list[str]] = defaultdict(list)
    for fair_id, municipality_id, theme in brought:
        if theme not in themes[fair_id, municipality_id]:
            themes[fair_id, municipality_id].append(theme)
    return {key: tuple(each) for key, each in themes.items()}


def _nomination_row(entry: Nomination, themes: dict) -> NominationRow:
    municipality, edition = entry.municipality, entry.edition
    source = Source(text=entry.source_text or "", publisher=entry.source_publisher or "")
    return NominationRow(
        year=edition.year,
        code=municipality.code,
        name=municipality.name,
        county=municipality.county.name,
        group=municipality.group,
        outcome=str(entry.outcome),
        themes=themes.get((edition.fair_id, municipality.pk), ()),
        source=source.text,
        edition_key=edition.key,
        population=municipality.population,
        source_name=source.short,
        source_url=source.url,
    )


def _municipality_row(municipality: Municipality, told: history.Chronicle) -> MunicipalityRow:
    nominations, streak = told.nominations(municipality.pk), told.streak(municipality.pk)
    return MunicipalityRow(
        code=municipality.code,
        name=municipality.name,
        full_name=municipality.full_name,
        county=municipality.county.name,
        group=municipality.group,
        population=municipality.population,
        population_date=municipality.population_date,
        organisation_number=municipality.organisation_number,
        nominations=nominations.number,
        nominations_at_least=nominations.at_least,
        streak=streak.editions,
        streak_at_least=streak.at_least,
        wins=told.wins(municipality.pk),
    )


def _edition_row(edition: Edition, winners: tuple[str, ...]) -> EditionRow:
    return EditionRow(
        year=edition.year,
        ordinal=edition.ordinal,
        theme=edition.motto or edition.fair.theme,
        entry_mode=edition.entry_mode,
        ceremony=edition.ceremony_held,
        applicants=edition.applicant_count,
        applicants_complete=edition.applicant_list_complete,
        nominees=edition.nominees_known,
        nominees_complete=edition.nominee_list_complete,
        winners=winners,
        source=edition.source.text if edition.source else "",
        edition_key=edition.key,
    )
