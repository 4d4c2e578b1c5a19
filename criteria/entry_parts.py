"""The parts of an entry as a juror reads them; no query."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question with its answer; empty where nothing was answered."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the questionnaire."""

    code: str
    title: str
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """An improvement area of this entry or of an earlier one. `since` says what became of the earlier."""

    title: str
    year: int
    direction: str
    aim: str = ""
    action: str = ""
    result: str = ""
    evidence: str = ""
    since: object = ""

    @property
    def has_text(self) -> bool:
        """Whether there is more than the title."""
        return bool(self.aim or self.action or self.result or self.evidence)


@dataclass(frozen=True, slots=True)
class Topic:
    """An initiative, a challenge, a file or a question from the jury; `more` is told by its kind."""

    title: str
    text: str = ""
    more: tuple[str, ...] = ()

    @property
    def is_added(self) -> bool:
        """Of a challenge: whether it comes on top of the improvement areas."""
        return self.more[-1:] in (("1",), ("true",))


@dataclass(frozen=True, slots=True)
class File:
    """A file or a film of the entry. `url` serves it to this juror only."""

    title: str
    url: str
    text: str = ""
    size: int = 0
    pages: int = 0
    is_film: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One thing in the municipality's way so far: a contribution with its theme, or what an entry came to."""

    year: int
    title: str
    theme: str = ""
    is_honour: bool = False
