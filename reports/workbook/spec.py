"""What goes into a jury workbook, as plain data: whoever reads the database fills these in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from criteria.combine import Combined
from criteria.scoring import Mark, ScoringModel, inputs

_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")


@dataclass(frozen=True)
class Fact:
    """One row under "About the nomination": what it is and what it says ("" = nothing was supplied)."""

    label: str
    text: str


@dataclass(frozen=True)
class ContributionSpec:
    """One contribution at a fair, with its theme."""

    year: str
    title: str
    theme: str = ""


@dataclass(frozen=True)
class CriterionSpec:
    """What a juror has given one leaf, and the version each of the four cells had at issue (0 = none yet)."""

    mark: Mark | None = None
    strengths: str = ""
    improvements: str = ""
    evidence: str = ""
    versions: tuple[int, int, int, int] = (0, 0, 0, 0)  # score, strengths, improvements, evidence


@dataclass(frozen=True)
class EntrySpec:
    """One nomination in a juror's workbook. `code` is its key in the edition, as a rule the kommunkod.

    With `recused` (the reason, in the workbook's language) nothing but code, name and title is written.
    """

    code: str
    name: str
    title: str
    summary: str = ""
    facts: tuple[Fact, ...] = ()
    outward: tuple[str, ...] = ()
    inward: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    contributions: tuple[ContributionSpec, ...] = ()
    answers: tuple[Fact, ...] = ()
    criteria: Mapping[str, CriterionSpec] = field(default_factory=dict)  # by leaf code
    private_note: str = ""
    private_note_version: int = 0
    note_to_jury: str = ""
    note_to_jury_version: int = 0
    recused: str | None = None

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks given, by leaf code."""
        return {code: given.mark for code, given in self.criteria.items() if given.mark is not None}


@dataclass(frozen=True)
class WorkbookSpec:
    """A juror's workbook. `signing_key` never enters the file; `key_id` does, so that keys can be changed."""

    edition_key: str
    edition_title: str
    model: ScoringModel
    entries: tuple[EntrySpec, ...]
    issued_at: datetime
    workbook_id: str
    signing_key: bytes
    key_id: str
    juror_key: str
    juror_label: str
    language: str = "sv"
    author: str = "Sveriges KvalitetsKommun"

    def __post_init__(self) -> None:
        check_keys(entry.code for entry in self.entries)
        known = {node.code for node in inputs(self.model)}
        for entry in self.entries:
            strangers = sorted(set(entry.criteria) - known)
            if strangers:
                raise ValueError(f"{entry.code}: not in the scoring model: {', '.join(strangers)}")


@dataclass(frozen=True)
class SeatSpec:
    """One juror in the organiser's workbook, by seat and never by name."""

    key: str
    label: str


@dataclass(frozen=True)
class SheetSpec:
    """One juror's sheet on one nomination. A recused juror's marks are never written."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    submitted: bool = False
    recused: bool = False
    state: str = ""  # in words, in the workbook's language: "submitted", "begun" ...


@dataclass(frozen=True)
class OrganiserEntrySpec:
    """One nomination in the organiser's workbook: its facts as in a juror's, and the sheets by seat key."""

    entry: EntrySpec
    sheets: Mapping[str, SheetSpec] = field(default_factory=dict)
    combined: Combined | None = None  # the site's value, where the sheets alone do not give it


@dataclass(frozen=True)
class OrganiserSpec:
    """The organiser's workbook: all nominations, one column per seat. It is never uploaded."""

    edition_key: str
    edition_title: str
    model: ScoringModel
    seats: tuple[SeatSpec, ...]
    entries: tuple[OrganiserEntrySpec, ...]
    issued_at: datetime
    workbook_id: str
    language: str = "sv"
    author: str = "Sveriges KvalitetsKommun"
    chair_order: Mapping[str, int] = field(default_factory=dict)  # by nomination code, 1 is best

    def __post_init__(self) -> None:
        check_keys(entry.entry.code for entry in self.entries)
        check_keys(seat.key for seat in self.seats)


def check_keys(keys: Iterable[str]) -> None:
    """Raise ValueError for a key that is doubled or could not stand in a defined name."""
    seen: set[str] = set()
    for key in keys:
        folded = re.sub(r"[^0-9a-z]", "_", key.casefold())
        if not _KEY.fullmatch(key) or folded in seen:
            raise ValueError(f"not a key, or not the only one of its kind: {key!r}")
        seen.add(folded)
