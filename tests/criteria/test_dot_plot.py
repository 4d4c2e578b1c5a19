"""The dots fit a wide screen and a small one: nothing lies outside, and names stand where there is room."""

import pytest

from criteria.dot_plot import SLIM, WIDE, Row, dot_plot

ROWS = [
    Row("1. Kävlinge", [("A", 20.0, False), ("B", 100.0, True)], 60.0, (10.0, 110.0)),
    Row("2. Borås", []),
]


@pytest.mark.parametrize("frame", [WIDE, SLIM])
def test_everything_lies_within_the_frame(frame):
    plot = dot_plot(ROWS, frame)
    first = plot.lines[0]
    drawn = [dot.x for dot in first.dots] + [first.mean, first.band[0], sum(first.band)]
    assert [frame.left <= x <= frame.right for x in drawn] == [True] * len(drawn)
    assert (plot.width, max(line.y for line in plot.lines) < plot.foot) == (frame.width, True)
    assert [dot.anchor for dot in first.dots] == ["start", "end"]


def test_on_a_small_screen_names_stand_above_their_lines():
    assert [line.label_y - line.y for line in dot_plot(ROWS, SLIM).lines] == [-30, -30]
    assert [line.label_y - line.y for line in dot_plot(ROWS, WIDE).lines] == [4, 4]
    assert SLIM.width <= 360


def test_usual_dots_are_one_path_and_odd_ones_stand_by_themselves():
    first, second = dot_plot(ROWS, WIDE).lines
    ring = "a4.5 4.5 0 1 0 9.0 0a4.5 4.5 0 1 0 -9.0 0z"

    assert (first.rings, [dot.name for dot in first.odd]) == (f"M241.1 {first.y:g}{ring}", ["B"])
    assert (second.rings, second.odd) == ("", ())
