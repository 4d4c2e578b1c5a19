"""What the jurors wrote about an entry, for those in the room: notes to the jury, and reasons by criterion.

The private note is the juror's own and never read here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from awards.models import Person
from criteria.models import Score, ScoreSheet
from criteria.states import SheetState


@dataclass(frozen=True)
class Said:
    """One juror's words; the seat only where names are asked for."""

    text: str
    seat: str = ""
    improvements: str = ""


@dataclass(frozen=True)
class RoomWords:
    """Everything written about one entry."""

    notes: tuple[Said, ...] = ()
    by_criterion: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


def words_of(user: Person, scoring_round: int, nomination: int, *, names: bool) -> RoomWords:
    """What this person may read on finished sheets; without names in nobody's order: one query."""
    sheets = (
        ScoreSheet.objects.seen_by(user)
        .counting()
        .filter(assignment__round=scoring_round, assignment__nomination=nomination, state=SheetState.DONE)
    )
    rows = Score.objects.filter(sheet__in=sheets, is_latest=True).values_list(
        "sheet_id", "sheet__assignment__juror__seat", "sheet__note_to_jury", "criterion", "strengths",
        "improvements",
    )  # fmt: skip
    notes: dict[int, Said] = {}
    written: dict[str, list[Said]] = defaultdict(list)
    for sheet, seat, note, criterion, strengths, improvements in rows:
        shown = seat if names else ""
        if note.strip():
            notes[sheet] = Said(note.strip(), shown)
        if strengths.strip() or improvements.strip():
            written[criterion].append(Said(strengths.strip(), shown, improvements.strip()))
    return RoomWords(
        _sorted(notes.values()), {criterion: _sorted(said) for criterion, said in written.items()}
    )


def _sorted(said) -> tuple[Said, ...]:
    """By seat where names are shown, else by the words themselves, which tell nobody's seat."""
    return tuple(sorted(said, key=lambda each: (each.seat, each.text, each.improvements)))
