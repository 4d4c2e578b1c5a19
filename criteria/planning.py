"""When a plan of who reads what is too large to wait for, and how it is ordered from the background."""

from __future__ import annotations

from django.utils.translation import gettext as _

from awards.actions.jobs import start_job
from awards.models import Edition, Job, Person
from awards.states import JobState
from criteria.models import Round

KIND = "assignment_plan"  # the kind of the background work; the floor above knows how it is done
WRITE = "write"
MOST = 20_000  # possible pairs of entry and juror that are dealt out while somebody waits: about a second


def is_large(entries: int, jurors: int) -> bool:
    """Whether dealing out takes longer than a page may."""
    return entries * jurors > MOST


def order_plan(scoring_round: Round, wishes: dict, *, write: bool, by: Person) -> Job:
    """The job that works the plan out, or the one that waits already; `write` carries it out too."""
    waiting = pending(scoring_round.edition, by)
    if waiting is not None:
        return waiting
    parameters = {"round": scoring_round.pk, "wishes": wishes, WRITE: write}
    return start_job(kind=KIND, parameters=parameters, edition=scoring_round.edition, by=by)


def pending(edition: Edition, person: Person) -> Job | None:
    """The plan that is being worked out for this person."""
    mine = Job.objects.visible_to(person).filter(kind=KIND, edition=edition, person=person)
    return mine.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).first()


def said(*, write: bool) -> str:
    """What the person is told."""
    if write:
        return _("The entries are being dealt out. The list of who reads what ends up here.")
    return _("The plan is being worked out and nothing is changed. The file ends up here.")
