"""How long a text is, counted alike by the page, its script and what stands in the way of sending in."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_UP, Decimal

A_PAGE = 3000  # characters, spaces too, on a printed A4 page
LONGEST = 30_000  # characters in one answer
# Control signs but for line end and tab, and those that turn the direction of what stands after them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def count_words(text: str) -> int:
    """Words are what stands between spaces."""
    return len(text.split())


def count_pages(text: str) -> Decimal:
    """A4 pages to one decimal, rounded up."""
    return (Decimal(len(text)) / A_PAGE).quantize(Decimal("0.1"), rounding=ROUND_UP)


def tidy(raw: str) -> tuple[str, bool]:
    """The text as it is kept, and whether signs that nobody sees were taken out of it.

    Line ends become alike, letters are composed (NFC) and ends trimmed; that is no change worth telling.
    A vertical tab or form feed, as word processors paste them, becomes a line end.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = unicodedata.normalize("NFC", text)
    seen = _UNSEEN.sub("", text)
    return seen.strip("\n "), seen != text
