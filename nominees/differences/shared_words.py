"""Which words two long texts share, in order: anchored on words that stand once in both, then ever closer.

A plain sequence comparison takes time with the square of common words such as "och"; forty pages would take
minutes. Words that stand exactly once in both texts are few and telling (patience sorting finds the longest
run of them in order); between two of them lies little, and only that little is compared plainly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SMALL = 900  # words before times words after that are compared plainly: well under a millisecond


class Block(NamedTuple):
    """before[i:j] beside after[k:m]; `kind` is equal or replace, and `open` while it is worked on."""

    kind: str
    i: int
    j: int
    k: int
    m: int


def opcodes(before: Sequence[str], after: Sequence[str]) -> list[Block]:
    """Blocks that cover both sequences in order, like neighbours joined; either side may be empty."""
    joined: list[Block] = []
    for block in _settled(before, after):
        if joined and joined[-1].kind == block.kind:
            first = joined.pop()
            joined.append(Block(block.kind, first.i, block.j, first.k, block.m))
        else:
            joined.append(block)
    return joined


def _settled(before: Sequence[str], after: Sequence[str]) -> Iterator[Block]:
    """Open blocks are cut until none is left. A stack instead of recursion: texts may differ deeply."""
    stack = [Block("open", 0, len(before), 0, len(after))]
    while stack:
        block = stack.pop()
        if block.kind != "open":
            yield block
            continue
        _open, i, j, k, m = block
        head = _shared(before[i:j], after[k:m])
        tail = _shared(before[i + head : j][::-1], after[k + head : m][::-1])
        parts = [Block("equal", i, i + head, k, k + head)] if head else []
        parts += _cut(before, after, Block("open", i + head, j - tail, k + head, m - tail))
        parts += [Block("equal", j - tail, j, m - tail, m)] if tail else []
        stack.extend(reversed(parts))


def _cut(before: Sequence[str], after: Sequence[str], block: Block) -> list[Block]:
    """A stretch whose ends differ: cut at its anchors, or compared plainly, or one replaced by the other."""
    _open, i, j, k, m = block
    if i == j or k == m:
        return [Block("replace", i, j, k, m)] if j - i + m - k else []
    if anchors := _anchors(before[i:j], after[k:m]):
        parts, here, there = [], i, k
        for at, to in anchors:
            parts.append(Block("open", here, i + at, there, k + to))
            here, there = i + at + 1, k + to + 1
            parts.append(Block("equal", here - 1, here, there - 1, there))
        return [*parts, Block("open", here, j, there, m)]
    if (j - i) * (m - k) > SMALL:
        return [Block("replace", i, j, k, m)]
    plain = SequenceMatcher(None, before[i:j], after[k:m], autojunk=False).get_opcodes()
    return [
        Block("equal" if kind == "equal" else "replace", i + a, i + b, k + c, k + d)
        for kind, a, b, c, d in plain
    ]


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    """How many words are alike from the start."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """(place in before, place in after) of words that stand once in both: the longest run in both orders."""
    once_before, once_after = _once(before), _once(after)
    pairs = [(at, once_after[word]) for word, at in once_before.items() if word in once_after]
    ends: list[int] = []  # the lowest last place of a run of each length
    tops: list[int] = []  # which pair that is
    back: list[int] = []
    for number, (_at, to) in enumerate(pairs):
        length = bisect_left(ends, to)
        ends[length : length + 1] = [to]
        tops[length : length + 1] = [number]
        back.append(tops[length - 1] if length else -1)
    run, number = [], tops[-1] if tops else -1
    while number >= 0:
        run.append(pairs[number])
        number = back[number]
    return run[::-1]


def _once(words: Sequence[str]) -> dict[str, int]:
    """Word -> its place, for those that stand once, in order."""
    counts = Counter(words)
    return {word: place for place, word in enumerate(words) if counts[word] == 1}
