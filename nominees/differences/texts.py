"""Where two texts differ, word by word; no query, no markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nominees.differences.shared_words import opcodes

_WORD = re.compile(r"\S+|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `same`, `taken` (only in the first text) or `added` (only in the second)."""

    kind: str
    text: str


def difference(first: str, second: str) -> tuple[Piece, ...]:
    """The pieces in reading order: what was taken before what was added in its place."""
    if first == second:
        return (Piece("same", first),) if first else ()
    before, after = _WORD.findall(first), _WORD.findall(second)
    pieces = []
    for kind, i, j, k, m in opcodes(before, after):
        if kind == "equal":
            pieces.append(_piece("same", before[i:j]))
            continue
        pieces += [_piece("taken", before[i:j])] if i < j else []
        pieces += [_piece("added", after[k:m])] if k < m else []
    return tuple(pieces)


def in_first(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The first text alone, with what was taken from it marked."""
    return tuple(piece for piece in pieces if piece.kind != "added")


def in_second(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The second text alone, with what was added to it marked."""
    return tuple(piece for piece in pieces if piece.kind != "taken")


def _piece(kind: str, words: list[str]) -> Piece:
    return Piece(kind, "".join(words))
