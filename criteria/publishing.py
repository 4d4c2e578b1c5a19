"""What publishing a decision comes to: who becomes public, in which words, and which letters go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from awards.models import Edition
from criteria import pen
from criteria.decided import MOTIVATED, WINS, left_with_honour
from criteria.models import Decision, DecisionRow, Publication
from criteria.publishing_letters import LetterCount, counted
from criteria.states import DecidedOutcome, DecisionState, StopReason
from nominees.models import Nomination
from nominees.states import LEFT
from nominees.submission_content import fingerprint

FARTHEST = timedelta(days=731)  # two years


@dataclass(frozen=True)
class Words:
    """The jury's words about one entry; `english` may be missing."""

    municipality: str
    outcome: object
    swedish: str
    english: str


@dataclass(frozen=True)
class Reach:
    """Everything that the dialog counts. All tuples are municipalities by name."""

    opens_edition: bool  # the edition's own page was not public
    entries: tuple[str, ...]  # become public
    along: tuple[str, ...]  # become public too, since the edition does
    already: tuple[str, ...]  # are public, and get their outcome
    held: tuple[str, ...]  # not nominated, withdrawn or declined: stay as they are
    winners: tuple[str, ...]
    honoured: tuple[str, ...]
    words: tuple[Words, ...]
    no_award: str  # why none is given, or empty
    letters: tuple[LetterCount, ...]
    mark: str  # a sum of all this: what has changed since it was shown is shown again

    @property
    def without_english(self) -> tuple[str, ...]:
        """Whose motivation stands in Swedish on the English pages too."""
        return tuple(each.municipality for each in self.words if not each.english)

    @property
    def letter_count(self) -> int:
        """How many letters go."""
        return sum(each.count for each in self.letters if each.is_chosen)


def is_too_far(at: datetime, now: datetime) -> bool:
    """Whether an instant lies farther ahead than anything waits: a slip of the year, most likely."""
    return at - now > FARTHEST


def reach_of(decision: Decision, letters: Sequence[str], now: datetime) -> Reach:
    """What publishing the decision now would come to, with these letters: five queries."""
    edition = decision.edition
    rows = _rows(decision)
    decided = {row.nomination_id for row in rows}
    opens = not _is_open(edition, now)
    seen = Q(published_at__lte=now)
    others = Nomination.objects.filter(seen, edition=edition).exclude(pk__in=decided) if opens else ()
    let_out = set(becomes_public(decision, rows))
    shown = [row for row in rows if row.nomination_id in let_out]
    facts = {
        "opens_edition": opens,
        "entries": _names(row for row in shown if opens or not _is_out(row, now)),
        "along": tuple(each.municipality.name for each in _with_names(others)),
        "already": _names(row for row in rows if _is_out(row, now) and not opens),
        "held": _names(row for row in rows if row.nomination_id not in let_out and not _is_out(row, now)),
        "winners": _names(row for row in rows if row.outcome in WINS),
        "honoured": _names(row for row in rows if row.outcome == DecidedOutcome.HONOURED),
        "no_award": decision.no_award_reason if decision.no_award else "",
    }
    counts = counted(edition, rows, letters, now)
    summed = facts | {
        "sha256": decision.sha256,
        "letters": {each.purpose: [each.count, *_example(each)] for each in counts if each.is_chosen},
    }
    return Reach(**facts, words=_words(rows), letters=counts, mark=fingerprint(summed))


def becomes_public(decision: Decision, rows: Sequence[DecisionRow] | None = None) -> list[int]:
    """The entries (by id) that the public is to see: who was nominated and has not left."""
    rows = _rows(decision) if rows is None else rows
    return [
        row.nomination_id
        for row in rows
        if row.outcome != DecidedOutcome.NOT_NOMINATED and row.nomination.state not in LEFT
    ]


def stands_in_the_way(publication: Publication) -> StopReason | None:
    """Why a publication whose time has come cannot happen, read anew; None where nothing does."""
    edition = Edition.objects.get(pk=publication.edition_id)
    if not pen.edition_runs(edition):
        return StopReason.NOT_RUNNING
    latest = Decision.objects.filter(edition=edition).order_by("-number").values_list("pk", "state").first()
    if latest != (publication.decision_id, DecisionState.CONFIRMED):
        return StopReason.NOT_CONFIRMED
    if left_with_honour(publication.decision):
        return StopReason.LEFT
    return None


def _rows(decision: Decision) -> list[DecisionRow]:
    rows = decision.rows.select_related("nomination__municipality")
    return list(rows.order_by("nomination__municipality__sort_key"))


def _with_names(entries) -> Sequence[Nomination]:
    return entries.select_related("municipality").order_by("municipality__sort_key") if entries else ()


def _names(rows) -> tuple[str, ...]:
    return tuple(row.nomination.municipality.name for row in rows)


def _is_open(edition: Edition, now: datetime) -> bool:
    return edition.published_at is not None and edition.published_at <= now


def _is_out(row: DecisionRow, now: datetime) -> bool:
    published = row.nomination.published_at
    return published is not None and published <= now


def _example(letters: LetterCount) -> tuple[str, ...]:
    return (letters.example.subject, letters.example.body) if letters.example else ()


def _words(rows: Sequence[DecisionRow]) -> tuple[Words, ...]:
    return tuple(
        Words(
            row.nomination.municipality.name,
            DecidedOutcome(row.outcome).label,
            row.motivation_sv,
            row.motivation_en,
        )
        for row in sorted(rows, key=lambda row: row.outcome not in MOTIVATED)
        if row.motivation_sv
    )
