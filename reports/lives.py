"""The lives of things drawn: every table of moves as a Mermaid diagram, for docs/states.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import override

from awards.states import EDITION_MOVES, STAGE_MOVES
from criteria.states import (
    DECISION_MOVES,
    FEEDBACK_MOVES,
    MEETING_MOVES,
    MODEL_MOVES,
    PUBLICATION_MOVES,
    ROUND_MOVES,
    SHEET_MOVES,
)
from nominees.states import NOMINATION_MOVES

if TYPE_CHECKING:
    from awards.moves import Move

LIVES: dict[str, tuple[Move, ...]] = {
    "Edition": EDITION_MOVES,
    "Stage": STAGE_MOVES,
    "Nomination": NOMINATION_MOVES,
    "Scoring model": MODEL_MOVES,
    "Round": ROUND_MOVES,
    "Score sheet": SHEET_MOVES,
    "Consensus meeting": MEETING_MOVES,
    "Decision": DECISION_MOVES,
    "Publication": PUBLICATION_MOVES,
    "Feedback report": FEEDBACK_MOVES,
}
HEAD = """# The lives of things

Drawn from the tables in `states.py` by `manage.py draw_states`; never edited by hand. An arrow is a move:
the verb in `actions.py`, then who may make it, then the stages in which it may be made (all, where none is
named).
"""


def lives_as_markdown() -> str:
    """The whole of docs/states.md."""
    with override("en"):
        chapters = [
            f"## {name}\n\n{_diagram(moves)}\n\n{_refusals(moves)}\n" for name, moves in LIVES.items()
        ]
    return "\n".join([HEAD, *chapters])


def _diagram(moves: tuple[Move, ...]) -> str:
    arrows = [f"    {source} --> {move.target}: {_label(move)}" for move in moves for source in move.sources]
    return "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])


def _label(move: Move) -> str:
    parts = [move.verb, " or ".join(move.by), " or ".join(move.open_in)]
    return ", ".join(part for part in parts if part)


def _refusals(moves: tuple[Move, ...]) -> str:
    rows = [f"| {move.verb} | {move.says} |" for move in moves]
    return "\n".join(["| otherwise | is refused with |", "| --- | --- |", *rows])
