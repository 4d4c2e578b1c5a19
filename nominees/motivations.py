"""The jury's motivation in the reader's language, and the one it is in where it has no other."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from awards import formats


@dataclass(frozen=True, slots=True)
class Motivation:
    """The text; `lang` is its language where that is not the page's, so that it is read aloud rightly."""

    text: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def for_reader(swedish: str, english: str) -> Motivation:
    """English for those who read English where the jury wrote it, else the Swedish, which is the original."""
    if formats.written_language(get_language()) != "en":
        return Motivation(swedish)
    return Motivation(english) if english else Motivation(swedish, "sv" if swedish else "")
