"""Signs that a paper's fonts cannot draw, and signs that nobody sees: what stands there instead; no query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

SUBSTITUTE = "\N{WHITE SQUARE}"
_SHOWN = f"{SUBSTITUTE}\N{ZERO WIDTH SPACE}"  # a line may break after it
# Writing systems, emoji and private signs that none of the fonts holds: not worth asking the compiler about.
_SURELY_LACKING = re.compile(
    "[\u0700-\u0dff\u0f00-\u109f\u1100-\u139f\u1400-\u167f\u2e80-\ua4ff\uac00-\uf8ff\U00010000-\U0001d3ff"
    "\U0001d800-\U0010ffff]"
)
# Marks that turn the direction of what follows: on paper nobody could tell what was turned.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Mn", "Me")
_LACKING = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def drawable(words: object) -> object:
    """The words of a paper, however nested, without what is surely lacking or turns the text."""
    return _everywhere(words, lambda text: _TURNING.sub("", _SURELY_LACKING.sub(_SHOWN, text)))


def without(words: object, lacking: Iterable[str]) -> object:
    """The words with the substitute in each place where one of `lacking` stood."""
    found = re.compile("|".join(re.escape(each) for each in sorted(lacking, key=len, reverse=True)))
    return _everywhere(words, lambda text: found.sub(_SHOWN, text))


def lacking(complaint: str) -> frozenset[str]:
    """What the compiler says that it could not draw."""
    return frozenset(_plain(each) for each in _LACKING.findall(complaint)) - {SUBSTITUTE, ""}


def is_seen(text: str) -> bool:
    """Whether there is anything in the text that a reader would see."""
    return any(unicodedata.category(sign) not in _UNSEEN for sign in text)


def _everywhere(words: object, change: Callable[[str], str]) -> object:
    if isinstance(words, str):
        return change(words)
    if isinstance(words, dict):
        return {name: _everywhere(each, change) for name, each in words.items()}
    if isinstance(words, (list, tuple)):
        return [_everywhere(each, change) for each in words]
    return words


def _plain(escaped: str) -> str:
    """As the compiler writes a text between quotation marks, back to the text."""
    return _ESCAPED.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _LETTERS.get(found[2], found[2]), escaped
    )
