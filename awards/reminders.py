"""When reminders go: so many days before a deadline, in the morning of a working day, never at night."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from awards.formats import STOCKHOLM, local

if TYPE_CHECKING:
    from awards.models import Edition

AT = time(9)  # on a clock in Stockholm
WAKES, SLEEPS = time(7, 30), time(20)  # quiet hours end and begin
QUIET_UNTIL = time(7)  # the quiet ends; what waited for it goes at half past
LATE = timedelta(days=2)  # a moment missed by more than this is not made up for
SATURDAY = 5
_KEY = re.compile(r"reminder:(?P<purpose>[^:]+):(?P<addressee>[^:]+:[^:]+):(?P<deadline>-?[0-9]+):[0-9]+")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When a reminder goes, and how many days before the deadline it was meant for."""

    at: datetime
    days: int


@dataclass(frozen=True)
class Source:
    """One kind of reminder: its letter, whom it may concern, and which deadlines there are to look at."""

    purpose: str
    group: str
    deadlines: Callable[[Edition], Iterable[datetime]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the worker send these reminders. Called in apps.py: ready()."""
    _sources[source.purpose] = source


def sources() -> tuple[Source, ...]:
    """Every kind of reminder."""
    return tuple(_sources.values())


def is_quiet(now: datetime) -> bool:
    """Whether nobody is to be disturbed: from 20 to 7 in Stockholm, and all of Saturday and Sunday."""
    here = local(now)
    return here.weekday() >= SATURDAY or not QUIET_UNTIL <= here.time() < SLEEPS


def awake(when: datetime) -> datetime:
    """The same instant, or 07:30 on the next working morning when it falls in quiet hours."""
    if not is_quiet(when):
        return when
    here = local(when)
    day = here.date() if here.time() < QUIET_UNTIL else here.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return _at(day, WAKES)


def moments(deadline: datetime, days: Sequence[int]) -> list[Moment]:
    """The moments for a deadline, in order: at most one a day, and none at or after the deadline.

    A weekend's moment comes on Monday morning, or on the Friday before when Monday is too late.
    """
    last = local(deadline).date()
    found: dict[date, Moment] = {}
    for number in sorted(set(days), reverse=True):
        moment = _moment(last - timedelta(days=number), deadline)
        if moment is not None:
            found[local(moment).date()] = Moment(moment, number)
    return sorted(found.values())


def due(deadline: datetime, days: Sequence[int], now: datetime) -> Moment | None:
    """The moment whose reminder is to go at `now`: the latest that has come, unless it is long past."""
    if now >= deadline:
        return None
    come = [moment for moment in moments(deadline, days) if moment.at <= now]
    return come[-1] if come and now - come[-1].at < LATE else None


def key(purpose: str, addressee: str, deadline: datetime, moment: Moment) -> str:
    """What may be told only once: this reminder, to this reader, before this very deadline."""
    return f"reminder:{purpose}:{addressee}:{seconds(deadline)}:{moment.days}"


def seconds(deadline: datetime) -> int:
    """A deadline as it stands in a key."""
    return round(deadline.timestamp())


def parts_of(once_key: str | None) -> tuple[str, str, int] | None:
    """(purpose, addressee, deadline in seconds) of a reminder's key; None for any other key."""
    found = _KEY.fullmatch(once_key or "")
    return (found["purpose"], found["addressee"], int(found["deadline"])) if found else None


def _moment(day: date, deadline: datetime) -> datetime | None:
    moment = awake(_at(day, AT))
    if moment < deadline:
        return moment
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    moment = _at(day, AT)
    return moment if moment < deadline else None


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=STOCKHOLM)
