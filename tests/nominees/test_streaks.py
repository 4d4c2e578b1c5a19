"""Streaks count editions, and say where nobody knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominees.streaks import Known, Standing, Streak, longest_run, outcome_of, run_until, standing

SIGNS = {"x": ("nominated", True), ".": ("none", False), "?": ("unknown", None)}
drawn = st.text(alphabet="x.?", max_size=14)


def standings(drawing):
    """x nominated, . surely not, ? unknown; editions every second year from 2003."""
    return [Standing(2003 + 2 * place, *SIGNS[sign]) for place, sign in enumerate(drawing)]


@pytest.mark.parametrize(
    ("drawing", "streak"),
    [
        ("", Streak(0)),
        ("..?.", Streak(0)),
        (".xx.", Streak(2, False, 2007)),
        ("xx", Streak(2, False, 2005)),
        ("?xx.", Streak(2, True, 2007)),
        (".xx?", Streak(2, True, 2007)),
        ("x?x", Streak(1, True, 2007)),
        ("?x.x.", Streak(1, False, 2009)),  # the latest on a tie
        ("xx.x", Streak(2, False, 2005)),
    ],
)
def test_longest_run(drawing, streak):
    assert longest_run(standings(drawing)) == streak


@pytest.mark.parametrize(
    ("drawing", "year", "streak"),
    [
        (".xx?", 2007, Streak(2, False, 2007)),  # what comes after does not count
        (".xx?", 2005, Streak(1, False, 2005)),
        ("?xx.", 2007, Streak(2, True, 2007)),
        (".xx.", 2009, Streak(0)),
        ("x", 2003, Streak(1, False, 2003)),
    ],
)
def test_run_until(drawing, year, streak):
    assert run_until(standings(drawing), year) == streak


@given(drawn)
def test_longest_run_is_the_longest_and_the_latest(drawing):
    runs = [
        (len(part), sum(len(other) + 1 for other in parts[:place]) + len(part) - 1)
        for parts in [drawing.replace("?", ".").split(".")]
        for place, part in enumerate(parts)
        if part
    ]
    length, last = max(runs, default=(0, None))
    found = longest_run(standings(drawing))

    assert (found.editions, found.last_year) == (length, None if last is None else 2003 + 2 * last)
    if length:
        around = drawing[max(last - length, 0) : last + 2]
        assert found.at_least == ("?" in around)


@given(drawn)
def test_run_until_ends_where_it_is_asked_and_is_never_longer_than_the_longest(drawing):
    found = standings(drawing)
    for place, each in enumerate(found):
        run = run_until(found, each.year)
        assert run == run_until(found[: place + 1], each.year)
        assert run.editions <= longest_run(found).editions
        assert (run.editions > 0) == (drawing[place] == "x")


@given(drawn)
def test_knowing_more_never_shortens_a_streak(drawing):
    known = longest_run(standings(drawing)).editions

    assert longest_run(standings(drawing.replace("?", "."))).editions == known
    assert longest_run(standings(drawing.replace("?", "x"))).editions >= known


@pytest.mark.parametrize(
    ("kinds", "outcome", "nominated"),
    [
        ({"applied", "nominated", "won"}, "won", True),
        ({"won"}, "won", True),
        ({"applied", "nominated", "withdrew"}, "withdrew", True),
        ({"applied", "withdrew"}, "withdrew", False),
        ({"nominated", "declined"}, "declined", True),
        ({"nominated", "accepted"}, "nominated", True),
        ({"final_nominated"}, "nominated", True),
        ({"honoured"}, "honoured", False),
        ({"nominated", "honoured"}, "honoured", True),
        ({"applied", "not_nominated"}, "not_nominated", False),
        ({"applied"}, "not_nominated", False),
        (set(), "not_nominated", False),
        (None, "none", False),
    ],
)
def test_standing_with_a_complete_list_of_nominees(kinds, outcome, nominated):
    found = standing(2015, kinds, nominees_complete=True, applicants_complete=False)

    assert found == Standing(2015, outcome, nominated)


@pytest.mark.parametrize(
    ("kinds", "applicants_complete", "outcome", "nominated"),
    [
        ({"applied"}, True, "applied", None),
        ({"applied", "not_nominated"}, False, "not_nominated", False),
        ({"applied", "withdrew"}, False, "withdrew", None),
        ({"honoured"}, False, "honoured", None),
        ({"won"}, False, "won", True),
        (None, True, "none", False),
        (None, False, "unknown", None),
    ],
)
def test_standing_with_a_partial_list_of_nominees(kinds, applicants_complete, outcome, nominated):
    found = standing(2013, kinds, nominees_complete=False, applicants_complete=applicants_complete)

    assert found == Standing(2013, outcome, nominated)


def test_outcome_of_no_entry_differs_from_an_entry_without_events():
    lists = {"nominees_complete": False, "applicants_complete": False}

    assert (outcome_of(None, **lists), outcome_of(frozenset(), **lists)) == ("unknown", "applied")


def test_known_says_at_least():
    assert [str(Known(46, True)), str(Known(5))] == ["minst 46", "5"]
