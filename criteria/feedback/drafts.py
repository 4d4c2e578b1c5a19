"""What the organiser edits feedback from: a round's entries, their reports, and what the jurors wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from awards.models import Edition, Person, Role
from awards.states import RoleKind
from criteria.feedback.texts import KINDS, Words, gather, joined, masked, texts_as_words, traces
from criteria.lines import text_nodes
from criteria.models import Assignment, FeedbackReport, Recusal, Round, Score, ScoreSheet
from criteria.progress import latest_round
from criteria.scoring import ScoringModel
from criteria.states import FeedbackState, SheetState
from nominees.models import Contact, Nomination
from nominees.states import LEFT


@dataclass(frozen=True)
class FeedbackLine:
    """One entry on the organiser's list."""

    nomination: Nomination
    report: FeedbackReport | None
    filled: int  # criteria with a text
    of: int
    contacts: int  # people who get a letter at the release

    @property
    def state(self) -> str:
        """A value of FeedbackState, or empty while nothing has been saved."""
        return self.report.state if self.report else ""

    @property
    def state_words(self) -> object:
        """The state in words."""
        return FeedbackState(self.state).label if self.state else ""

    @property
    def css(self) -> str:
        """How far it is, for its sign."""
        return {"": "is-open", FeedbackState.DRAFT: "is-begun"}.get(self.state, "is-done")

    @property
    def icon(self) -> str:
        """The drawing beside it."""
        return {"is-open": "open", "is-begun": "half", "is-done": "check"}[self.css]


@dataclass(frozen=True)
class FeedbackList:
    """Every entry of the round that the reader may see."""

    lines: tuple[FeedbackLine, ...]

    @cached_property
    def reviewed(self) -> tuple[FeedbackLine, ...]:
        """Those that may be released."""
        return self._in(FeedbackState.REVIEWED)

    @cached_property
    def released(self) -> tuple[FeedbackLine, ...]:
        """Those that the municipalities have."""
        return self._in(FeedbackState.RELEASED)

    @property
    def remain(self) -> int:
        """How many are neither reviewed nor released."""
        return len(self.lines) - len(self.reviewed) - len(self.released)

    def _in(self, state: str) -> tuple[FeedbackLine, ...]:
        return tuple(line for line in self.lines if line.state == state)


def entries_of(scoring_round: Round, reader: Person | None = None) -> list[Nomination]:
    """The round's entries, without those that have left and those the reader stands aside from."""
    assigned = Assignment.objects.filter(round=scoring_round, nomination=OuterRef("pk"))
    entries = Nomination.objects.filter(Exists(assigned)).exclude(state__in=LEFT)
    if reader is not None:
        aside = Recusal.objects.filter(juror__person=reader, nomination=OuterRef("pk"), lifted_at=None)
        entries = entries.filter(~Exists(aside))
    return list(entries.select_related("municipality").order_by("municipality__sort_key", "pk"))


def feedback_list(scoring_round: Round, person: Person, model: ScoringModel, now: datetime) -> FeedbackList:
    """The list as this person may see it: three queries."""
    entries = entries_of(scoring_round, person)
    reports = {each.nomination_id: each for each in FeedbackReport.objects.filter(round=scoring_round)}
    contacts = contacts_by_municipality(scoring_round.edition, now)
    codes = [node.code for node in text_nodes(model)]
    return FeedbackList(
        tuple(
            FeedbackLine(
                entry,
                report := reports.get(entry.pk),
                _filled(report, codes),
                len(codes),
                len(contacts.get(entry.municipality_id, ())),
            )
            for entry in entries
        )
    )


def counts_of(edition: Edition) -> tuple[int, int]:
    """How many entries of the edition's latest round have their feedback, of how many."""
    scoring_round = latest_round(edition)
    if scoring_round is None:
        return 0, 0
    entries = entries_of(scoring_round)
    return FeedbackReport.objects.released().filter(round=scoring_round, nomination__in=entries).count(), len(
        entries
    )


def contacts_by_municipality(edition: Edition, now: datetime) -> dict[int, list[Person]]:
    """The people in force who write or read for each municipality: one query."""
    found: dict[int, list[Person]] = defaultdict(list)
    rows = Contact.objects.in_force(now).filter(edition=edition).select_related("person").order_by("pk")
    for contact in rows:
        found[contact.municipality_id].append(contact.person)
    return found


def jurors_words(
    scoring_round: Round, nomination: Nomination, marks: tuple[str, ...]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the finished sheets say of the entry, by criterion and kind, without a trace of whose: one query.

    `marks` are what would give a juror away (see `jury_marks`); they are taken out of the texts.

    Private notes and notes to the jury are other fields and are never read here; nor are the sheets of
    jurors who stand aside.
    """
    sheets = ScoreSheet.objects.counting().filter(
        assignment__round=scoring_round, assignment__nomination=nomination, state=SheetState.DONE
    )
    rows = Score.objects.filter(sheet__in=sheets, is_latest=True).order_by().values_list("criterion", *KINDS)
    said: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for criterion, *texts in rows:
        said[criterion].append(tuple(texts))
    return {
        code: {
            kind: gather((masked(texts[place], marks) for texts in found), f"{nomination.pk}:{code}:{kind}")
            for place, kind in enumerate(KINDS)
        }
        for code, found in said.items()
    }


def compiled(said: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, Words]:
    """The first draft: what the jurors wrote, a paragraph a text."""
    return {code: Words(*(joined(kinds[kind]) for kind in KINDS)) for code, kinds in said.items()}


def jury_marks(edition: Edition) -> tuple[str, ...]:
    """What would give a juror away: names, seats and addresses of everybody who has sat as a juror."""
    rows = Role.objects.filter(edition=edition, kind=RoleKind.JUROR).values_list(
        "seat", "person__name", "person__email"
    )
    return tuple(sorted({mark.strip() for row in rows for mark in row if mark.strip()}))


def traces_in(report: FeedbackReport, marks: tuple[str, ...]) -> tuple[str, ...]:
    """What in the report's texts gives a juror away."""
    texts = [report.general, *(getattr(each, kind) for each in _words(report) for kind in KINDS)]
    return traces("\n".join(texts), marks)


def _words(report: FeedbackReport) -> list[Words]:
    return list(texts_as_words(report.texts).values())


def _filled(report: FeedbackReport | None, codes: list[str]) -> int:
    if report is None:
        return 0
    kept = texts_as_words(report.texts)
    return sum(not kept[code].is_empty for code in codes if code in kept)
