"""The reminders that lie ahead, as the organiser sees them: when, before which deadline, to how many now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from awards import addressees, reminders
from awards.models import Edition, ReminderPlan
from awards.states import EditionState, LetterPurpose


@dataclass(frozen=True)
class Planned:
    """One reminder ahead. `readers` is how many it would go to if it went now."""

    at: datetime
    days: int
    deadline: datetime
    what: object
    readers: int


def plan_of(edition: Edition) -> ReminderPlan:
    """The edition's plan, or the usual one that is not kept anywhere: one query."""
    return ReminderPlan.objects.filter(edition=edition).first() or ReminderPlan(edition=edition)


def planned(edition: Edition, plan: ReminderPlan, now: datetime) -> list[Planned]:
    """What will go, in order; nothing while the edition rests or reminds nobody. Ten queries at most."""
    if not plan.is_on or edition.state != EditionState.RUNNING:
        return []
    found = []
    for source in reminders.sources():
        deadlines = [each for each in source.deadlines(edition) if each > now]
        group = addressees.group_of(source.group)
        if not deadlines or group is None:
            continue
        readers = Counter(each.deadline for each in group.who(edition, now))
        found += [
            Planned(moment.at, moment.days, each, LetterPurpose(source.purpose).label, readers[each])
            for each in set(deadlines)
            for moment in reminders.moments(each, plan.days)
            if moment.at > now and readers[each]
        ]
    return sorted(found, key=lambda each: (each.at, str(each.what)))
