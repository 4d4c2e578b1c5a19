"""Dates moved from one edition to the next: weekdays hold, and so does the clock on the wall."""

from datetime import UTC, date, datetime

import pytest

from awards import formats
from awards.shifts import SAME, WITHOUT_DATES, Shift, between, whole_weeks
from awards.wall_times import instant

WINTER_NIGHT = instant(datetime(2025, 1, 31, 23, 59))  # noqa: DTZ001 - a time on the wall


def test_last_minute_of_a_day_stays_the_last_minute_across_summer_time():
    moved = Shift(168).instant(WINTER_NIGHT)

    assert datetime(2025, 1, 31, 22, 59, tzinfo=UTC) == WINTER_NIGHT
    assert moved == datetime(2025, 7, 18, 21, 59, tzinfo=UTC)
    assert f"{formats.local(moved):%A %H:%M}" == f"{formats.local(WINTER_NIGHT):%A %H:%M}"


@pytest.mark.parametrize(
    ("wall", "days", "becomes"),
    [
        (datetime(2026, 3, 28, 2, 30), 365, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 10, 31, 2, 30), 365, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # noqa: DTZ001
    ],
)
def test_hour_that_is_missing_or_twice_is_still_an_instant(wall, days, becomes):
    assert Shift(days).instant(instant(wall)) == becomes


def test_second_of_two_equal_hours_moves_as_the_first():
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=formats.STOCKHOLM)

    assert Shift(364).instant(second) == datetime(2027, 10, 24, 0, 30, tzinfo=UTC)


def test_nothing_moves_to_nothing():
    assert (SAME.instant(None), SAME.day(None)) == (None, None)
    assert (WITHOUT_DATES.instant(WINTER_NIGHT), WITHOUT_DATES.day(date(2027, 1, 1))) == (None, None)
    assert Shift(7).day(date(2027, 12, 28)) == date(2028, 1, 4)


@pytest.mark.parametrize(
    ("before", "after", "years", "days"),
    [
        (date(2023, 11, 21), date(2025, 11, 11), 2, 721),
        (None, date(2025, 11, 11), 2, 728),
        (date(2023, 11, 21), None, 4, 1463),
        (None, None, -2, -728),
    ],
)
def test_distance_between_fairs_is_from_their_days_else_their_years(before, after, years, days):
    assert between(before, after, years) == days


@pytest.mark.parametrize(("days", "weeks"), [(721, 721), (724, 721), (725, 728), (-3, 0), (-4, -7)])
def test_whole_weeks_are_the_nearest(days, weeks):
    assert whole_weeks(days) == weeks


@pytest.mark.parametrize(("days", "weeks"), [(728, 104), (730, None), (0, 0), (None, None)])
def test_weeks_are_said_only_when_they_are_whole(days, weeks):
    assert Shift(days).weeks == weeks


@pytest.mark.parametrize("days", [1, 20000, -20000, -4000000])
def test_dates_at_the_calendars_end_move_to_nothing(days):
    shift = Shift(days)

    assert shift.day(date(9999, 12, 31)) is None
    assert shift.instant(datetime(9999, 12, 31, 22, 59, tzinfo=UTC)) is None
    assert shift.instant(datetime(1, 1, 1, tzinfo=UTC)) is None
