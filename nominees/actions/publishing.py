"""Letting the public see an edition and its entries, and taking from its sight what was let out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Edition, Person
from awards.states import EntryMode
from awards.verdicts import no
from nominees import permissions
from nominees.letting_out import let_out_with
from nominees.models import Contribution, Nomination
from nominees.states import EventKind
from nominees.streaks import NOMINATING

TOLD = ("published_at", "nominee_list_complete", "applicant_count")
ENTERED = (EventKind.APPLIED, EventKind.SUBMITTED, *NOMINATING)


@dataclass(frozen=True)
class LetOut:
    """What became public at one time: the edition itself perhaps, these entries and contributions (by id).

    `completed` says that the list of nominees became complete then, `counted` that applicants were.
    """

    edition: bool = False
    nominations: list[int] = field(default_factory=list)
    completed: bool = False
    counted: bool = False
    contributions: list[int] = field(default_factory=list)

    def after(self, earlier: LetOut) -> LetOut:
        """This together with what an earlier publication that it replaces had let out."""
        return LetOut(
            edition=earlier.edition or self.edition,
            nominations=sorted({*earlier.nominations, *self.nominations}),
            completed=earlier.completed or self.completed,
            counted=earlier.counted or self.counted,
            contributions=sorted({*earlier.contributions, *self.contributions}),
        )


@transaction.atomic
def publish_entries(
    *, edition: Edition, nominations: Collection[int], now: datetime, by: Person | None
) -> LetOut:
    """Let the public see these entries, and the edition where it was not public; with a journal row.

    With them goes what they bring to the fair, and what those bring who take part without competing.

    They are all the nominees there are, so the edition's list is complete from now on, and its applicants
    are counted where nobody has told their number. What was so already stays as it was, and is no part of
    the answer. `by` None is the clock.
    """
    permissions.may_publish_entries(by, edition).require()
    unseen = Q(published_at=None) | Q(published_at__gt=now)
    hidden = Nomination.objects.filter(unseen, edition=edition, pk__in=nominations)
    keys = sorted(hidden.values_list("pk", flat=True))
    Nomination.objects.filter(pk__in=keys).update(published_at=now)
    brought = sorted(each.pk for each in let_out_with(edition, nominations, now))
    Contribution.objects.filter(pk__in=brought).update(published_at=now)
    opened = Edition.objects.filter(unseen, pk=edition.pk).update(published_at=now) == 1
    completed = Edition.objects.filter(pk=edition.pk, nominee_list_complete=False).update(
        nominee_list_complete=True
    )
    counted = _count_applicants(edition)
    edition.refresh_from_db(fields=TOLD)
    facts = {"opened": opened, "nominations": keys, "contributions": brought}
    journal.record("publish_entries", edition, by=by, edition=edition, **facts)
    return LetOut(opened, keys, completed == 1, counted, brought)


@transaction.atomic
def hide_entries(*, edition: Edition, let_out: LetOut, by: Person) -> None:
    """Take what was let out from the public's sight at once, with a journal row."""
    permissions.may_publish_entries(by, edition).require()
    Nomination.objects.filter(edition=edition, pk__in=let_out.nominations).update(published_at=None)
    brought = Contribution.objects.filter(fair=edition.fair_id, pk__in=let_out.contributions)
    brought.update(published_at=None)
    taken: dict[str, object] = {"published_at": None} if let_out.edition else {}
    taken |= {"nominee_list_complete": False} if let_out.completed else {}
    taken |= {"applicant_count": None} if let_out.counted else {}
    if taken:
        Edition.objects.filter(pk=edition.pk).update(**taken)
        edition.refresh_from_db(fields=TOLD)
    facts = {
        "closed": let_out.edition,
        "nominations": let_out.nominations,
        "contributions": let_out.contributions,
    }
    journal.record("hide_entries", edition, by=by, edition=edition, **facts)


@transaction.atomic
def publish_contribution(
    *, contribution: Contribution, edition: Edition, seen: int, now: datetime, by: Person
) -> None:
    """Let the public see a contribution to the edition's fair, with a journal row.

    `seen` is the version that was looked at: what has changed since is looked through first.
    """
    permissions.may_publish_contribution(by, contribution, edition, now).require()
    rows = Contribution.objects.hidden(now).filter(pk=contribution.pk, version=seen)
    if not rows.update(published_at=now):
        no(_("The contribution has changed since you looked. Look through it once more.")).require()
    journal.record("publish_contribution", contribution, by=by, edition=edition)


@transaction.atomic
def hide_contribution(*, contribution: Contribution, edition: Edition, now: datetime, by: Person) -> None:
    """Take a contribution from the public's sight at once, with a journal row."""
    permissions.may_hide_contribution(by, contribution, edition, now).require()
    Contribution.objects.filter(pk=contribution.pk).update(published_at=None)
    journal.record("hide_contribution", contribution, by=by, edition=edition)


def _count_applicants(edition: Edition) -> bool:
    """Count who applied, where the edition takes applications and no number is told; whether it was done."""
    if edition.entry_mode != EntryMode.APPLICATION:
        return False
    competing = Nomination.objects.filter(edition=edition, contribution_only=False)
    number = competing.filter(events__kind__in=ENTERED).distinct().count()
    untold = Edition.objects.filter(pk=edition.pk, applicant_count=None)
    return number > 0 and untold.update(applicant_count=number) == 1
