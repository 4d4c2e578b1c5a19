"""Who changed which field, where two texts differ, and how long a text is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominees.asking import plain
from nominees.differences.texts import Piece, difference, in_first, in_second
from nominees.drafts import Clash, Written, compare, mark
from nominees.typed import read_number
from nominees.words import count_pages, count_words, tidy


@pytest.mark.parametrize(
    ("stored", "written", "was", "changes", "clashes"),
    [
        ("gammal", "ny", mark("gammal"), {"f": "ny"}, []),
        ("gammal", "gammal", mark("gammal"), {}, []),
        ("kollegans", "gammal", mark("gammal"), {}, []),
        ("kollegans", "min", mark("gammal"), {}, [Clash("f", "kollegans", "min")]),
        ("samma", "samma", mark("gammal"), {}, []),
        ("stod här", "utan märke", "", {}, [Clash("f", "stod här", "utan märke")]),
        ("", "utan märke", "", {"f": "utan märke"}, []),
        ("stod här", "", mark("stod här"), {"f": ""}, []),
    ],
)
def test_field_is_written_only_over_what_its_writer_saw(stored, written, was, changes, clashes):
    assert compare({"f": stored}, {"f": Written(written, was)}) == (changes, clashes)


def test_field_that_is_not_known_is_left_out():
    assert compare({"f": ""}, {"g": Written("x")}) == ({}, [])


def test_difference_marks_words():
    assert difference("Vi är bra.", "Vi blir bättre.") == (
        Piece("same", "Vi "),
        Piece("taken", "är"),
        Piece("added", "blir"),
        Piece("same", " "),
        Piece("taken", "bra."),
        Piece("added", "bättre."),
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_difference_gives_both_texts_back(first, second):
    pieces = difference(first, second)

    assert "".join(piece.text for piece in in_first(pieces)) == first
    assert "".join(piece.text for piece in in_second(pieces)) == second


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("rad\r\nrad\rrad", ("rad\nrad\nrad", False)),
        ("A\u030a", ("Å", False)),
        ("\n  text  \n", ("text", False)),
        ("klick\x07\x7f", ("klick", True)),
        ("tabb\tfår stå", ("tabb\tfår stå", False)),
        ("sida\fsida", ("sida\nsida", False)),
        ("\x00\n0", ("0", True)),
    ],
)
def test_text_is_tidied(raw, kept):
    assert tidy(raw) == kept


@given(st.text(max_size=80))
def test_tidy_text_stays_as_it_is(raw):
    kept, _told = tidy(raw)

    assert tidy(kept) == (kept, False)


def test_length_in_words_and_pages():
    assert count_words(" ett två\ntre  ") == 3
    assert [count_pages("x" * length) for length in (0, 1, 3000, 3001)] == [
        Decimal(each) for each in ("0.0", "0.1", "1.0", "1.1")
    ]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1\N{NO-BREAK SPACE}250,50", "1250.5"), ("0", "0"), ("-0,00001", "0"), ("1e3", "1000")],
)
def test_number_is_kept_plain(raw, value):
    assert read_number(raw) == (value, "")


@pytest.mark.parametrize("raw", ["många", "1,2,3", "NaN", "Infinity", "1e40"])
def test_number_that_is_none_comes_back_as_it_was(raw):
    value, problem = read_number(raw)

    assert (value, bool(problem)) == (raw, True)


def test_plain_number_has_no_trailing_zeros():
    assert [plain(Decimal(each)) for each in ("12.5000", "100.0000", "0.0000")] == ["12.5", "100", "0"]
