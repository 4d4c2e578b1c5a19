"""Words that two texts share: the same as a plain comparison finds, and both texts whole again."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from nominees.differences.shared_words import opcodes
from nominees.differences.texts import Piece, difference

WORDS = st.lists(st.sampled_from(["en", "två", "tre", "fyra", "fem", "sex", "sju"]), max_size=60)


@given(before=WORDS, after=WORDS)
@settings(max_examples=200, deadline=None)
def test_blocks_cover_both_texts_and_equal_ones_are_equal(before, after):
    blocks = opcodes(before, after)

    assert [word for block in blocks for word in before[block.i : block.j]] == before
    assert [word for block in blocks for word in after[block.k : block.m]] == after
    assert all(
        (before[block.i : block.j] == after[block.k : block.m]) == (block.kind == "equal") for block in blocks
    )


@given(words=WORDS)
@settings(max_examples=50, deadline=None)
def test_same_text_is_one_equal_block(words):
    assert [block.kind for block in opcodes(words, words)] == (["equal"] if words else [])


def test_one_changed_word_is_found_among_common_ones():
    assert difference("vi och de och ni", "vi och alla och ni") == (
        Piece("same", "vi och "),
        Piece("taken", "de"),
        Piece("added", "alla"),
        Piece("same", " och ni"),
    )


def test_forty_pages_find_exactly_the_words_that_changed():
    draw = random.Random(7)  # noqa: S311 - a text, no secret
    words = [f"ord{draw.randrange(3000)}" for _each in range(20_000)]
    places = sorted(draw.sample(range(20_000), 100))
    changed = list(words)
    for place in places:
        changed[place] = "NYTT"

    blocks = opcodes(words, changed)

    replaced = [place for block in blocks if block.kind == "replace" for place in range(block.i, block.j)]
    assert replaced == places


def test_deeply_different_texts_do_not_exhaust_the_stack():
    before = [str(number) for number in range(5_000)]
    after = [each for word in before for each in (word, "och")]

    assert sum(block.j - block.i for block in opcodes(before, after) if block.kind == "equal") == 5_000
