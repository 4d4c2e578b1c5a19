"""One municipality's page: its way through the award and the fairs, with a source on everything.

The page of an edition is read by `edition_story`, that of an entry by `entry_story`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from awards.links import Link
from awards.models import Edition
from awards.states import EntryMode
from nominees import history, wording
from nominees.brought import Brought, brought
from nominees.footnotes import Footnote, Footnotes
from nominees.grid import Column, column
from nominees.happenings import Gathered, Happening, gathered
from nominees.models import Contribution, Municipality, MunicipalityName
from nominees.motivations import Motivation
from nominees.peers import peer_codes
from nominees.states import EventKind, Outcome
from nominees.streaks import Known, Standing, Streak, longest_run, run_until
from nominees.works import Work, Works, with_refs, works_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition on the timeline; texts are whole sentences, `refs` the numbers of their sources."""

    year: int
    url: str
    css: str  # is-nominated, is-won or empty
    headline: str  # empty when there is no entry, only contributions
    detail: str
    refs: tuple[int, ...]
    happenings: tuple[Happening, ...]
    contributions: tuple[Brought, ...]
    remark: str
    remark_refs: tuple[int, ...]
    winners: tuple[Link, ...]  # of that edition, when it was somebody else
    ceremony: date | None
    motivation: Motivation
    motivation_refs: tuple[int, ...]
    entry_url: str  # the nomination's own page, or empty
    run: Streak

    @property
    def notes(self) -> tuple[str, ...]:
        """What sources add to the events."""
        return tuple(each.note for each in self.happenings if each.note)


@dataclass(frozen=True, slots=True)
class Told:
    """What the nomination of one edition tells of the municipality's work; each list may be empty."""

    year: int
    url: str  # the nomination's own page
    outward: tuple[Work, ...]
    inward: tuple[Work, ...]
    initiatives: tuple[Work, ...]
    challenges: tuple[Work, ...]
    added: tuple[Work, ...]
    refs: tuple[int, ...]

    @property
    def areas(self) -> tuple[Work, ...]:
        """Outward before inward."""
        return self.outward + self.inward


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """Everything that the page shows; `timeline` and `told` have the newest edition first."""

    municipality: Municipality
    names: tuple[MunicipalityName, ...]  # former names and codes, aliases
    nominations: Known
    streak: Streak
    standings: tuple[Standing, ...]
    contributions: tuple[Brought, ...]
    grid: tuple[Column, ...]
    timeline: tuple[Entry, ...]
    told: tuple[Told, ...]
    sources: tuple[Footnote, ...]
    peers: tuple[Municipality, ...]

    @property
    def nominated_years(self) -> tuple[int, ...]:
        """When it is known to have been nominated."""
        return tuple(each.year for each in self.standings if each.nominated)

    @property
    def won_years(self) -> tuple[int, ...]:
        """When it won."""
        return tuple(each.year for each in self.standings if each.outcome == Outcome.WON)

    @property
    def themed(self) -> tuple[Brought, ...]:
        """The contributions that had a theme."""
        return tuple(each for each in self.contributions if each.theme)

    @property
    def seminars(self) -> tuple[Brought, ...]:
        """The seminars."""
        return tuple(each for each in self.contributions if each.kind == "seminar")


def municipality_page(code: str, user, now: datetime) -> MunicipalityPage | None:
    """Read everything about one municipality: seven queries; None when there is no such code."""
    nearby = Municipality.objects.filter(code__in=[code, *peer_codes(code)]).select_related("county")
    found = {each.code: each for each in nearby}
    if code not in found:
        return None
    municipality = found.pop(code)
    editions = tuple(history.with_numbers(history.told(user, now), user, now))
    reading = _Reading(municipality, editions, user, now)
    timeline = tuple(reading.timeline())
    told = tuple(reading.told())
    return MunicipalityPage(
        municipality=municipality,
        names=tuple(municipality.names.all()),
        nominations=history.nominations(reading.standings),
        streak=longest_run(reading.standings),
        standings=reading.standings,
        contributions=reading.contributions,
        grid=tuple(
            column(edition, standing, reading.brought_to(edition))
            for edition, standing in zip(editions, reading.standings, strict=True)
        ),
        timeline=timeline,
        told=told,
        sources=reading.notes.listed,
        peers=tuple(sorted(found.values(), key=lambda each: each.sort_key)),
    )


