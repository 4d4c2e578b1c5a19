"""Filling a letter's named places, and nothing more: no template code, no format specs, braces are text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_PLACE = re.compile(r"\{([^\W\d]\w*)\}")  # a name alone in braces; all other braces are text
_BRACED = re.compile(r"\{+[^{}\n]*\}+|\{+\w+")  # whatever looks as if it were to be filled
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


def names_in(*texts: str) -> tuple[str, ...]:
    """The names that the texts ask for, each once, in the order they come."""
    return tuple(dict.fromkeys(name for text in texts for name in _PLACE.findall(text)))


def unknown(known: Collection[str], *texts: str) -> tuple[str, ...]:
    """Everything in braces that nobody can fill, each once and as it is written: `{kommun.x}`, `{ link }`."""
    places = {"{" + name + "}" for name in known}
    written = dict.fromkeys(found for text in texts for found in _BRACED.findall(text))
    return tuple(each for each in written if each not in places)


def fill(text: str, words: Mapping[str, str]) -> str:
    """Put the words in their places, once: what is filled in is never read again. Unknown names stay.

    A paragraph that came to nothing leaves no gap.
    """
    filled = _PLACE.sub(lambda found: str(words.get(found[1], found[0])), text.replace("\r\n", "\n"))
    return _EMPTY_LINES.sub("\n\n", filled)
