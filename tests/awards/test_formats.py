"""Swedish and English ways of writing, to the letter: no-break spaces are part of the answer."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from awards import formats

NOW = datetime(2026, 9, 19, 12, 0, tzinfo=UTC)  # a Saturday, 14:00 in Stockholm
DEADLINE = datetime(2026, 9, 25, 21, 59, tzinfo=UTC)  # Friday 23:59 in Stockholm


def spaced(text):
    """Write no-break spaces as `~`, so that a test can be read."""
    return text.replace("\N{NO-BREAK SPACE}", "~")


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (0, None, "0", "0"),
        (1000, None, "1~000", "1,000"),
        (2645.5, None, "2~645,5", "2,645.5"),
        (Decimal("73.00"), None, "73", "73"),
        (Decimal(100), None, "100", "100"),
        (Decimal("0.125"), 2, "0,13", "0.13"),
        (Decimal("81.25"), 1, "81,3", "81.3"),
        (81, 1, "81,0", "81.0"),
        (-4.8, 1, "−4,8", "−4.8"),
        (-0.04, 1, "0,0", "0.0"),
        (1234567, None, "1~234~567", "1,234,567"),
        (None, 1, "", ""),
        ("", 1, "", ""),
    ],
)
def test_number(value, decimals, swedish, english):
    written = [spaced(formats.number(value, decimals, language)) for language in ("sv", "en")]

    assert written == [swedish, english]


@pytest.mark.parametrize(("value", "written"), [(4.3, "+4,3"), (-4.8, "−4,8"), (0, "0,0"), (None, "")])
def test_signed(value, written):
    assert formats.signed(value, 1) == written


@pytest.mark.parametrize(
    ("share", "decimals", "swedish", "english"),
    [(0.25, 0, "25~%", "25%"), (Decimal("0.995"), 1, "99,5~%", "99.5%"), (None, 0, "", "")],
)
def test_percent(share, decimals, swedish, english):
    written = [spaced(formats.percent(share, decimals, language)) for language in ("sv", "en")]

    assert written == [swedish, english]


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0~byte"),
        (999, "999~byte"),
        (1000, "1~kB"),
        (38_400, "38~kB"),
        (999_499, "999~kB"),
        (999_500, "1,0~MB"),
        (2_400_000, "2,4~MB"),
        (3_000_000_000, "3,0~GB"),
        (None, ""),
    ],
)
def test_size(count, written):
    assert spaced(formats.size(count)) == written


def test_span_of_one_place_is_that_place():
    assert [formats.span(2, 4), formats.span(5, 5)] == ["2–4", "5"]


@pytest.mark.parametrize(
    ("on", "swedish", "english"),
    [
        (date(2026, 11, 22), "22~nov~2026", "22~Nov~2026"),
        (date(2011, 5, 10), "10~maj~2011", "10~May~2011"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "1~jan~2027", "1~Jan~2027"),
        (None, "", ""),
    ],
)
def test_day(on, swedish, english):
    assert [spaced(formats.day(on, language)) for language in ("sv", "en")] == [swedish, english]


def test_day_long_names_the_year_when_asked():
    on = date(2026, 9, 25)

    written = [formats.day_long(on), formats.day_long(on, year=True), formats.day_long(on, "en")]

    assert [spaced(text) for text in written] == [
        "fredag~25~september",
        "fredag~25~september~2026",
        "Friday~25~September",
    ]


def test_month_stands_for_a_date_whose_day_is_unknown():
    assert spaced(formats.month(date(2014, 11, 1))) == "november~2014"


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "01:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "03:00"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "02:00"),
        (None, ""),
    ],
)
def test_clock_is_in_stockholm_through_the_change_of_summer_time(when, written):
    assert formats.clock(when) == written


def test_deadline_names_the_year_only_when_it_is_another():
    last_year = NOW - timedelta(days=365)

    written = [formats.deadline(DEADLINE, now=NOW), formats.deadline(DEADLINE, now=last_year)]

    assert [spaced(text) for text in written] == [
        "fredag~25~september~23:59",
        "fredag~25~september~2026~23:59",
    ]


@pytest.mark.parametrize(
    ("left", "swedish", "english"),
    [
        (DEADLINE - NOW, "om 6~dagar", "in 6~days"),
        (timedelta(days=1), "i morgon", "tomorrow"),
        (timedelta(hours=11), "om 11~timmar", "in 11~hours"),
        (timedelta(hours=1), "om 1~timme", "in 1~hour"),
        (timedelta(minutes=59), "om 59~minuter", "in 59~minutes"),
        (timedelta(minutes=1), "om 1~minut", "in 1~minute"),
        (timedelta(seconds=59), "nu", "now"),
        (timedelta(days=59), "om 59~dagar", "in 59~days"),
        (timedelta(days=92), "om 3~månader", "in 3~months"),
    ],
)
def test_until(left, swedish, english):
    assert [spaced(formats.until(NOW + left, NOW, language)) for language in ("sv", "en")] == [
        swedish,
        english,
    ]


@pytest.mark.parametrize(
    ("gone", "swedish", "english"),
    [
        (timedelta(seconds=10), "nu", "now"),
        (timedelta(minutes=5), "för 5~minuter sedan", "5~minutes ago"),
        (timedelta(hours=3), "för 3~timmar sedan", "3~hours ago"),
        (timedelta(days=1), "i går", "yesterday"),
        (timedelta(days=6), "för 6~dagar sedan", "6~days ago"),
    ],
)
def test_since(gone, swedish, english):
    assert [spaced(formats.since(NOW - gone, NOW, language)) for language in ("sv", "en")] == [
        swedish,
        english,
    ]


@pytest.mark.parametrize(
    ("gone", "swedish"),
    [
        (timedelta(minutes=10), "i~dag~13:50"),
        (timedelta(hours=20), "i~går~18:00"),
        (timedelta(days=4), "15~sep~14:00"),
        (timedelta(days=365), "19~sep~2025~14:00"),
    ],
)
def test_moment(gone, swedish):
    assert spaced(formats.moment(NOW - gone, NOW)) == swedish


@pytest.mark.parametrize(
    ("code", "language"), [("sv", "sv"), ("en", "en"), ("en-gb", "en"), ("sv-se", "sv"), (None, "sv")]
)
def test_written_language(code, language):
    assert formats.written_language(code) == language
