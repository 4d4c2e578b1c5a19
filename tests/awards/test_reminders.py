"""When reminders go: mornings of working days in Stockholm, also across the change to summer time."""

from datetime import UTC, datetime, timedelta

import pytest

from awards import reminders
from awards.formats import STOCKHOLM, local


def here(text):
    """An instant from a clock in Stockholm."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def shown(moments):
    return [(f"{local(each.at):%a %d %b %H:%M}", each.days) for each in moments]


def test_moments_are_mornings_before_the_deadline():
    # a Thursday; three days before is a Monday, seven days before the Thursday of the week before
    assert shown(reminders.moments(here("2027-03-04 23:59"), [7, 3, 1])) == [
        ("Thu 25 Feb 09:00", 7),
        ("Mon 01 Mar 09:00", 3),
        ("Wed 03 Mar 09:00", 1),
    ]


def test_moment_of_a_weekend_comes_on_monday_and_is_not_doubled():
    # a Tuesday: three days before is a Saturday, one day before the Monday itself, which is nearer
    assert shown(reminders.moments(here("2027-03-02 23:59"), [7, 3, 1])) == [
        ("Tue 23 Feb 09:00", 7),
        ("Mon 01 Mar 09:00", 1),
    ]


def test_moment_before_a_deadline_in_a_weekend_comes_on_friday():
    assert shown(reminders.moments(here("2027-03-07 23:59"), [1])) == [("Fri 05 Mar 09:00", 1)]


def test_moments_keep_their_hour_across_the_change_to_summer_time():
    found = reminders.moments(here("2027-03-30 23:59"), [5, 1])  # the clocks go forward on Sunday 28 March

    assert [each.at.astimezone(UTC) for each in found] == [
        datetime(2027, 3, 25, 8, tzinfo=UTC),
        datetime(2027, 3, 29, 7, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("when", "then"),
    [
        ("2027-03-04 07:00", "2027-03-04 07:00"),
        ("2027-03-04 19:59", "2027-03-04 19:59"),
        ("2027-03-04 20:00", "2027-03-05 07:30"),
        ("2027-03-04 03:00", "2027-03-04 07:30"),
        ("2027-03-05 20:30", "2027-03-08 07:30"),
        ("2027-03-06 12:00", "2027-03-08 07:30"),
        ("2027-03-27 12:00", "2027-03-29 07:30"),
        ("2027-10-30 12:00", "2027-11-01 07:30"),
    ],
)
def test_quiet_hours_end_on_the_next_working_morning(when, then):
    assert local(reminders.awake(here(when))) == local(here(then))


def test_due_is_the_latest_moment_that_has_come_and_none_long_past_or_after_the_deadline():
    deadline = here("2027-03-04 23:59")
    due = {
        when: getattr(reminders.due(deadline, [7, 3, 1], here(when)), "days", None)
        for when in (
            "2027-02-25 08:59",
            "2027-02-25 09:00",
            "2027-02-27 09:00",
            "2027-03-01 09:00",
            "2027-03-03 09:00",
            "2027-03-04 23:59",
        )
    }
    assert list(due.values()) == [None, 7, None, 3, 1, None]


def test_key_tells_deadlines_and_readers_apart_and_is_read_again():
    deadline = here("2027-03-04 23:59")
    moment = reminders.moments(deadline, [3])[0]
    key = reminders.key("reminder-contact", "contact:17", deadline, moment)

    assert reminders.parts_of(key) == ("reminder-contact", "contact:17", int(deadline.timestamp()))
    assert key != reminders.key("reminder-contact", "contact:17", deadline + timedelta(days=1), moment)
    others = (None, "receipt:17", "reminder:17:2027-03-01", "reminder:a:b:c:d:e")
    assert [reminders.parts_of(other) for other in others] == [None] * 4
