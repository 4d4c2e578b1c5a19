"""What has changed since the last entry: each answer word by word, and what became of each area."""

from __future__ import annotations

from dataclasses import dataclass

from nominees.application import Application
from nominees.asking import plain
from nominees.differences.texts import Piece, difference
from nominees.models import Answer, ImprovementArea
from nominees.states import Continuation, QuestionKind

_TEXTS = (QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT, QuestionKind.NUMBER, QuestionKind.KEY_FACTS)


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One question that both entries know."""

    text: str
    before: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed."""
        return all(piece.kind == "same" for piece in self.pieces)

    @property
    def is_only_before(self) -> bool:
        """Whether this entry says nothing yet."""
        return all(piece.kind == "taken" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class AreasSince:
    """The areas by what became of them; titles only."""

    continued: tuple[str, ...]
    achieved: tuple[str, ...]
    dropped: tuple[str, ...]
    new: tuple[str, ...]
    untold: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether neither entry names an area."""
        return not (self.continued or self.achieved or self.dropped or self.new or self.untold)


@dataclass(frozen=True)
class Changes:
    """The whole comparison."""

    answers: tuple[ChangedAnswer, ...]
    only_before: tuple[tuple[str, str], ...]  # (question, answer) that this questionnaire does not ask
    areas: AreasSince


def changes(application: Application) -> Changes:
    """Compare with the entry that its finder annotated as the last one. Two queries."""
    entry = application.nomination
    last = list(
        Answer.objects.filter(nomination=entry.last_id)
        .select_related("question")
        .order_by("question__section__position", "question__position")
    )
    said = {(each.question.kind, each.question.code): _text(each) for each in last}
    asked = [each for each in application.asked if each.kind in _TEXTS]
    known = {(each.kind, each.code) for each in asked}
    answers = tuple(
        ChangedAnswer(
            each.text,
            said.get((each.kind, each.code), ""),
            difference(said.get((each.kind, each.code), ""), each.value),
        )
        for each in asked
        if said.get((each.kind, each.code)) or each.value
    )
    only_before = tuple(
        (each.question.text_sv, _text(each))
        for each in last
        if (each.question.kind, each.question.code) not in known and _text(each)
    )
    return Changes(answers, only_before, _areas(application))


def _areas(application: Application) -> AreasSince:
    here = application.areas
    told = {area.predecessor_id for area in here}
    ended = (Continuation.ACHIEVED, Continuation.DROPPED)
    before = ImprovementArea.objects.filter(nomination=application.nomination.last_id)
    return AreasSince(
        continued=_titles(here, Continuation.CONTINUED),
        achieved=_titles(here, Continuation.ACHIEVED),
        dropped=_titles(here, Continuation.DROPPED),
        new=tuple(area.title for area in here if not area.predecessor_id and area.title),
        untold=tuple(area.title for area in before if area.pk not in told and area.continuation not in ended),
    )


def _titles(areas, continuation: str) -> tuple[str, ...]:
    return tuple(area.title for area in areas if area.predecessor_id and area.continuation == continuation)


def _text(answer: Answer) -> str:
    return answer.text or (plain(answer.number) if answer.number is not None else answer.choice)