class _Reading:
    """What was fetched for one page, and how its parts are made of it."""

    def __init__(self, municipality: Municipality, editions: Sequence[Edition], user, now: datetime) -> None:
        self.code, self.editions, self.notes = municipality.code, editions, Footnotes()
        entries = history.entries(user, now)
        asked = gathered(
            entries.filter(
                Q(municipality=municipality) | Q(events__kind=EventKind.WON),
                edition__in=[edition.pk for edition in editions],
            )
        )
        self.own = {each.edition_id: each for each in asked if each.code == self.code}
        self.winners = defaultdict(list)
        for each in asked:
            if EventKind.WON in each.kinds:
                self.winners[each.edition_id].append(each)
        public = Contribution.objects.visible_to(user, now).public(now)
        self.contributions = brought(public.filter(municipalities=municipality))
        self.works = works_of(entries.filter(municipality=municipality), now)
        self.standings = tuple(history.standing_in(edition, self._kinds(edition)) for edition in editions)

    def _kinds(self, edition: Edition) -> frozenset[str] | None:
        return self.own[edition.pk].kinds if edition.pk in self.own else None

    def brought_to(self, edition: Edition) -> tuple[Brought, ...]:
        """The contributions to the fair of `edition`."""
        return tuple(each for each in self.contributions if each.fair_id == edition.fair_id)

    def timeline(self) -> Iterator[Entry]:
        """The editions where something is known to have happened, the newest first."""
        for edition, standing in reversed(list(zip(self.editions, self.standings, strict=True))):
            if edition.pk in self.own or self.brought_to(edition):
                yield self._entry(edition, standing)

    def told(self) -> Iterator[Told]:
        """The editions whose nomination tells of the municipality's work, the newest first."""
        for edition in reversed(self.editions):
            own = self.own.get(edition.pk)
            if own and own.pk in self.works:
                yield self._told(edition, own, self.works[own.pk])

    def _entry(self, edition: Edition, standing: Standing) -> Entry:
        own, number = self.own.get(edition.pk), self.notes.numbers
        run = run_until(self.standings, edition.year)
        headline = wording.headline(standing, run) if own else ""
        detail = self._detail(edition, standing) if own else ""
        refs = number(*(each.source for each in own.happenings)) if own else ()
        happenings = tuple(each.with_refs(number) for each in own.happenings) if own else ()
        contributions = tuple(each.with_refs(number) for each in self.brought_to(edition))
        remark = "" if own else wording.contribution_remark(standing, history.nominees_of(edition))
        return Entry(
            year=edition.year,
            url=edition.get_absolute_url(),
            css=_css(standing),
            headline=headline,
            detail=detail,
            refs=refs,
            happenings=happenings,
            contributions=contributions,
            remark=remark,
            remark_refs=number(_source(edition)) if remark else (),
            winners=tuple(each.municipality for each in self.winners[edition.pk] if each.code != self.code),
            ceremony=edition.ceremony_held,
            motivation=own.motivation if own else Motivation(),
            motivation_refs=number(own.motivation_source) if own and own.motivation else (),
            entry_url=own.url if own else "",
            run=run,
        )

    def _detail(self, edition: Edition, standing: Standing) -> str:
        return wording.detail(
            standing,
            history.nominees_of(edition),
            history.applicants_of(edition),
            screened=edition.entry_mode == EntryMode.KEY_FIGURES,
        )

    def _told(self, edition: Edition, own: Gathered, works: Works) -> Told:
        number = self.notes.numbers
        return Told(
            year=edition.year,
            url=own.url,
            outward=with_refs(works.outward, number),
            inward=with_refs(works.inward, number),
            initiatives=with_refs(works.initiatives, number),
            challenges=with_refs(works.challenges, number),
            added=with_refs(works.added, number),
            refs=number(*works.sources),
        )


def _css(standing: Standing) -> str:
    if standing.outcome == Outcome.WON:
        return "is-won"
    return "is-nominated" if standing.nominated else ""


def _source(edition: Edition) -> tuple[str | None, str | None]:
    return (edition.source.text, edition.source.publisher) if edition.source else (None, None)
