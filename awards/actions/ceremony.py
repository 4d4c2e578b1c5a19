"""The ceremony's day, an edition's most important date: it follows its stage until it has been held."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from awards import formats
from awards.models import Edition, EditionDate, Person, Stage
from awards.states import CEREMONY, DateStatus, StageKind


def plan_ceremony(edition: Edition, day: date) -> None:
    """Write down the ceremony's first plan."""
    EditionDate.objects.get_or_create(edition=edition, what=CEREMONY, status=DateStatus.PLANNED, date=day)


def put_off_ceremony(edition: Edition, was: date | None, day: date) -> None:
    """Keep the old day and the new one; a first plan that is known already stays as it is."""
    if was is not None and not edition.dates.ceremony_plans().filter(status=DateStatus.PLANNED).exists():
        plan_ceremony(edition, was)
    edition.dates.filter(what=CEREMONY, status=DateStatus.MOVED, date=day).delete()  # the latest is last
    EditionDate.objects.create(edition=edition, what=CEREMONY, status=DateStatus.MOVED, date=day)


def day_of(stage: Stage) -> date | None:
    """The day in Stockholm on which the stage takes place, as far as that is planned."""
    return formats.local(stage.opens_at).date() if stage.opens_at else None


def keep_ceremony_in_step(stage: Stage, before: date | None) -> None:
    """Correct the plan in force when the ceremony's stage has got another day than `before`."""
    day = day_of(stage)
    if stage.kind != StageKind.CEREMONY or day == before:
        return
    plan = stage.edition.dates.ceremony_plans().last()
    if plan is None and day is not None:
        plan_ceremony(stage.edition, day)
    elif plan is not None and day is not None:
        EditionDate.objects.filter(
            edition=stage.edition, what=CEREMONY, status=plan.status, date=day
        ).exclude(pk=plan.pk).delete()
        EditionDate.objects.filter(pk=plan.pk).update(date=day)
    elif plan is not None and plan.status == DateStatus.PLANNED:
        plan.delete()


def note_the_day_held(stage: Stage, verb: str, _by: Person | None) -> None:
    """The ceremony has been held once its stage closes, at the latest today; not yet when it is taken up."""
    held = {"edition": stage.edition, "what": CEREMONY, "status": DateStatus.HELD}
    if verb == "reopen_stage":
        EditionDate.objects.filter(**held, source=None).delete()
    elif verb == "close_stage" and not EditionDate.objects.filter(**held).exists():
        today = timezone.localdate()
        plan = stage.edition.dates.ceremony_plans().last()
        day = plan.date if plan else day_of(stage)
        EditionDate.objects.create(**held, date=min(day or today, today))
