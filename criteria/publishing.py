"""What publishing a decision comes to: who becomes public, in which words, and which letters go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from awards.models import Edition
from criteria import pen
from criteria.decided import MOTIVATED, WINS, left_with_honour
from criteria.models import Decision, DecisionRow, Publication
from criteria.publishing_letters import LetterCount, counted
from criteria.states import DecidedOutcome, DecisionState, StopReason
from nominees.letting_out import let_out_with
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
    along: tuple[str, ...]  # not nominated by the decision, yet show since the edition does
    already: tuple[str, ...]  # are public, and get their outcome
    untold: tuple[str, ...]  # are public and have left: nothing is told of them
    held: tuple[str, ...]  # not nominated, withdrawn or declined: stay out of sight
    winners: tuple[str, ...]
    honoured: tuple[str, ...]
    words: tuple[Words, ...]
    no_award: str  # why none is given, or empty
    contributions: tuple[str, ...]  # to the fair, by title: become public with the entries
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
    """What publishing the decision now would come to, with these letters: eight queries at most."""
    edition = decision.edition
    rows = _rows(decision)
    opens = not _is_open(edition, now)
    let_out = set(becomes_public(decision, rows))
    shown = [row for row in rows if row.nomination_id in let_out or _is_out(row.nomination, now)]
    seen = [] if opens else [row for row in shown if _is_out(row.nomination, now)]
    new = [row for row in shown if row not in seen]
    told = [row for row in shown if row.nomination.state not in LEFT]
    others = _others_out(decision, rows, now) if opens else ()
    facts = {
        "opens_edition": opens,
        "entries": _names(row for row in new if row.nomination_id in let_out),
        "along": _names([*(row for row in new if row.nomination_id not in let_out), *others]),
        "already": _names(row for row in seen if row in told),
        "untold": _names(row for row in seen if row not in told),
        "held": _names(row for row in rows if row not in shown),
        "winners": _names(row for row in rows if row.outcome in WINS),
        "honoured": _names(row for row in rows if row.outcome == DecidedOutcome.HONOURED),
        "contributions": tuple(each.title for each in let_out_with(edition, let_out, now)),
        "no_award": decision.no_award_reason if decision.no_award else "",
    }
    counts = counted(edition, rows, letters, now)
    summed = facts | {
        "sha256": decision.sha256,
        "letters": {each.purpose: [each.count, *_example(each)] for each in counts if each.is_chosen},
    }
    return Reach(**facts, words=_words(told), letters=counts, mark=fingerprint(summed))


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


def _others_out(decision: Decision, rows: Sequence[DecisionRow], now: datetime) -> list[DecisionRow]:
    """The edition's entries that the decision does not name and that show wherever the edition does."""
    named = [row.nomination_id for row in rows]
    out = Nomination.objects.filter(edition=decision.edition_id, published_at__lte=now).exclude(pk__in=named)
    found = out.select_related("municipality").order_by("municipality__sort_key")
    return [DecisionRow(nomination=each) for each in found]


def _names(rows) -> tuple[str, ...]:
    return tuple(row.nomination.municipality.name for row in rows)


def _is_open(edition: Edition, now: datetime) -> bool:
    return edition.published_at is not None and edition.published_at <= now


def _is_out(entry: Nomination, now: datetime) -> bool:
    """Whether the public sees it wherever it sees the edition."""
    return entry.published_at is not None and entry.published_at <= now


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
