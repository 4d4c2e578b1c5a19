"""The kinds of work that run in the background: apps register what does each kind, and who may order it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from awards.verdicts import YES, Verdict

if TYPE_CHECKING:
    from awards.models import Edition, Job, Person


@dataclass(frozen=True, slots=True)
class JobFile:
    """What a job made: the name a person sees, and either the bytes or the path of a finished file.

    A file at a path is taken over: once it is kept, it is gone from where it lay.
    """

    name: str
    content: bytes | Path


class CannotBeMadeError(Exception):
    """What was ordered cannot be made of what there is; `args[0]` is the sentence that its person reads."""


Progress = Callable[[int, int], None]  # done, of
Work = Callable[["Job", Progress], JobFile]
May = Callable[["Person", "Edition | None"], Verdict]
Still = Callable[["Job"], Verdict]


def in_silence(_done: int, _of: int) -> None:
    """The progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind. `may` is asked when the work is ordered, when it runs, and when its file is fetched.

    `still` is asked of a finished job beside it: whether its owner may yet have what this very file holds.
    """

    code: str
    title: object  # lazy text
    work: Work
    may: May
    still: Still


_kinds: dict[str, JobKind] = {}


def _anybody(_person: Person, _edition: Edition | None) -> Verdict:
    return YES


def _as_ever(_job: Job) -> Verdict:
    return YES


def register(code: str, title: object, work: Work, may: May = _anybody, still: Still = _as_ever) -> None:
    """Let jobs of kind `code` be done by `work(job, progress)`. Called in apps.py: ready()."""
    _kinds[code] = JobKind(code, title, work, may, still)


def kind_of(code: str) -> JobKind | None:
    """The kind, or None when no app knows it (any more)."""
    return _kinds.get(code)


def forget(code: str) -> None:
    """Take a kind out of the register."""
    _kinds.pop(code, None)
