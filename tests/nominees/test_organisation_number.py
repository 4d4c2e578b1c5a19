"""Organisation numbers are checked by their last digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominees.organisation_number import is_sound


@pytest.mark.parametrize("number", ["212000-0357", "212000-0142", "212000-2148"])
def test_real_numbers_are_sound(number):
    assert is_sound(number)


@pytest.mark.parametrize(
    "number", ["212000-0358", "2120000357", "212000-357", "", "abc", "212000-0357 ", "２12000-0357"]
)
def test_other_numbers_are_not(number):
    assert not is_sound(number)


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, difference):
    digits = [int(digit) for digit in "2120000357"]
    digits[place] = (digits[place] + difference) % 10
    text = "".join(map(str, digits))

    assert not is_sound(f"{text[:6]}-{text[6:]}")


@given(st.integers(0, 8))
def test_two_neighbours_that_changed_places_are_found(place):
    digits = list("2120000357")
    same = digits[place] == digits[place + 1] or {digits[place], digits[place + 1]} == {"0", "9"}
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    text = "".join(digits)

    assert is_sound(f"{text[:6]}-{text[6:]}") == same
