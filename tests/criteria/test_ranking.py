"""Places 1, 1, 3, and ties broken by the published steps only, each named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.ranking import Contender, preferred, rank
from tests.criteria.trees import flat


def contender(key, value, *, totals=None, **nodes):
    return Contender(
        key,
        None if value is None else Decimal(value),
        {code: Decimal(each) for code, each in nodes.items()},
        {juror: Decimal(total) for juror, total in (totals or {}).items()},
    )


def ranked(contenders, *steps, chair=None):
    return rank(flat(100, tie_break=steps), contenders, chair)


def places(ranking):
    return [(each.key, each.place) for each in ranking.places]


def test_equal_values_share_the_place_and_the_next_is_skipped():
    ranking = ranked([contender("x", "3.10"), contender("y", "3.90"), contender("z", "3.90")])
    assert places(ranking) == [("y", 1), ("z", 1), ("x", 3)]
    assert [each.shared_with for each in ranking.places] == [("z",), ("y",), ()]


def test_no_value_stands_last_without_a_place():
    assert places(ranked([contender("x", None), contender("y", "2")])) == [("y", 1), ("x", None)]


def test_values_are_compared_exactly():
    assert places(ranked([contender("x", "3.9"), contender("y", "3.90")])) == [("x", 1), ("y", 1)]
    assert places(ranked([contender("x", "3.90"), contender("y", "3.91")])) == [("y", 1), ("x", 2)]


def test_named_criterion_decides_first():
    tied = [contender("x", "3.90", a="4.00"), contender("y", "3.90", a="4.10")]
    ranking = ranked(tied, "criterion:a", "median", "shared")
    assert [(each.key, each.place, each.decided_by) for each in ranking.places] == [
        ("y", 1, ("criterion:a",)),
        ("x", 2, ("criterion:a",)),
    ]
    assert [(tie.step, tie.layers, tie.decided) for tie in ranking.ties] == [
        ("criterion:a", (("y",), ("x",)), True)
    ]


def test_step_that_parts_nobody_hands_on_to_the_next():
    tied = [
        contender("x", "3.90", a="4", totals={1: "3.8", 2: "3.9", 3: "4.0"}),
        contender("y", "3.90", a="4", totals={1: "3.7", 2: "4.0", 3: "4.0"}),
    ]
    ranking = ranked(tied, "criterion:a", "median")
    assert [(each.key, each.place, each.decided_by) for each in ranking.places] == [
        ("y", 1, ("median",)),
        ("x", 2, ("median",)),
    ]
    assert [(tie.step, tie.decided) for tie in ranking.ties] == [("criterion:a", False), ("median", True)]


def test_criterion_that_one_of_them_lacks_decides_nothing():
    tied = [contender("x", "3.90", a="4"), contender("y", "3.90")]
    assert places(ranked(tied, "criterion:a")) == [("x", 1), ("y", 1)]


def test_preferred_share_counts_those_who_read_both():
    one = contender("x", "3.90", totals={1: "4", 2: "3", 3: "5", 4: "4"})
    other = contender("y", "3.90", totals={1: "3", 2: "4", 3: "4", 5: "5"})
    assert preferred(one, other) == (2, 1, 3)
    assert places(ranked([other, one], "preferred_share")) == [("x", 1), ("y", 2)]


def test_preferred_share_in_a_circle_leaves_them_equal():
    tied = [
        contender("x", "3", totals={1: "3", 2: "1", 3: "2"}),
        contender("y", "3", totals={1: "2", 2: "3", 3: "1"}),
        contender("z", "3", totals={1: "1", 2: "2", 3: "3"}),
    ]
    assert places(ranked(tied, "preferred_share")) == [("x", 1), ("y", 1), ("z", 1)]


def test_preferred_share_without_a_common_reader_decides_nothing():
    tied = [contender("x", "3", totals={1: "4"}), contender("y", "3", totals={2: "3"})]
    assert places(ranked(tied, "preferred_share")) == [("x", 1), ("y", 1)]


def test_chair_decides_only_where_all_tied_ones_are_placed():
    tied = [contender("x", "3"), contender("y", "3"), contender("z", "3")]
    assert places(ranked(tied, "chair", chair={"x": 2, "y": 3, "z": 1})) == [("z", 1), ("x", 2), ("y", 3)]
    assert places(ranked(tied, "chair", "shared", chair={"z": 1})) == [("x", 1), ("y", 1), ("z", 1)]


def test_chair_may_leave_two_of_three_equal():
    tied = [contender("x", "3"), contender("y", "3"), contender("z", "3")]
    ranking = ranked(tied, "chair", "shared", chair={"x": 2, "y": 2, "z": 1})
    assert places(ranking) == [("z", 1), ("x", 2), ("y", 2)]
    assert [(tie.step, tie.layers) for tie in ranking.ties] == [
        ("chair", (("z",), ("x", "y"))),
        ("shared", (("x", "y"),)),
    ]


def test_later_step_parts_only_those_still_equal():
    tied = [
        contender("x", "3", a="5", b="1"),
        contender("y", "3", a="4", b="2"),
        contender("z", "3", a="4", b="3"),
    ]
    ranking = ranked(tied, "criterion:a", "criterion:b")
    assert [(each.key, each.decided_by) for each in ranking.places] == [
        ("x", ("criterion:a",)),
        ("z", ("criterion:a", "criterion:b")),
        ("y", ("criterion:a", "criterion:b")),
    ]


def test_unknown_step_is_refused():
    with pytest.raises(ValueError, match="unknown tie-break step 'name'"):
        ranked([contender("x", "3"), contender("y", "3")], "name")


values = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=1, max_size=8)


@given(values, st.randoms())
def test_place_is_one_more_than_the_number_of_better_ones(values, random):
    field = [contender(key, value) for key, value in enumerate(values)]
    expected = {
        key: None if value is None else 1 + sum(other is not None and other > value for other in values)
        for key, value in enumerate(values)
    }
    assert dict(places(ranked(random.sample(field, len(field)), "shared"))) == expected
