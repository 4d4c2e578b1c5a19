"""docs/states.md is drawn from the tables of moves, and no table is left out."""

from awards.moves import Move
from reports.lives import LIVES, lives_as_markdown
from tests.house.source import FLOORS, ROOT


def test_states_are_drawn_as_they_are():
    drawn = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")

    assert drawn == lives_as_markdown()


def test_every_table_of_moves_is_drawn():
    tables = [
        value
        for floor in FLOORS
        if (ROOT / floor / "states.py").exists()
        for value in vars(__import__(f"{floor}.states", fromlist=["states"])).values()
        if isinstance(value, tuple) and value and isinstance(value[0], Move)
    ]
    assert sorted(map(str, tables)) == sorted(map(str, LIVES.values()))


def test_verbs_are_unique_within_a_life():
    repeated = {
        name: [move.verb for move in moves if [other.verb for other in moves].count(move.verb) > 1]
        for name, moves in LIVES.items()
    }
    assert repeated == {name: [] for name in LIVES}
