"""The jurors' texts gathered without a trace of who wrote them, and the traces that a text can still hold.

What comes out depends on the texts alone: equal texts stand once, and their order follows from a checksum
of what they say, so that nobody can tell who wrote first, or that two come from one sheet.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nominees.words import tidy

KINDS = ("strengths", "improvements")
MASK = "[…]"


@dataclass(frozen=True)
class Words:
    """What is said on one criterion: strengths and areas for improvement."""

    strengths: str = ""
    improvements: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not (self.strengths or self.improvements)


def gather(texts: Iterable[str], salt: str = "") -> tuple[str, ...]:
    """The texts, cleaned, equal ones once, in an order that says nothing about their writers."""
    found: dict[str, str] = {}
    for text in texts:
        kept = clean(text)
        key = _folded(kept)
        if key:
            found[key] = min(kept, found.get(key, kept))
    return tuple(found[key] for key in sorted(found, key=lambda key: _lot(salt, key)))


def joined(texts: Iterable[str]) -> str:
    """Several texts as paragraphs of one."""
    return "\n\n".join(texts)


def clean(text: str) -> str:
    """The text without signs that nobody sees, and without marks that turn the direction of reading."""
    kept, _taken = tidy(text)
    return "".join(each for each in kept if unicodedata.category(each) != "Cf" or each == "\N{SOFT HYPHEN}")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text; single line ends stay inside them."""
    return tuple(each.strip() for each in re.split(r"\n\s*\n", text) if each.strip())


def texts_as_words(kept: Mapping[str, Mapping[str, str]]) -> dict[str, Words]:
    """What a report keeps by criterion, as words."""
    return {
        code: Words(each.get("strengths", ""), each.get("improvements", "")) for code, each in kept.items()
    }


def traces(text: str, marks: Iterable[str]) -> tuple[str, ...]:
    """Which of `marks` (the jurors' names, seats and addresses) stand in the text as words of their own."""
    return tuple(mark for mark in marks if _pattern(mark).search(text))


def masked(text: str, marks: Iterable[str]) -> str:
    """The text with `[…]` where it gives a juror away; longer marks first, so that nothing is left."""
    for mark in sorted(marks, key=len, reverse=True):
        text = _pattern(mark).sub(MASK, text)
    return text


def _pattern(mark: str) -> re.Pattern:
    words = r"\s+".join(re.escape(word) for word in unicodedata.normalize("NFC", mark).split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _lot(salt: str, key: str) -> str:
    return hashlib.sha256(f"{salt}\n{key}".encode()).hexdigest()
