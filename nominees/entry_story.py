"""One entry's page: what happened to it, what it tells, and what nobody has supplied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from awards.formats import written_language
from awards.states import RoleKind
from nominees import frozen, history, sent_in
from nominees.brought import Brought, brought
from nominees.footnotes import Footnote, Footnotes
from nominees.happenings import Happening, gathered
from nominees.models import Contribution, Nomination
from nominees.motivations import Motivation
from nominees.states import Audience, NominationState, Outcome
from nominees.streaks import Standing
from nominees.submission_content import in_language, is_text, said
from nominees.works import Work, Works, with_refs, works_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the edition with the entry's answer; an empty answer was not supplied."""

    section: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Everything that the page shows."""

    nomination: Nomination
    standing: Standing
    happenings: tuple[Happening, ...]
    outward: tuple[Work, ...]
    inward: tuple[Work, ...]
    initiatives: tuple[Work, ...]
    challenges: tuple[Work, ...]
    added: tuple[Work, ...]
    works_refs: tuple[int, ...]
    contributions: tuple[Brought, ...]
    asked: tuple[Asked, ...]
    motivation: Motivation
    motivation_refs: tuple[int, ...]
    sources: tuple[Footnote, ...]

    @property
    def label(self) -> object:
        """The outcome in words."""
        return Outcome(self.standing.outcome).label

    @property
    def areas(self) -> tuple[Work, ...]:
        """Outward before inward."""
        return self.outward + self.inward

    @property
    def unanswered(self) -> bool:
        """Whether the page must say that answers were not supplied."""
        return any(not each.answer for each in self.asked)


def findable(user, now: datetime) -> QuerySet[Nomination]:
    """The entries a view looks in, by the edition's key and the municipality's code."""
    return (
        Nomination.objects.visible_to(user, now)
        .select_related("edition__fair", "edition__award", "municipality__county", "motivation_source")
        .prefetch_related("edition__stages")
    )


def entry_page(nomination: Nomination, user, now: datetime) -> EntryPage:
    """Read the page of an entry from `findable`: five queries more, six of a live one."""
    mine = Nomination.objects.visible_to(user, now).filter(pk=nomination.pk)
    notes = Footnotes()
    leads = user.is_authenticated and user.holds(nomination.edition, RoleKind.ORGANISER, RoleKind.OBSERVER)
    entry = next(iter(gathered(mine, None if leads else now)))
    works = works_of(mine, now).get(nomination.pk, Works())
    contributed = Contribution.objects.visible_to(user, now).filter(
        fair=nomination.edition.fair_id, municipalities=nomination.municipality_id
    )
    number = notes.numbers
    return EntryPage(
        nomination=nomination,
        standing=history.standing_in(nomination.edition, entry.kinds),
        happenings=tuple(each.with_refs(number) for each in entry.happenings),
        outward=with_refs(works.outward, number),
        inward=with_refs(works.inward, number),
        initiatives=with_refs(works.initiatives, number),
        challenges=with_refs(works.challenges, number),
        added=with_refs(works.added, number),
        works_refs=number(*works.sources),
        contributions=tuple(each.with_refs(number) for each in brought(contributed)),
        asked=tuple(_asked(nomination, now)),
        motivation=entry.motivation,
        motivation_refs=number(entry.motivation_source) if entry.motivation else (),
        sources=notes.listed,
    )


def _asked(nomination: Nomination, now: datetime) -> Iterator[Asked]:
    """The questions whose answers are for everyone; those for the jury and the organiser stay with them.

    An interview of the history shows what it did not answer; a live entry, what it answers.
    """
    language = written_language(get_language())
    is_history = nomination.state == NominationState.HISTORIC
    for part in _sections(nomination, language, now):
        for each in part["answers"]:
            if each["audience"] != Audience.PUBLIC or not is_text(each):
                continue
            answer = said(each, language)
            if answer or is_history:
                yield Asked(
                    in_language(part["title"], language), in_language(each["question"], language), answer
                )


def _sections(nomination: Nomination, language: str, now: datetime) -> list[dict]:
    """The questions with answers as last sent in, else what the tables may tell."""
    if nomination.state != NominationState.HISTORIC:
        sent = sent_in.parts([nomination.pk], "sections")
        if nomination.pk in sent:
            return sent[nomination.pk]["sections"]
        if not sent_in.told_by_tables(Nomination.objects.filter(pk=nomination.pk), now).exists():
            return []
    return frozen.sections(nomination, [language])
