"""File names as people gave them, made safe to show, to store and to unpack anywhere. No query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

LONGEST = 120  # signs: with a folder before it, it still unpacks on Windows
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows keeps no such names
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def display_name(raw: str) -> str:
    """The last part of what was given: composed letters (NFC), no path, nothing unseen, LONGEST signs.

    å, ä and ö stay. The extension stays also where the name is cut. Empty when nothing is left of it.
    """
    text = unicodedata.normalize("NFC", raw).replace("\\", "/")
    text = "".join(
        each for each in text if each == "\N{SOFT HYPHEN}" or unicodedata.category(each) not in _UNSEEN
    )
    text = text.replace("\N{SOFT HYPHEN}", "").rsplit("/", 1)[-1]
    text = _FORBIDDEN.sub("_", " ".join(text.split())).rstrip(". ")
    if _RESERVED.match(text):
        text = f"_{text}"
    if len(text) <= LONGEST:
        return text
    ending = extension(text)
    tail = f".{ending}" if ending and len(ending) < 12 else ""
    return text[: LONGEST - len(tail)].rstrip(". ") + tail


def extension(name: str) -> str:
    """What stands after the last point, in small letters; empty without one."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def apart(names: Iterable[str]) -> Iterator[str]:
    """The names as they are shown, in the same order, each only once in a folder: `a.pdf`, `a (2).pdf`."""
    taken: set[str] = set()
    for name in names:
        yield free_name(name, taken)


def free_name(raw: str, taken: set[str]) -> str:
    """The name as it is shown, with a number where it is taken in the folder; it is taken from now on.

    Capitals count as small letters, since Windows and macOS unpack them onto one another.
    """
    name = display_name(raw) or "_"
    ending = extension(name)
    stem = name[: -len(ending) - 1] if ending else name
    tail = name[len(stem) :]
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem} ({number}){tail}"
    taken.add(candidate.casefold())
    return candidate
