"""Reminding by the clock: whom it concerns at the moment of sending, once, and never in quiet hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time

from django.db import IntegrityError, transaction

from awards import addressees, permissions, reminders
from awards.actions.letters import queue_letter
from awards.addressees import Addressee
from awards.formats import STOCKHOLM, local
from awards.journal import record
from awards.letter_texts import texts_of
from awards.models import Edition, Letter, Person, ReminderPlan
from awards.reminders import Moment, Source
from awards.states import EditionState, LetterState


@transaction.atomic
def plan_reminders(*, edition: Edition, is_on: bool, days: Sequence[int], by: Person | None) -> ReminderPlan:
    """Say whether the edition reminds by itself, and how many days before its deadlines."""
    permissions.may_write_letters(by, edition).require()
    wanted = sorted(set(days), reverse=True)
    plan, _is_new = ReminderPlan.objects.update_or_create(
        edition=edition, defaults={"is_on": is_on, "days": wanted}
    )
    record("plan_reminders", plan, by=by, edition=edition, is_on=is_on, days=wanted)
    return plan


def remind_due(now: datetime) -> int:
    """Queue every reminder that is due; gives how many. Only running editions remind. The worker calls."""
    if reminders.is_quiet(now):
        return 0
    running = Edition.objects.filter(state=EditionState.RUNNING)
    return sum(
        _remind(edition, source, now)
        for edition in running.select_related("fair", "award", "reminder_plan").order_by("pk")
        for source in reminders.sources()
    )


def _remind(edition: Edition, source: Source, now: datetime) -> int:
    plan = getattr(edition, "reminder_plan", None) or ReminderPlan(edition=edition)
    if not plan.is_on:
        return 0
    found = {deadline: reminders.due(deadline, plan.days, now) for deadline in source.deadlines(edition)}
    due = {deadline: moment for deadline, moment in found.items() if moment}
    group = addressees.group_of(source.group)
    if not due or group is None:
        return 0
    try:
        return _queue(edition, source, due, group.who(edition, now), now)
    except IntegrityError:  # another worker has just written the same
        return 0


@transaction.atomic
def _queue(
    edition: Edition,
    source: Source,
    due: Mapping[datetime, Moment],
    readers: Iterable[Addressee],
    now: datetime,
) -> int:
    keys = {
        reminders.key(source.purpose, reader.key, reader.deadline, due[reader.deadline]): reader
        for reader in readers
        if reader.deadline in due and (reader.since is None or reader.since <= due[reader.deadline].at)
    }
    told = set(Letter.objects.filter(once_key__in=keys).values_list("once_key", flat=True))
    lately = _reminded_today(edition, source.purpose, now) if len(told) < len(keys) else set()
    fresh = {key: each for key, each in keys.items() if key not in told and each.person.pk not in lately}
    if not fresh:
        return 0
    texts = texts_of(edition)
    for key, reader in fresh.items():
        queue_letter(
            text=texts.written(source.purpose, reader.language, reader.words),
            purpose=source.purpose,
            to=reader.person,
            edition=edition,
            language=reader.language,
            once_key=key,
            due_at=now,
        )
    record("remind", edition, by=None, edition=edition, purpose=source.purpose, letters=len(fresh))
    return len(fresh)


def _reminded_today(edition: Edition, purpose: str, now: datetime) -> set[int]:
    """Who has got such a reminder since midnight, also one that a person sent."""
    midnight = datetime.combine(local(now).date(), time(), tzinfo=STOCKHOLM).astimezone(UTC)
    letters = Letter.objects.filter(edition=edition, purpose=purpose, due_at__gte=midnight)
    return set(letters.exclude(state=LetterState.CANCELLED).values_list("to_id", flat=True))
