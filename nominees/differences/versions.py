"""What changed between two versions of a submission, word by word; no query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nominees.differences.texts import Piece, difference
from nominees.submission_content import texts

AROUND = 160  # characters of unchanged text that are shown before and after a change
GAP = "gap"  # a piece that stands for unchanged text that is left out


@dataclass(frozen=True, slots=True)
class ChangedText:
    """One text with its pieces; what is unchanged and far from any change is left out."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass
class Changed:
    """A question, an area, a file: everything that changed in it. `kind` is added, taken or changed."""

    chapter: str
    title: str
    kind: str
    texts: list[ChangedText] = field(default_factory=list)


def changes(before: Mapping, after: Mapping, language: str) -> tuple[Changed, ...]:
    """In the order of the later version; what is gone stands where it stood, after what is left."""
    old = {key: rest for key, *rest in texts(before, language)}
    new = {key: rest for key, *rest in texts(after, language)}
    kept_items = {item.key for _chapter, item, _line in new.values()}
    old_items = {item.key for _chapter, item, _line in old.values()}
    found: dict[str, Changed] = {}
    for key in _in_order(list(old), list(new)):
        chapter, item, line = new.get(key) or old[key]
        first = old[key][2].text if key in old else ""
        second = new[key][2].text if key in new else ""
        if first == second:
            continue
        kind = "changed" if item.key in kept_items and item.key in old_items else "added"
        kind = kind if item.key in kept_items else "taken"
        whole = found.setdefault(item.key, Changed(chapter.title, item.heading, kind))
        whole.texts.append(ChangedText(line.label, shortened(difference(first, second))))
    return tuple(found.values())


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with long unchanged stretches cut down to what stands around a change."""
    kept: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= 3 * AROUND:
            kept.append(piece)
            continue
        start = piece.text[:AROUND].rpartition(" ")[0] if place else ""
        end = piece.text[-AROUND:].partition(" ")[2] if place < len(pieces) - 1 else ""
        kept += [Piece("same", start)] if start else []
        kept.append(Piece(GAP, ""))
        kept += [Piece("same", end)] if end else []
    return tuple(kept)


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new keys, each old key that is gone put after the one it followed."""
    order, known = list(new), set(new)
    last = ""
    for key in old:
        if key not in known:
            order.insert(order.index(last) + 1 if last else 0, key)
        last = key
    return order
