"""Wall times in Stockholm: one instant, or a sentence where summer time makes it none or two."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from awards.wall_times import WallTime, instant


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2027-03-28T01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2027-10-31 03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        ("2027-07-01 kl 12:00", datetime(2027, 7, 1, 10, 0, tzinfo=UTC)),
    ],
)
def test_wall_time_is_one_instant(typed, utc):
    assert WallTime().clean(typed) == utc


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2027-03-28T02:00", "no_such_time"),
        ("2027-03-28T02:59", "no_such_time"),
        ("2027-10-31T02:00", "time_twice"),
        ("2027-10-31T02:59", "time_twice"),
        ("i morgon", "invalid"),
        ("2027-02-30T12:00", "invalid"),
        ("", "required"),
        ("0001-01-01T00:00", "out_of_reach"),
        ("1999-12-31T23:59", "out_of_reach"),
        ("2101-01-01T00:00", "out_of_reach"),
        ("9999-12-31T23:59", "out_of_reach"),
    ],
)
def test_time_that_is_no_instant_is_refused_in_words(typed, code):
    with pytest.raises(ValidationError) as refused:
        WallTime().clean(typed)

    assert [error.code for error in refused.value.error_list] == [code]


def test_instant_of_a_winter_noon():
    assert instant(datetime(2027, 1, 1, 12)) == datetime(2027, 1, 1, 11, tzinfo=UTC)  # noqa: DTZ001 - a wall time
