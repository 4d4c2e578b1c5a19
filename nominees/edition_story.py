"""One edition's page: who applied, was nominated and won, when, behind whom, and where that was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, EditionDate, Partner, Stage
from awards.states import DateStatus, EntryMode, RoleKind
from nominees import history
from nominees.brought import Brought, brought
from nominees.data_notes import in_reader_language
from nominees.footnotes import Footnote, Footnotes
from nominees.happenings import Gathered, Happening, gathered
from nominees.models import Contribution, Nomination
from nominees.motivations import Motivation
from nominees.states import Outcome
from nominees.streaks import Known, Standing

WHAT = {
    "ceremony": _("Ceremony"),
    "nominees announced": _("Nominees announced"),
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One municipality in the edition."""

    code: str
    name: str
    url: str  # the municipality's page
    entry_url: str
    standing: Standing
    happenings: tuple[Happening, ...]
    motivation: Motivation
    motivation_refs: tuple[int, ...]
    refs: tuple[int, ...]

    @property
    def outcome(self) -> str:
        """A value of Outcome."""
        return self.standing.outcome

    @property
    def label(self) -> object:
        """The outcome in words."""
        return Outcome(self.standing.outcome).label

    @property
    def is_winner(self) -> bool:
        """Drawn in gold."""
        return self.outcome == Outcome.WON

    @property
    def notes(self) -> tuple[str, ...]:
        """What sources add to the events."""
        return tuple(each.note for each in self.happenings if each.note)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date that was planned, moved to, or held."""

    code: str  # ceremony, nominees announced
    status: str
    date: date
    note: str
    refs: tuple[int, ...]

    @property
    def what(self) -> object:
        """What the date is of, in words."""
        return WHAT.get(self.code, self.code)

    @property
    def status_label(self) -> object:
        """Planned, moved to, held."""
        return DateStatus(self.status).label

    @property
    def is_held(self) -> bool:
        """What really happened; the others were plans."""
        return self.status == DateStatus.HELD


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything that the page shows."""

    edition: Edition
    nominees: tuple[EntryLine, ...]  # everyone known to have been nominated, the winner too
    others: tuple[EntryLine, ...]  # applied without being nominated, or nobody knows
    known_nominees: Known | None  # None where the reader does not see them all
    note: str
    applicants: Known | None
    screened: bool
    dates: tuple[DateLine, ...]
    stages: tuple[Stage, ...]
    partners: tuple[Partner, ...]
    contributions: tuple[Brought, ...]
    edition_refs: tuple[int, ...]
    sources: tuple[Footnote, ...]

    @property
    def winners(self) -> tuple[EntryLine, ...]:
        """Who won; shared awards have several."""
        return tuple(each for each in self.nominees if each.is_winner)

    @property
    def honoured(self) -> tuple[EntryLine, ...]:
        """Honourable mentions."""
        return tuple(each for each in self.nominees + self.others if each.outcome == Outcome.HONOURED)

    @property
    def moved(self) -> tuple[DateLine, ...]:
        """Plans that did not hold, in order."""
        return tuple(each for each in self.dates if not each.is_held)

    @property
    def ceremony(self) -> date | None:
        """When the prize was given."""
        held = (each.date for each in self.dates if each.is_held and each.code == "ceremony")
        return next(held, None)

    @property
    def motivations(self) -> tuple[EntryLine, ...]:
        """The winners whose motivation is supplied."""
        return tuple(each for each in self.nominees if each.motivation)


def findable(user, now: datetime):
    """The editions a view looks in: with all that the page and the shell need beside the entries."""
    return (
        Edition.objects.visible_to(user, now)
        .select_related("award", "fair__source", "source")
        .prefetch_related(
            "stages", "partners", Prefetch("dates", EditionDate.objects.select_related("source"))
        )
    )


def edition_page(edition: Edition, user, now: datetime) -> EditionPage:
    """Read the page of an edition from `findable`: two queries more.

    Organisers see the entries of their rehearsals and of editions under way, everybody else what is public.
    """
    notes = Footnotes()
    entries = Nomination.objects.visible_to(user, now).filter(edition=edition, contribution_only=False)
    untold_at = None if _leads(edition, user) else now
    lines = [_line(each, edition, notes) for each in gathered(entries, untold_at)]
    nominees = tuple(line for line in lines if line.standing.nominated)
    contributed = brought(Contribution.objects.visible_to(user, now).filter(fair=edition.fair_id))
    contributions = tuple(each.with_refs(notes.numbers) for each in contributed)
    dates = tuple(_date(each, notes) for each in sorted(edition.dates.all(), key=lambda each: each.date))
    return EditionPage(
        edition=edition,
        nominees=tuple(sorted(nominees, key=lambda line: not line.is_winner)),
        others=tuple(line for line in lines if not line.standing.nominated),
        known_nominees=Known(len(nominees), not edition.nominee_list_complete)
        if _sees_all(edition, user, now)
        else None,
        note=in_reader_language(edition.note) if _is_public(edition, now) else "",
        applicants=history.applicants_of(edition),
        screened=edition.entry_mode == EntryMode.KEY_FIGURES,
        dates=dates,
        stages=tuple(edition.stages.all()),
        partners=tuple(edition.partners.all()),
        contributions=contributions,
        edition_refs=notes.numbers(_source(edition), _source(edition.fair)),
        sources=notes.listed,
    )


def _is_public(edition: Edition, now: datetime) -> bool:
    return not edition.is_rehearsal and edition.published_at is not None and edition.published_at <= now


def _sees_all(edition: Edition, user, now: datetime) -> bool:
    """Whether the rows this reader sees are all there are to see."""
    return _leads(edition, user) or _is_public(edition, now)


def _leads(edition: Edition, user) -> bool:
    return user.is_authenticated and user.holds(edition, RoleKind.ORGANISER, RoleKind.OBSERVER)


def _line(entry: Gathered, edition: Edition, notes: Footnotes) -> EntryLine:
    return EntryLine(
        code=entry.code,
        name=entry.name,
        url=entry.municipality.url,
        entry_url=entry.url,
        standing=history.standing_in(edition, entry.kinds),
        happenings=tuple(each.with_refs(notes.numbers) for each in entry.happenings),
        motivation=entry.motivation,
        motivation_refs=notes.numbers(entry.motivation_source) if entry.motivation else (),
        refs=notes.numbers(*(each.source for each in entry.happenings)),
    )


def _date(each: EditionDate, notes: Footnotes) -> DateLine:
    return DateLine(
        each.what, each.status, each.date, in_reader_language(each.note), notes.numbers(_source(each))
    )


def _source(thing) -> tuple[str | None, str | None]:
    return (thing.source.text, thing.source.publisher) if thing.source else (None, None)
