"""The award's whole history as every floor reads it: who stood where in each edition, and how sure we are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from awards.models import Award, Edition, EditionDate
from awards.states import CEREMONY, DateStatus, EditionState, EntryMode
from nominees.models import Nomination
from nominees.states import EventKind
from nominees.streaks import NOMINATING, Known, Standing, Streak, longest_run, run_until, standing


def told(user, now: datetime) -> QuerySet[Edition]:
    """The editions that history tells of, oldest first: public, ended or with public entries.

    The award is the first that was set up; its sisters at the same fair have histories of their own.
    """
    entries = Nomination.objects.public(now).filter(edition=OuterRef("pk"))
    ended = Q(state__in=[EditionState.CONCLUDED, EditionState.ARCHIVED])
    return (
        Edition.objects.visible_to(user, now)
        .public(now)
        .filter(ended | Exists(entries), award=Subquery(Award.objects.order_by("pk").values("pk")[:1]))
        .select_related("fair")
        .order_by("fair__label_year", "key")
    )


def entries(user, now: datetime) -> QuerySet[Nomination]:
    """The entries that compete and are public: the same for everybody who asks."""
    return Nomination.objects.visible_to(user, now).public(now).filter(contribution_only=False)


def standing_in(edition: Edition, kinds: Iterable[str] | None) -> Standing:
    """Where a municipality with events of these kinds (None: no entry) stood in `edition`."""
    applied = edition.entry_mode == EntryMode.APPLICATION
    return standing(
        edition.year,
        None if kinds is None else frozenset(kinds),
        nominees_complete=edition.nominee_list_complete,
        applicants_complete=applied and edition.applicant_list_complete,
    )


def with_numbers(editions: QuerySet[Edition], user, now: datetime) -> QuerySet[Edition]:
    """Annotate `nominees_known` and `ceremony_held`, and fetch the editions' sources with them."""
    nominees = (
        entries(user, now)
        .filter(edition=OuterRef("pk"), events__kind__in=NOMINATING)
        .order_by()
        .values("edition")
        .annotate(number=Count("pk", distinct=True))
        .values("number")
    )
    held = EditionDate.objects.filter(edition=OuterRef("pk"), what=CEREMONY, status=DateStatus.HELD)
    return editions.select_related("fair", "source").annotate(
        nominees_known=Coalesce(Subquery(nominees), 0),
        ceremony_held=Subquery(held.order_by("-date").values("date")[:1]),
    )


@dataclass(frozen=True)
class Funnel:
    """How many stood where in one edition."""

    edition: Edition
    applicants: Known | None  # None: not known; in a screening: how many were screened
    nominees: Known
    nominees_unknown: bool  # nobody is known but those that winning implies
    winners: tuple[int, ...]  # ids of municipalities


@dataclass(frozen=True)
class Chronicle:
    """Editions in order, and the kinds of events of each entry: {(edition id, municipality id): kinds}."""

    editions: tuple[Edition, ...]
    kinds: dict[tuple[int, int], frozenset[str]]

    def standings(self, municipality_id: int) -> tuple[Standing, ...]:
        """One per edition, oldest first."""
        return tuple(
            standing_in(edition, self.kinds.get((edition.pk, municipality_id))) for edition in self.editions
        )

    def streak(self, municipality_id: int) -> Streak:
        """The longest run of nominations."""
        return longest_run(self.standings(municipality_id))

    def run_until(self, municipality_id: int, year: int) -> Streak:
        """The run of nominations that ends with the edition of `year`."""
        return run_until(self.standings(municipality_id), year)

    def nominations(self, municipality_id: int) -> Known:
        """How often it is known to have been nominated."""
        return nominations(self.standings(municipality_id))

    def wins(self, municipality_id: int) -> int:
        """How often it won; every winner is known."""
        return self._wins[municipality_id]

    @cached_property
    def _wins(self) -> Counter[int]:
        return Counter(holder for (_, holder), kinds in self.kinds.items() if EventKind.WON in kinds)

    @cached_property
    def all_nominations(self) -> Known:
        """Every known nomination; "at least" as soon as one edition's list is partial."""
        number = sum(not NOMINATING.isdisjoint(kinds) for kinds in self.kinds.values())
        return Known(number, any(not edition.nominee_list_complete for edition in self.editions))

    @cached_property
    def winners(self) -> tuple[tuple[int, int], ...]:
        """(edition id, municipality id) of each win, oldest edition first."""
        place = {edition.pk: number for number, edition in enumerate(self.editions)}
        won = [key for key, kinds in self.kinds.items() if EventKind.WON in kinds]
        return tuple(sorted(won, key=lambda key: place[key[0]]))

    def funnel(self, edition: Edition) -> Funnel:
        """From applicants to winner in one edition."""
        mine = {holder: kinds for (pk, holder), kinds in self.kinds.items() if pk == edition.pk}
        nominees = {holder for holder, kinds in mine.items() if not NOMINATING.isdisjoint(kinds)}
        winners = tuple(sorted(holder for holder, kinds in mine.items() if EventKind.WON in kinds))
        complete = edition.nominee_list_complete
        told_by_winning = all(mine[holder] & NOMINATING == {EventKind.WON} for holder in nominees)
        return Funnel(
            edition,
            applicants_of(edition),
            Known(len(nominees), not complete),
            not complete and told_by_winning,
            winners,
        )


def nominations(standings: Iterable[Standing]) -> Known:
    """How many of these are nominations; at least, where one of them is not known."""
    found = [each.nominated for each in standings]
    return Known(found.count(True), None in found)


def nominees_of(edition: Edition) -> Known:
    """How many nominees are known of an edition that was read `with_numbers`."""
    return Known(edition.nominees_known, not edition.nominee_list_complete)


def applicants_of(edition: Edition) -> Known | None:
    """How many applied (or were screened): the count as its source gives it, None when no source does."""
    return None if edition.applicant_count is None else Known(edition.applicant_count)


def chronicle(user, now: datetime, *, municipality_ids: Iterable[int] | None = None) -> Chronicle:
    """Read the history, of some municipalities or of all: two queries."""
    editions = tuple(told(user, now))
    return Chronicle(editions, kinds_in([each.pk for each in editions], user, now, municipality_ids))


def kinds_in(
    editions: Iterable[int], user, now: datetime, municipality_ids: Iterable[int] | None = None
) -> dict[tuple[int, int], frozenset[str]]:
    """{(edition id, municipality id): kinds of events} of the public entries of these editions: one query."""
    asked = entries(user, now).filter(edition__in=list(editions))
    if municipality_ids is not None:
        asked = asked.filter(municipality__in=list(municipality_ids))
    kinds: dict[tuple[int, int], set[str]] = {}
    pairs = asked.order_by().values_list("edition_id", "municipality_id", "events__kind")
    for edition_id, municipality_id, kind in pairs:
        kinds.setdefault((edition_id, municipality_id), set()).update([kind] if kind else [])
    return {key: frozenset(each) for key, each in kinds.items()}
