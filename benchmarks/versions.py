"""Two versions of a submission of forty pages, as far apart as their writers left them."""

from __future__ import annotations

import random

PAGES, CHARACTERS = 40, 3_000
WORDS = [f"ord{number}" for number in range(8_000)]
WEIGHTS = [1 / (place + 1) for place in range(8_000)]  # common words are common, as in any language


def forty_pages(seed: int = 1) -> str:
    """A text of forty pages, in paragraphs."""
    draw = random.Random(seed)  # noqa: S311 - a text, no secret
    words = draw.choices(WORDS, WEIGHTS, k=PAGES * CHARACTERS // 6)
    return "\n\n".join(" ".join(words[place : place + 90]) for place in range(0, len(words), 90))


def revised(text: str, share: float, seed: int = 2) -> str:
    """The same with a share of its words taken away, put in or replaced."""
    draw = random.Random(seed)  # noqa: S311 - a text, no secret
    kept = []
    for word in text.split(" "):
        chance = draw.random() / share
        if chance >= 1:
            kept.append(word)
        elif chance >= 1 / 3:
            kept += [draw.choice(WORDS), word][: 1 if chance < 2 / 3 else 2]
    return " ".join(kept)
