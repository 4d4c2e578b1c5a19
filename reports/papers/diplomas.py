"""Diplomas for those nominated, honoured and chosen: one landscape page each, to print or to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from awards import formats
from awards.models import Edition, Person
from criteria.decided import decision_in_force
from criteria.models import DecisionRow
from criteria.states import DecidedOutcome
from nominees.models import Nomination
from nominees.papers import picture, typeset
from nominees.states import Outcome
from reports.papers.reach import all_entries

PAPER = Path(__file__).parents[1] / "paper" / "diploma.typ"
AS_OUTCOME = {
    DecidedOutcome.WINNER: Outcome.WON,
    DecidedOutcome.SHARED_WINNER: Outcome.WON,
    DecidedOutcome.HONOURED: Outcome.HONOURED,
    DecidedOutcome.RANKED: Outcome.NOMINATED,
    DecidedOutcome.NOMINATED: Outcome.NOMINATED,
}
IN_ORDER = (Outcome.WON, Outcome.HONOURED, Outcome.NOMINATED)
PIXELS_PER_INCH = 60


@dataclass(frozen=True)
class Diploma:
    """What one diploma says. `outcome` is a value of Outcome."""

    entry: Nomination
    outcome: str
    motivation: str = ""

    @property
    def is_honour(self) -> bool:
        """Whether it bears the gold laurel."""
        return self.outcome in (Outcome.WON, Outcome.HONOURED)

    @property
    def words(self) -> str:
        """The outcome as it stands on the paper."""
        return {
            Outcome.WON: pgettext("diploma", "Winner"),
            Outcome.HONOURED: pgettext("diploma", "Honourable mention"),
        }.get(self.outcome, pgettext("diploma", "Nominated"))


def diplomas_of(edition: Edition, *, by: Person | None, now: datetime | None = None) -> list[Diploma]:
    """Winners first, then honours, then nominees in Swedish order: two queries.

    A confirmed decision says who is what, also before it is announced; without one the entries' events do.
    What `by` stands aside from is left out.
    """
    now = now or timezone.now()
    entries = list(all_entries(by, edition, now).with_outcome().prefetch_related("members"))
    decided = _decided(edition)
    found = [_diploma(entry, decided) for entry in entries]
    wanted = [each for each in found if each is not None]
    return sorted(wanted, key=lambda each: IN_ORDER.index(each.outcome))


def diplomas_pdf(
    edition: Edition,
    *,
    by: Person | None,
    codes: Collection[str] | None = None,
    now: datetime | None = None,
    language: str = "sv",
) -> bytes:
    """The diplomas of the whole edition, or of the municipalities with these codes."""
    now = now or timezone.now()
    found = diplomas_of(edition, by=by, now=now)
    chosen = [each for each in found if codes is None or each.entry.municipality.code in codes]
    return diplomas_on_paper(edition, chosen, now=now, language=language)


def diplomas_on_paper(edition: Edition, chosen: list[Diploma], *, now: datetime, language: str) -> bytes:
    """These diplomas as tagged PDF."""
    title, words = _page(edition, chosen, language)
    return typeset(PAPER, title, words, language, now)


def diploma_picture(edition: Edition, diploma: Diploma, *, language: str) -> bytes:
    """One diploma as a small PNG."""
    title, words = _page(edition, [diploma], language)
    return picture(PAPER, title, words, language, PIXELS_PER_INCH)


def _decided(edition: Edition) -> dict[int, DecisionRow] | None:
    """The rows of the frozen decision in force by nomination; None where nothing is decided."""
    frozen = decision_in_force(edition)
    return None if frozen is None else {row.nomination_id: row for row in frozen.rows.all()}


def _diploma(entry: Nomination, decided: dict[int, DecisionRow] | None) -> Diploma | None:
    if decided is None:
        return Diploma(entry, entry.outcome, entry.motivation) if entry.outcome in IN_ORDER else None
    row = decided.get(entry.pk)
    if row is None or row.outcome not in AS_OUTCOME:
        return None
    return Diploma(entry, AS_OUTCOME[DecidedOutcome(row.outcome)], row.motivation_sv)


def _page(edition: Edition, chosen: list[Diploma], language: str) -> tuple[str, dict]:
    with translation.override(language):
        award = edition.award.name_sv
        title = _("Diplomas, %(award)s %(edition)s") % {"award": award, "edition": edition.title}
        if len(chosen) == 1:
            place = chosen[0].entry.municipality.full_name
            title = _("Diploma for %(municipality)s, %(award)s %(edition)s") % {
                "municipality": place,
                "award": award,
                "edition": edition.title,
            }
        foot = " · ".join(_foot(edition, language))
        return title, {"award": award, "diplomas": [_written(each, edition, foot) for each in chosen]}


def _written(each: Diploma, edition: Edition, foot: str) -> dict:
    name = _bearers(each.entry)
    motivation = each.motivation.strip() if each.outcome != Outcome.NOMINATED else ""
    return {
        "name": name,
        "size": 48 if len(name) <= 26 else 32 if len(name) <= 60 else 22,
        "edition": edition.title,
        "outcome": each.words,
        "honoured": each.is_honour,
        "motivation": motivation,
        "foot": foot,
    }


def _bearers(entry: Nomination) -> str:
    """The municipality; of a joint entry all of them."""
    names = [entry.municipality.full_name]
    names += [each.full_name for each in entry.members.all() if each.pk != entry.municipality_id]
    return ", ".join(names)


def _foot(edition: Edition, language: str) -> Iterator[str]:
    """The fair, and the day where it is known; a rehearsal says that it is one."""
    yield str(edition.fair)
    if edition.fair.starts:
        yield formats.day(edition.fair.ends or edition.fair.starts, language)
    if edition.is_rehearsal:
        yield _("A rehearsal: everything in it is invented.")
