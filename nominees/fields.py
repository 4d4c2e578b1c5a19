"""The fields of a writing page, ready to be drawn: label, text, mark, counter, problem; no query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats
from nominees.asking import Asked
from nominees.drafts import mark
from nominees.states import Audience, QuestionKind
from nominees.words import count_pages, count_words

WIDGETS = {
    QuestionKind.GRADED: "radios",
    QuestionKind.CHOICE: "radios",
    QuestionKind.LONG_TEXT: "long",
    QuestionKind.SHORT_TEXT: "line",
    QuestionKind.NUMBER: "number",
    QuestionKind.FILE: "file",
    QuestionKind.KEY_FACTS: "facts",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or one line of a list."""

    code: str
    words: object
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `was` marks the text that the page shows, so that a later save knows what was touched."""

    name: str
    label: object
    widget: str  # long, line, number, radios, select, file, facts
    value: str
    was: str
    hint: object = ""
    problem: object = ""
    choices: tuple[Choice, ...] = ()
    rows: int = 2
    words: int | None = None  # most words
    pages: int | None = None  # most pages
    required: bool = False
    unit: str = ""
    audience: object = ""
    before: str = ""  # what the last entry said
    has_file: bool = False

    @property
    def shown(self) -> str:
        """The value as it stands in its box: numbers with the sign of the page's language."""
        return self.value.replace(".", ",") if self.widget == "number" and _language() == "sv" else self.value

    @property
    def counter(self) -> str:
        """`28 of at most 300 words`, or empty when there is no limit."""
        if self.words is not None:
            return _("%(count)s of at most %(most)s words") % {
                "count": count_words(self.value),
                "most": self.words,
            }
        if self.pages is not None:
            return _("%(count)s of at most %(most)s pages") % {
                "count": formats.number(count_pages(self.value), 1, _language()),
                "most": self.pages,
            }
        return ""

    @property
    def is_over(self) -> bool:
        """Whether the text holds more than it may."""
        too_many = self.words is not None and count_words(self.value) > self.words
        return too_many or (self.pages is not None and count_pages(self.value) > self.pages)

    @property
    def described_by(self) -> str:
        """The ids of what explains the field."""
        there = {"hint": self.hint, "count": self.counter, "problem": self.problem}
        return " ".join(f"{self.name}-{what}" for what, text in there.items() if text)


@dataclass(frozen=True, slots=True)
class Typing:
    """What was typed and could not be kept, and why, both by name; empty on a fresh page.

    `was` holds the marks that came with it: a text that was not kept still builds on what its writer saw,
    so that a colleague's later text is not taken for known.
    """

    typed: Mapping[str, str]
    problems: Mapping[str, object]
    was: Mapping[str, str] = field(default_factory=dict)

    def field(self, name: str, stored: str, label: object, widget: str, **more: object) -> Field:
        """A field with its saved text, or with what was typed instead."""
        chosen = more.pop("options", ())
        value = self.typed.get(name, stored)
        return Field(
            name=name,
            label=label,
            widget=widget,
            value=value,
            was=self.was.get(name, mark(stored)),
            problem=self.problems.get(name, ""),
            choices=tuple(Choice(code, words, code == value) for code, words in chosen),
            **more,
        )


FRESH = Typing({}, {})


def question_field(asked: Asked, typing: Typing, before: str = "") -> Field:
    """The field of one question."""
    return typing.field(
        f"answer-{asked.code}",
        asked.value,
        asked.text,
        WIDGETS[asked.kind],
        options=asked.choices,
        hint=asked.guidance,
        rows=_rows(asked),
        words=asked.word_limit,
        pages=asked.page_limit,
        required=asked.required,
        unit=asked.unit,
        audience=Audience(asked.audience).label,
        before=before,
        has_file=asked.has_file,
    )


def _rows(asked: Asked) -> int:
    """As high as the text that is asked for, within reason."""
    words = asked.word_limit or (asked.page_limit or 1) * 400
    return max(3, min(words // 40, 10))


def _language() -> str:
    return formats.written_language(get_language())
