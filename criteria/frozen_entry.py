"""What a juror reads of the version that was sent in: the same parts, from its content; no query."""

from __future__ import annotations

from collections.abc import Mapping

from criteria.entry_parts import AnswerLine, Area, Section, Topic
from nominees.states import Audience, Continuation, QuestionKind
from nominees.submission_content import said

SHOWN_ELSEWHERE = (QuestionKind.FILE, QuestionKind.IMPROVEMENT_AREAS, QuestionKind.KEY_FACTS)
_TEXTS = ("aim", "action", "result", "evidence")


def sections(content: Mapping, language: str) -> tuple[Section, ...]:
    """Questions with answers, without what only the organiser reads."""
    found = []
    for part in content["sections"]:
        lines = tuple(
            AnswerLine(_in(each["question"], language), said(each, language))
            for each in part["answers"]
            if each["kind"] not in SHOWN_ELSEWHERE and each["audience"] != Audience.ORGANISER
        )
        if lines:
            found.append(Section(part["code"], _in(part["title"], language), lines))
    return tuple(found)


def areas(content: Mapping) -> list[Area]:
    """The improvement areas of this entry, in its own order."""
    year = content["edition"]["year"]
    return [
        Area(
            each["title"],
            year,
            each["direction"],
            *(each[name] for name in _TEXTS),
            since=Continuation(each["continuation"]).label if each["continuation"] else "",
        )
        for each in content["areas"]
    ]


def initiatives(content: Mapping) -> tuple[Topic, ...]:
    """What the municipality does."""
    return tuple(Topic(each["title"], each["description"]) for each in content["initiatives"])


def challenges(content: Mapping) -> tuple[Topic, ...]:
    """What it faces."""
    return tuple(
        Topic(each["title"], "", ("true",) if each["is_added"] else ()) for each in content["challenges"]
    )


def files(content: Mapping) -> dict[int, str]:
    """The files that went with it and were not the organiser's alone, each with its words, by its id."""
    return {each["id"]: each["description"] for each in content["materials"] if not each["is_private"]}


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words["sv"]
