"""A workbook damaged at random, the same way every time: in its bytes, its directory and its parts."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

DIRECTORY_ENTRY, DIRECTORY_END = b"PK\x01\x02", b"PK\x05\x06"


def damaged_copies(content: bytes, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """(kind of damage, the damaged file), the kinds taking turns."""
    chance = random.Random(seed)  # noqa: S311 - damage for tests, not secrets
    kinds = (_cut, _flipped, _overwritten, _hole, _directory, _directory_end, _part)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield kind.__name__.strip("_"), kind(content, chance)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    out = bytearray(content)
    for _time in range(chance.choice((1, 8, 64))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _overwritten(content: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.choice((4, 64, 4096))
    return content[:start] + chance.randbytes(length) + content[start + length :]


def _hole(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 30, 3000)) :]


def _directory(content: bytes, chance: random.Random) -> bytes:
    return _bytes_after(content, content.index(DIRECTORY_ENTRY), chance)


def _directory_end(content: bytes, chance: random.Random) -> bytes:
    return _bytes_after(content, content.rindex(DIRECTORY_END), chance)


def _bytes_after(content: bytes, start: int, chance: random.Random) -> bytes:
    out = bytearray(content)
    for _time in range(chance.choice((1, 2, 6))):
        out[chance.randrange(start + 4, len(out))] = chance.randrange(256)
    return bytes(out)


def _part(content: bytes, chance: random.Random) -> bytes:
    """A part's own text damaged, in a sound archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        victim = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = bytearray(source.read(name))
            if name == victim:
                for _time in range(chance.choice((1, 5, 40))):
                    part[chance.randrange(len(part))] = chance.randrange(256)
            target.writestr(name, bytes(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
