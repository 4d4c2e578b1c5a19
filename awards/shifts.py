"""Moving dates from one edition to the next: by days, with the time on the wall kept; no query, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from awards import formats
from awards.typed_days import is_within

WEEK = 7
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Shift:
    """So many days later; None where the new edition has no dates yet."""

    days: int | None = 0

    def day(self, when: date | None) -> date | None:
        """The date moved; None where it would leave the years that an edition can have to do with."""
        if when is None or self.days is None:
            return None
        try:
            moved = when + timedelta(days=self.days)
        except OverflowError:
            return None
        return moved if is_within(moved) else None

    def instant(self, when: datetime | None) -> datetime | None:
        """The instant moved so that the clock in Stockholm shows the same time, summer or winter.

        A time in the hour that summer time leaves out becomes the hour after; of a time that comes twice the
        first is taken. None as for a day.
        """
        if when is None or self.days is None:
            return None
        wall = wall_later(when, self.days)
        return wall and wall.replace(tzinfo=formats.STOCKHOLM).astimezone(UTC)

    @property
    def weeks(self) -> int | None:
        """How many whole weeks; None when weekdays do not hold or there are no dates."""
        return self.days // WEEK if self.days is not None and self.days % WEEK == 0 else None


def wall_later(when: datetime, days: int) -> datetime | None:
    """The same time on the wall in Stockholm so many days later; None outside the years of editions."""
    try:
        wall = formats.local(when).replace(tzinfo=None, fold=0) + timedelta(days=days)
    except OverflowError:
        return None
    return wall if is_within(wall.date()) else None


SAME = Shift()
WITHOUT_DATES = Shift(None)


def whole_weeks(days: float) -> int:
    """The nearest number of days in which weekdays hold."""
    return round(days / WEEK) * WEEK


def between(before: date | None, after: date | None, years: int) -> int:
    """How many days lie between two fairs; from their years, in whole weeks, when a date is not known."""
    if before and after:
        return (after - before).days
    return whole_weeks(years * DAYS_A_YEAR)
