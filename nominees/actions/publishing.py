"""Letting the public see an edition and its entries, and taking from its sight what was let out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from awards import journal
from awards.models import Edition, Person
from awards.states import EntryMode
from nominees import permissions
from nominees.models import Nomination
from nominees.states import EventKind
from nominees.streaks import NOMINATING

TOLD = ("published_at", "nominee_list_complete", "applicant_count")
ENTERED = (EventKind.APPLIED, EventKind.SUBMITTED, *NOMINATING)


@dataclass(frozen=True)
class LetOut:
    """What became public at one time: the edition itself perhaps, and these entries (by id).

    `completed` says that the list of nominees became complete then, `counted` that applicants were.
    """

    edition: bool = False
    nominations: list[int] = field(default_factory=list)
    completed: bool = False
    counted: bool = False

    def after(self, earlier: LetOut) -> LetOut:
        """This together with what an earlier publication that it replaces had let out."""
        return LetOut(
            edition=earlier.edition or self.edition,
            nominations=sorted({*earlier.nominations, *self.nominations}),
            completed=earlier.completed or self.completed,
            counted=earlier.counted or self.counted,
        )


@transaction.atomic
def publish_entries(
    *, edition: Edition, nominations: Collection[int], now: datetime, by: Person | None
) -> LetOut:
    """Let the public see these entries, and the edition where it was not public; with a journal row.

    They are all the nominees there are, so the edition's list is complete from now on, and its applicants
    are counted where nobody has told their number. What was so already stays as it was, and is no part of
    the answer. `by` None is the clock.
    """
    permissions.may_publish_entries(by, edition).require()
    unseen = Q(published_at=None) | Q(published_at__gt=now)
    hidden = Nomination.objects.filter(unseen, edition=edition, pk__in=nominations)
    keys = sorted(hidden.values_list("pk", flat=True))
    Nomination.objects.filter(pk__in=keys).update(published_at=now)
    opened = Edition.objects.filter(unseen, pk=edition.pk).update(published_at=now) == 1
    completed = Edition.objects.filter(pk=edition.pk, nominee_list_complete=False).update(
        nominee_list_complete=True
    )
    counted = _count_applicants(edition)
    edition.refresh_from_db(fields=TOLD)
    journal.record("publish_entries", edition, by=by, edition=edition, opened=opened, nominations=keys)
    return LetOut(opened, keys, completed == 1, counted)


@transaction.atomic
def hide_entries(*, edition: Edition, let_out: LetOut, by: Person) -> None:
    """Take what was let out from the public's sight at once, with a journal row."""
    permissions.may_publish_entries(by, edition).require()
    Nomination.objects.filter(edition=edition, pk__in=let_out.nominations).update(published_at=None)
    taken: dict[str, object] = {"published_at": None} if let_out.edition else {}
    taken |= {"nominee_list_complete": False} if let_out.completed else {}
    taken |= {"applicant_count": None} if let_out.counted else {}
    if taken:
        Edition.objects.filter(pk=edition.pk).update(**taken)
        edition.refresh_from_db(fields=TOLD)
    facts = {"closed": let_out.edition, "nominations": let_out.nominations}
    journal.record("hide_entries", edition, by=by, edition=edition, **facts)


def _count_applicants(edition: Edition) -> bool:
    """Count who applied, where the edition takes applications and no number is told; whether it was done."""
    if edition.entry_mode != EntryMode.APPLICATION:
        return False
    competing = Nomination.objects.filter(edition=edition, contribution_only=False)
    number = competing.filter(events__kind__in=ENTERED).distinct().count()
    untold = Edition.objects.filter(pk=edition.pk, applicant_count=None)
    return number > 0 and untold.update(applicant_count=number) == 1
