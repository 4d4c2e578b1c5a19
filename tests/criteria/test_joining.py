"""Islands are joined by the cheapest swap, and a field that cannot be joined is left in bounded time."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.joining import bridges, count_islands, islands, joined

ENTRIES, JURORS = ("e0", "e1", "e2", "e3"), ("j0", "j1", "j2", "j3")
APART = frozenset({("e0", "j0"), ("e0", "j1"), ("e1", "j0"), ("e1", "j1"),
                   ("e2", "j2"), ("e2", "j3"), ("e3", "j2"), ("e3", "j3")})  # fmt: skip


def worth(**differs) -> np.ndarray:
    """One half everywhere, except where `e0j2` and so on say otherwise."""
    table = np.full((4, 4), 0.5)
    for name, value in differs.items():
        table[int(name[1]), int(name[3])] = value
    return table


def test_the_cheapest_swap_joins_two_islands():
    pairs, swaps = joined(APART, ENTRIES, JURORS, worth=worth(e1j3=0.9, e3j0=0.8), still=frozenset())
    assert swaps == ((("e1", "j0"), ("e3", "j3")),)
    assert pairs == (APART - {("e1", "j0"), ("e3", "j3")}) | {("e1", "j3"), ("e3", "j0")}
    assert count_islands(pairs, ENTRIES, JURORS) == 1


def test_among_equals_the_first_in_key_order_is_taken():
    swaps = joined(APART, ENTRIES, JURORS, worth=worth(), still=frozenset())[1]
    assert swaps == ((("e0", "j0"), ("e2", "j2")),)


def test_what_is_begun_does_not_move():
    still = frozenset({("e0", "j0"), ("e0", "j1"), ("e1", "j0")})
    swaps = joined(APART, ENTRIES, JURORS, worth=worth(), still=still)[1]
    assert swaps == ((("e1", "j1"), ("e2", "j2")),)


def test_a_swap_never_crosses_a_conflict():
    table = worth()
    table[:2, 2:] = -np.inf
    assert joined(APART, ENTRIES, JURORS, worth=table, still=frozenset()) == (APART, ())


def test_two_single_readings_cannot_be_joined():
    pairs = frozenset({("e0", "j0"), ("e1", "j1")})
    assert joined(pairs, ENTRIES, JURORS, worth=worth(), still=frozenset()) == (pairs, ())


def test_bridges_are_the_readings_that_hold_alone():
    assert bridges(APART) == frozenset()
    assert bridges(APART | {("e1", "j2")}) == {("e1", "j2")}


def test_a_large_field_that_cannot_be_joined_is_told_in_one_pass():
    entries, jurors = tuple(f"e{n:04}" for n in range(1500)), tuple(f"j{n:03}" for n in range(200))
    half = [(entry, number % 2) for number, entry in enumerate(entries)]
    pairs = frozenset(
        (entry, jurors[2 * ((number + step * 7) % 100) + side])
        for number, (entry, side) in enumerate(half)
        for step in range(5)
    )
    side_of = np.arange(1500)[:, None] % 2 == np.arange(200)[None, :] % 2
    table = np.where(side_of, 0.5, -np.inf)
    assert joined(pairs, entries, jurors, worth=table, still=frozenset()) == (pairs, ())


@given(st.sets(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(JURORS)), min_size=1), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_each_swap_leaves_one_island_fewer_and_every_load_as_it_was(pairs, seed):
    pairs = frozenset(pairs)
    table = np.random.default_rng(seed).random((4, 4))
    after, swaps = joined(pairs, ENTRIES, JURORS, worth=table, still=frozenset())
    assert count_islands(after, ENTRIES, JURORS) == count_islands(pairs, ENTRIES, JURORS) - len(swaps)
    for side in (0, 1):
        assert sorted(pair[side] for pair in after) == sorted(pair[side] for pair in pairs)


@given(st.sets(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(JURORS)), min_size=1))
@settings(max_examples=60, deadline=None)
def test_a_reading_is_a_bridge_exactly_when_its_loss_parts_entry_and_juror(pairs):
    held = {
        pair
        for pair in pairs
        if (found := islands(pairs - {pair}, ENTRIES, JURORS))["entry", pair[0]] != found["juror", pair[1]]
    }
    assert bridges(pairs) == held
